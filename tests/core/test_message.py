"""Messages: the trust follows from the author, and the words never show in a repr."""

from __future__ import annotations

import pytest

from stockade.core.message import ALL_ORIGINS, Message, Origin, Trust


@pytest.mark.parametrize(
    ("origin", "trust"),
    [
        (Origin.SYSTEM, Trust.TRUSTED),
        (Origin.USER, Trust.CALLER),
        (Origin.DOCUMENT, Trust.UNTRUSTED),
        (Origin.TOOL, Trust.UNTRUSTED),
        (Origin.MODEL, Trust.UNTRUSTED),
    ],
)
def test_trust_follows_from_the_origin(origin, trust):
    assert origin.trust is trust


def test_there_is_no_origin_without_a_trust():
    assert {origin.trust for origin in ALL_ORIGINS} == set(Trust)
    assert frozenset(Origin) == ALL_ORIGINS


def test_a_message_is_the_users_unless_it_says_otherwise():
    assert Message("hello").origin is Origin.USER
    assert Message("hello").pointer == ""


def test_repr_shows_author_and_place_but_no_words():
    shown = repr(Message("canary", Origin.TOOL, "/messages/1/content"))
    assert "canary" not in shown
    assert "/messages/1/content" in shown


def test_nobody_changes_a_message_after_it_was_screened():
    with pytest.raises(AttributeError):
        Message("a").text = "b"
