from __future__ import annotations

import re

import pytest

from stockade.detectors.engine.matching import compile_triggers
from stockade.detectors.engine.vocabulary import Vocabulary, canonical, words_pattern


def found(text: str, *words: str, linear: bool = True) -> list[str]:
    data = text.encode()
    vocabulary = Vocabulary(words, linear=linear)
    return [word.decode() for _, _, word in vocabulary.find(data, [(0, len(data))])]


@pytest.mark.parametrize(
    "text", ["passport:1", "PASSPORT 1", "passport_no=1", "passportNo 1", "passports 1", "passport"]
)
def test_a_word_may_stand_in_a_longer_name(text):
    assert found(text, "passport") == ["passport"]


@pytest.mark.parametrize("text", ["hotel 1", "telling 1", "intel 1", "tele"])
def test_a_word_is_not_a_part_of_another(text):
    assert found(text, "tel") == []


@pytest.mark.parametrize(
    "text", ["date of birth", "date_of_birth", "Date-of-birth:", "dateOfBirth", "DATE OF BIRTH"]
)
def test_a_phrase_is_found_however_its_words_are_joined(text):
    assert found(text, "date of birth") == ["date of birth"]


def test_a_phrase_needs_all_its_words():
    assert found("date of issue", "date of birth") == []
    assert found("a date. Of birth", "date of birth") == []


def test_the_longest_phrase_is_found_and_one_that_begins_inside_another():
    assert found("social security number 1", "social security", "social security number") == [
        "social security number"
    ]
    assert found("tax id card 1", "tax id", "id card") == ["tax id", "id card"]


@pytest.mark.parametrize(
    ("word", "text", "stands"),
    [
        ("номер", "номера 1", True),
        ("номер", "иномер 1", False),
        ("電話", "私の電話番号は1", True),
        ("전화", "전화번호는 1", True),
        ("a/c", "my A/C 1", True),
        ("d.n.i", "D.N.I: 1", True),
        ("d.n.i", "xd.n.i 1", False),
    ],
)
def test_a_word_is_bounded_as_its_script_is(word, text, stands):
    assert bool(found(text, word)) is stands
    assert found(text, word) == found(text, word, linear=False)


def test_places_are_those_of_the_text_in_order():
    data = b"x tel 1 fan y fax"
    places = Vocabulary(("fax", "tel")).find(data, [(0, len(data))])
    assert [data[begin:end] for begin, end, _ in places] == [b"tel", b"fax"]


def test_only_words_that_begin_in_a_part_are_found():
    vocabulary = Vocabulary(("tel", "a/c"))
    data = b"tel a/c tel a/c tel"
    assert [begin for begin, _, _ in vocabulary.find(data, [(3, 9), (12, 15)])] == [4, 8, 12]
    assert vocabulary.find(data, []) == []


def test_a_name_is_the_same_however_it_is_joined():
    assert canonical("steuer-id") == b"steuer id"
    assert found("Steuer_ID", "steuer-id") == ["steuer id"]


def test_compiling_early_changes_nothing():
    vocabulary = Vocabulary(("tel", "номер", "a/c"))
    vocabulary.compile()
    assert [word for _, _, word in vocabulary.find(b"tel", [(0, 3)])] == [b"tel"]


def test_a_pattern_of_words_takes_the_longest():
    match = re.match(words_pattern((b"ab", b"ab cd")), b"ab cd ")
    assert match is not None
    assert match[1] == b"ab cd"


@pytest.mark.parametrize(
    "text", ["passportNo 1", "date_of_birth", "dateOfBirth", "my A/C", "(Passport)", "passports"]
)
def test_a_trigger_is_in_every_text_with_a_phrase_and_says_its_head(text):
    vocabulary = Vocabulary(("passport", "date of birth", "a/c"))
    triggers = vocabulary.triggers()
    hits = compile_triggers(tuple(triggers)).hits(f" {text} ".encode())
    heads = {list(triggers.values())[number] for number in hits}
    data = text.encode()
    assert vocabulary.find(data, [(0, len(data))], heads) == vocabulary.find(data, [(0, len(data))]) != []


def test_a_head_that_is_not_known_to_be_there_is_not_looked_for():
    assert Vocabulary(("tel", "fax")).find(b"tel fax", [(0, 7)], {b"fax"}) == [(4, 7, b"fax")]
