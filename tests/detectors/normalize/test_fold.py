"""Folding: what a reader sees is what is scanned, and every place maps back to the text as given."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.detectors.normalize.fold import FoldTable, Places, fold, fold_character

TABLE = FoldTable()
# What people write: several scripts, emoji with joiners and flags, line ends, decomposed marks.
PIECES = tuple(
    "a Z 7 é e\u0301 ß ﬁ ½ \u200b \u202e \ufeff \U000e0041 \ufe0f 👩\u200d👩\u200d👧 🇩🇪 שלום "
    "مرحبا 你好 안녕 हिन्दी Ａ 𝟗 ① а … \ud83d \x00 ㎏ ﷺ".split(" ")
)
PIECES += (" ", "\r\n", "\u00a0")
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=25).map("".join)


def folded(text: str) -> str:
    return fold(text, TABLE).text


def one_by_one(text: str) -> list[str]:
    return [fold_character(char) for char in text]


SEEN = {
    "full-width": ("ＡＫＩＡ１２", "AKIA12"),
    "mathematical": ("𝐬𝐤-𝟏𝟐", "sk-12"),
    "circled": ("ⓐ①❷", "a12"),
    "combining": ("4\u03361\u0336", "41"),
    "zero-width": ("4\u200b0\u200c1\u200d2\u2060\ufeff", "4012"),
    "bidi controls": ("\u202e4012\u202c", "4012"),
    "tags": ("4\U000e00410", "40"),
    "variation selectors": ("4\ufe0f0\U000e0101", "40"),
    "soft hyphen": ("40\u00ad12", "4012"),
    "look-alikes": ("раssроrt", "passport"),
    "digits of other scripts": ("٤٠१२", "4012"),
    "spaces": ("4\u00a00\u2003 1", "4 0  1"),
    "dashes": ("536‑90–4399", "536-90-4399"),
    "invisible letters": ("4\u31640\u115f1", "401"),
    "controls above ASCII": ("4\u00800", "40"),
    "next line": ("4\u20280", "4\n0"),
}


@pytest.mark.parametrize("how", SEEN)
def test_a_reader_sees_through(how):
    given_text, seen = SEEN[how]
    assert folded(given_text) == seen


def test_plain_text_is_the_same_object_of_bytes_it_was_and_nothing_moved():
    made = fold("plain text, nothing else\r\n", TABLE)
    assert (made.data, made.same, made.moving) == (b"plain text, nothing else\r\n", True, ())


def test_folding_any_character_twice_is_folding_it_once():
    unstable = [
        code for code in range(sys.maxunicode + 1) if folded_twice(chr(code)) != fold_character(chr(code))
    ]
    assert unstable == []


def folded_twice(char: str) -> str:
    return "".join(map(fold_character, fold_character(char)))


@given(texts)
def test_folding_a_text_is_folding_each_of_its_characters(text):
    assert folded(text) == "".join(one_by_one(text))


@given(texts, texts)
def test_folding_a_part_is_a_part_of_folding_the_whole(left, right):
    assert folded(left + right) == folded(left) + folded(right)


@given(texts)
def test_places_point_at_the_characters_as_given(text):
    made = fold(text, TABLE)
    places = made.places()
    at = 0
    for index, part in enumerate(one_by_one(text)):
        for offset in range(len(part)):
            assert places.start(at + offset) == index
        at += len(part)
        if part:
            assert places.end(at) >= index + 1
    assert places.start(at) == len(text) if made.moving else places.start(at) == at


@given(texts, st.data())
def test_a_span_covers_what_it_was_folded_from_and_no_visible_neighbour(text, data):
    made = fold(text, TABLE)
    places, parts = made.places(), one_by_one(text)
    length = sum(map(len, parts))
    start = data.draw(st.integers(0, length))
    end = data.draw(st.integers(start, length))
    if start == end:
        return
    first, last = places.start(start), places.end(end)
    assert folded(text)[start:end] in folded(text[first:last])
    # Cut by one character on either side, something of the span would be missing.
    assert len(folded(text[first + 1 : last])) < len(folded(text[first:last]))
    inside = folded(text[first:last])
    assert len(inside) - (end - start) < len(parts[first]) + len(parts[last - 1] or parts[first])


@given(texts)
def test_a_place_of_the_original_is_found_in_the_folded_text(text):
    made = fold(text, TABLE)
    places, parts = made.places(), one_by_one(text)
    length = sum(map(len, parts))
    for original in range(len(text) + 1):
        place = places.place(original, length)
        assert place == length or places.start(place) >= original
        assert place == 0 or places.start(place - 1) < original


@given(texts)
def test_bytes_are_counted_back_to_characters(text):
    made = fold(text, TABLE)
    wide = [0]
    for char in made.text:
        wide.append(wide[-1] + len(char.encode("utf-8", "surrogatepass")))
    assert made.characters(wide) == {place: count for count, place in enumerate(wide)}


@given(texts)
def test_composed_and_decomposed_texts_are_scanned_alike_where_letters_are_latin(text):
    latin = "".join(char for char in text if char < "\u0250" or char in "\u0301\u0308")
    composed, decomposed = (unicodedata.normalize(form, latin) for form in ("NFC", "NFD"))
    assert folded(composed) == folded(decomposed)


def test_many_different_characters_are_folded_like_few():
    many = "".join(map(chr, range(0xC0, 0x500)))
    assert folded(many) == "".join(one_by_one(many))


def test_the_table_does_not_grow_without_end():
    table = FoldTable()
    for code in range(0x80, 0x12000):
        _ = table[chr(code)]
    assert len(table) <= 0x10000


def test_no_text_shows_in_the_form_for_people():
    assert "secret" not in repr(fold("secret é", TABLE))


def test_a_text_in_which_nothing_moved_needs_no_map():
    assert Places().start(7) == Places().end(7) == Places().place(7, 9) == 7
