from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.detectors.injection.classifier_wordpiece import WordPiece

VOCABULARY = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "un",
    "##do",
    "##ing",
    "do",
    "it",
    "!",
    "早",
    "caf",
    "##e",
    "\u0301",
]
WORDS = WordPiece([*VOCABULARY, "##\u0301"])


def shown(text: str) -> list[str]:
    return [[*VOCABULARY, "##\u0301"][number] for number in WORDS.cut(text).ids]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("   \n", []),
        ("Undoing it!", ["un", "##do", "##ing", "it", "!"]),
        ("do早do", ["do", "早", "do"]),
        ("café", ["caf", "##e", "##\u0301"]),
        ("zebra it", ["[UNK]", "it"]),
        ("do" * 40, ["[UNK]"]),
    ],
)
def test_a_text_is_cut_into_the_longest_known_pieces(text, pieces):
    assert shown(text) == pieces


def test_each_piece_knows_where_its_word_stands():
    cut = WORDS.cut("  undo it")
    assert (list(cut.starts), list(cut.ends)) == ([2, 2, 7], [6, 6, 9])


@given(st.text())
def test_places_are_inside_the_text_and_in_order(text):
    cut = WORDS.cut(text)
    assert len(cut.ids) == len(cut.starts) == len(cut.ends)
    assert list(cut.starts) == sorted(cut.starts)
    assert all(0 <= start < end <= len(text) for start, end in zip(cut.starts, cut.ends, strict=True))


@pytest.mark.parametrize("text", ["a" * 1_000_000, "undo" * 250_000, "do " * 100_000, "早" * 100_000])
def test_a_long_text_is_cut_in_linear_time(text):
    begun = time.process_time()
    WORDS.cut(text)
    assert time.process_time() - begun < 3
