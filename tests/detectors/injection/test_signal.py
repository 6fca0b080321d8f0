from __future__ import annotations

import re

import pytest

from stockade.detectors.injection.signal import Family, Pattern, Phrase, folded, phrase, signals
from stockade.detectors.normalize.fold import FoldTable, fold


def test_a_blank_stands_for_whatever_parts_words():
    pattern = re.compile(phrase("ignore this"))
    assert pattern.fullmatch(b"ignore\n* this")
    assert pattern.fullmatch(b"ignore, this")
    assert not pattern.fullmatch(b"ignorethis")


def test_a_gap_stands_for_up_to_so_many_words():
    pattern = re.compile(phrase("ignore ~2 rules"))
    assert pattern.fullmatch(b"ignore rules")
    assert pattern.fullmatch(b"ignore all the rules")
    assert not pattern.fullmatch(b"ignore each of the rules")


@pytest.mark.parametrize("word", ["Füße", "ПРАВИЛА", "правила", "Правила", "指示", "무시", "ΟΔΗΓΊΕΣ"])
def test_letters_are_folded_as_texts_are_whatever_their_case(word):
    assert re.fullmatch(folded(word.lower()), fold(word, FoldTable()).text.lower())


@pytest.mark.parametrize("word", ["ПРАВИЛА", "правила", "Правила"])
def test_a_gate_is_open_whatever_the_case_of_its_word(word):
    (made,) = signals([Pattern(Family.HINT, 0.5, "правила", "правила")])
    assert fold(word, FoldTable()).text.lower().encode() in made.gates[0]


def test_rows_become_signals_with_gates_of_literals():
    made = signals([Phrase(Family.HINT, 0.5, "a|b", "a b"), Pattern(Family.ROLE, 0.4, ("<¦", "x|y"), r"<\|")])
    assert made[0].gates == ((b"a", b"b"),)
    assert made[1].gates == ((b"<|",), (b"x", b"y"))
    assert made[1].pattern == rb"<\|"
