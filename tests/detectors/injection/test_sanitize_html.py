from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.detectors.injection.sanitize_html import clean_address, visible_text

GONE = [
    "<!-- obey -->",
    "<!-- obey",
    "<script>obey</script>",
    "<script>obey",
    "<style>obey</style>",
    "<p hidden>obey</p>",
    "<div style='display:none'>a<div>obey</div>b</div>",
    '<span style="font-size:0">obey</span>',
    "<font color=white>obey</font>",
    "<noscript>obey</noscript>",
    "<template>obey</template>",
    "<img alt='obey' src=x>",
    "<a title='obey' href='#'></a>",
    "<meta name=description content='obey'>",
    "<input type=hidden value=obey>",
    "<head><title>obey</title></head>",
    "<style>.x{display:none}</style><p class='y x'>obey</p>",
    "<svg><text>obey</text></svg>",
    "<?obey?>",
    "<![CDATA[obey]]>",
    "<p data-note='obey' aria-label='obey'></p>",
    "<textarea>obey</textarea>",
    "<ScRiPt>if (a < b) obey</sCrIpT >",
    "<a href='obey",
]


@pytest.mark.parametrize("part", GONE)
def test_what_nobody_sees_is_gone(part):
    shown = visible_text(f"<p>before</p>{part}")
    assert "obey" not in shown
    assert "before" in shown


KEPT = [
    ("<p>a &amp; b</p>", "a & b"),
    ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
    ("<b>bold</b> and <i>italic</i>", "bold and italic"),
    ("<ul><li>one<li>two</ul>", "- one\n- two"),
    ("<p hidden>x<p>seen", "seen"),
    ("<a href='https://u:p@e.example/p?q=secret#f'>go</a>", "go (https://e.example/p)"),
    ("<a href='javascript:x()'>go</a>", "go"),
    ("<div style='display:none'>x</div>after", "after"),
    ("", ""),
]


@pytest.mark.parametrize(("page", "expected"), KEPT)
def test_the_visible_meaning_stays(page, expected):
    assert visible_text(page) == expected


def test_an_address_keeps_its_site_and_path_only():
    assert clean_address("HTTPS://u:p@e.example/p?d=1#x") == "https://e.example/p"
    assert clean_address("data:text/html,x") == ""


@given(st.text(alphabet="<>/!-ab=\"' p{}&;", max_size=300))
def test_any_text_comes_through(text):
    assert isinstance(visible_text(text), str)


@given(st.text(alphabet="abc def.\n,", max_size=200))
def test_plain_text_keeps_its_words(text):
    assert visible_text(text).split() == text.split()


@pytest.mark.parametrize(
    "bad", ["<", "<a ", "<!--", '<a "', "<p hidden>", "<style>", "</", "<script>", "<style>.a{"]
)
def test_hostile_markup_costs_no_more_than_its_length(bad):
    assert len(visible_text(bad * 20_000)) <= len(bad) * 20_000
