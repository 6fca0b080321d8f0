from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stockade.core.finding import Rule, Span
from stockade.scan.places import Lines, redacted, revealed

KEY = Rule("secret.acme", "Acme key", data_class="credentials")
MAIL = Rule("pii.mail", "Mail", data_class="pii")


@given(st.text("ab\né😀", max_size=60), st.data())
def test_a_place_points_at_the_characters_of_its_span(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    place = Lines(text).place("f", Span(start, end))
    lines = text.split("\n")
    assert sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1 == start
    if end > start:
        assert sum(len(line) + 1 for line in lines[: place.end_line - 1]) + place.end_column - 1 == end


def test_the_commit_is_part_of_the_place():
    assert Lines("x").place("f", Span(0, 1), "abc").commit == "abc"


def test_only_the_kind_of_a_long_credential_is_shown():
    assert redacted(KEY, "acme_" + "0123456789" * 3) == "acme…"
    assert redacted(KEY, "short-password") == "…"
    assert redacted(MAIL, "somebody.with.a.long.name@example.org") == "…"


def test_what_is_revealed_is_bounded():
    assert revealed("abc") == "abc"
    assert len(revealed("a" * 5000)) == 201
