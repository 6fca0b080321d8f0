from __future__ import annotations

import codecs

import pytest

from stockade.core.finding import Rule
from stockade.detectors.decode.turned import turn, turned_signs
from stockade.detectors.engine.matching import compile_triggers
from stockade.detectors.engine.spec import Spec

RULE = Rule("secret.key", "Key")


def test_turning_is_what_the_standard_library_does_and_twice_is_not_at_all():
    text = "Hello, AKIA 42!"
    assert turn(text.encode()).decode() == codecs.encode(text, "rot13")
    assert turn(turn(text.encode())) == text.encode()


@pytest.mark.parametrize(
    "spec",
    [
        Spec(RULE, rb"AKIA[A-Z0-9]{16}", words=("akia",)),
        Spec(RULE, rb"AKIA[A-Z0-9]{16}", shapes=(rb"akia[a-z0-9]{8}",)),
        Spec(RULE, rb"x-AKIA[A-Z0-9]{16}", shapes=(rb"x\-akia[a-z0-9]{8}",)),
    ],
)
def test_a_turned_key_is_told_by_its_word_or_by_its_head(spec):
    triggers = compile_triggers(turned_signs([spec]))
    head = "x-AKIA" if b"x" in spec.pattern else "AKIA"
    assert triggers.hits(codecs.encode(f"use {head}Q3EGR7ZL5WXN2PTB", "rot13").encode())
    assert not triggers.hits(b"use AKIAQ3EGR7ZL5WXN2PTB")


def test_words_too_short_to_tell_are_left_out():
    assert turned_signs([Spec(RULE, rb"k", words=("aws", "@", "://"))]) == ()
    assert turned_signs([Spec(RULE, rb"k", shapes=(rb"[0-9]{4}",))]) == ()
