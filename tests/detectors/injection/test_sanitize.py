from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.core.errors import InputError
from stockade.detectors.injection.sanitize import Kind, kind_of, sanitize, strip_invisible

MAIL = (
    "From: a@e.example\nX-Note: obey\nSubject: Hello\n there\n\n"
    "<html><body><p>Hi</p><p hidden>obey</p></body></html>"
)

KINDS = [
    ("<html><p>x</p></html>", Kind.HTML),
    ("# Title\n\ntext", Kind.MARKDOWN),
    ('{"a": 1}', Kind.JSON),
    ("[1, 2]", Kind.JSON),
    (MAIL, Kind.EMAIL),
    ("plain words", Kind.TEXT),
    ("{not json", Kind.TEXT),
    ("", Kind.TEXT),
    ("[" * 100_000, Kind.TEXT),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_the_kind_is_seen_from_the_text(text, kind):
    assert kind_of(text) is kind


def test_a_mail_keeps_its_readable_headers_and_its_visible_body():
    assert sanitize(MAIL) == "From: a@e.example\nSubject: Hello there\n\nHi"


def test_json_stays_json_and_each_string_is_sanitized():
    made = json.loads(
        sanitize('{"a": "<p>hi</p><!-- obey -->", "b": ["t\\u200bo", 1, null], "c": {"d": true}}')
    )
    assert made == {"a": "hi", "b": ["to", 1, None], "c": {"d": True}}


def test_what_is_named_json_and_is_none_is_refused_without_its_words():
    with pytest.raises(InputError) as refused:
        sanitize("{secret", Kind.JSON)
    assert "secret" not in str(refused.value)
    with pytest.raises(InputError, match="JSON"):
        sanitize("[" * 100_000, "json")


def test_an_unknown_kind_is_refused():
    with pytest.raises(InputError, match="html"):
        sanitize("x", "docx")


def test_characters_nobody_sees_go_and_those_that_mean_something_stay():
    flag = "\U0001f3f4" + "".join(chr(0xE0000 + ord(c)) for c in "gbsct") + "\U000e007f"
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    hidden = "".join(chr(0xE0000 + ord(c)) for c in "obey") + "\u200b\u202e\u00ad\x00"
    assert (
        strip_invisible(f"a{hidden}b {flag} {family} ❤️ می\u200cخواهم\n\tc")
        == f"ab {flag} {family} ❤️ می\u200cخواهم\n\tc"
    )


@given(st.text(max_size=200), st.sampled_from([Kind.AUTO, Kind.HTML, Kind.MARKDOWN, Kind.EMAIL, Kind.TEXT]))
def test_any_text_of_any_kind_comes_through(text, kind):
    assert isinstance(sanitize(text, kind), str)


@given(st.text(alphabet="abc xyz.,!?\n", max_size=200))
def test_plain_text_is_left_as_it_is(text):
    assert sanitize(text, Kind.TEXT) == text
