from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.detectors.injection.extent import BACK_CHARS, FORTH_CHARS, extend

CASES = [
    ("First. Do *evil* now. Then rest", "Do *evil* now. Then rest"),
    ("line one\nDo *evil* now\nline three", "Do *evil* now"),
    ('{"a": "do *evil* now", "b": 1}', "do *evil* now"),
    ("<p>Hello</p><p>do *evil* now</p><p>x</p>", "do *evil* now"),
    ("code() /* do *evil* now */ more()", "do *evil* now "),
    ("<!-- do *evil* now --> text", "do *evil* now "),
    ("*evil*", "*evil*"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_match_grows_to_its_sentence_or_block(text, expected):
    start = text.index("*evil*")
    span = extend(text, start, start + len("*evil*"))
    assert text[span.start : span.end] == expected


@given(st.text(alphabet="ab .\n\"'<>{}", max_size=1200), st.data())
def test_a_span_holds_its_match_and_stays_near_it(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = extend(text, start, end)
    assert max(0, start - BACK_CHARS) <= span.start <= start
    assert end <= span.end <= min(len(text), end + FORTH_CHARS)
