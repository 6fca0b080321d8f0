from __future__ import annotations

import pytest

from stockade.detectors.injection.hidden_css import hidden_names, hides

HIDDEN = [
    "display:none",
    "DISPLAY : NONE !important",
    "visibility:hidden",
    "opacity:0",
    "opacity: 0.01",
    "font-size:0",
    "font-size: 1px",
    "position:absolute; left:-9999px",
    "text-indent:-9999px",
    "color:#fff",
    "color:white;background:#ffffff",
    "color:red;background-color:red",
    "color:transparent",
    "height:0;overflow:hidden",
    "clip-path:inset(100%)",
    "transform:scale(0)",
    "clip: rect(0,0,0,0)",
]
SEEN = [
    "",
    "color:red",
    "color:white;background:#003366",
    "font-size:12px",
    "display:block",
    "opacity:0.9",
    "position:absolute;left:10px",
    "overflow:hidden;height:300px",
    "nonsense",
    ";;;:::",
    "font-size:inherit",
]


@pytest.mark.parametrize("style", HIDDEN)
def test_a_style_that_hides_is_recognized(style):
    assert hides(style)


@pytest.mark.parametrize("style", SEEN)
def test_a_style_that_shows_is_left_alone(style):
    assert not hides(style)


def test_a_sheet_names_the_classes_and_ids_it_hides():
    sheet = ".a, p.b { display: none } #c { opacity:0 } .d { color: white } .e:hover { display:none }"
    assert hidden_names(sheet) == {".a", ".b", "#c"}
