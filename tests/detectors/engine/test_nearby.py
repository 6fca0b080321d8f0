from __future__ import annotations

import re
import time

import pytest

from stockade.core.finding import Rule
from stockade.detectors.engine.nearby import Nearby, words_pattern
from stockade.detectors.engine.scan import Scanner
from stockade.detectors.engine.spec import Context, Spec


def places(data: bytes, *words: str, reach: int = 20, digits: bool = True) -> list[tuple[int, int]]:
    nearby = Nearby({0: Context("a", words, reach)}, [0] if digits else [])
    return nearby.places(data, (0, len(data)), {0}).get(0, [])


def test_a_span_begins_where_a_word_ends_and_ends_where_its_reach_does():
    assert places(b"my passport 123", "passport", reach=3) == [(11, 14)]


def test_a_span_ends_where_the_next_word_begins():
    assert places(b"tel 1, tel 2", "tel") == [(3, 7), (10, 12)]


def test_a_span_ends_where_texts_are_joined():
    assert places(b"tel \x00 12345", "tel") == []
    assert places(b"tel 1\x00 12345", "tel") == [(3, 5)]


def test_a_word_without_a_digit_in_reach_is_passed_over():
    assert places(b"call me maybe", "call") == []
    assert places(b"call me maybe", "call", digits=False) == [(4, 13)]


@pytest.mark.parametrize("text", ["passport:1", "PASSPORT 1", "passport_no=1", "passportNo 1", "passports 1"])
def test_a_word_may_stand_in_a_longer_name(text):
    assert places(text.encode(), "passport")


@pytest.mark.parametrize("text", ["hotel 1", "telling 1", "intel 1"])
def test_a_word_is_not_a_part_of_another(text):
    assert places(text.encode(), "tel") == []


def test_a_word_that_begins_inside_a_phrase_is_found():
    nearby = Nearby({0: Context("a", ("tax id",)), 1: Context("b", ("id card",))}, [0, 1])
    assert set(nearby.places(b"tax id card 12", (0, 14), {0, 1})) == {0, 1}
    assert set(nearby.places(b"tax id card 12", (0, 14), {1})) == {1}


def test_only_words_that_begin_within_the_stretch_count():
    nearby = Nearby({0: Context("a", ("tel",))}, [0])
    data = b"tel 1 tel 2 tel 3"
    assert nearby.places(data, (1, 12), {0}) == {0: [(9, 17)]}
    assert nearby.places(data, (6, 7), {0}) == {0: [(9, 17)]}


@pytest.mark.parametrize(
    ("word", "text", "stands"),
    [
        ("номер", "номера 1", True),
        ("номер", "иномер 1", False),
        ("電話", "私の電話番号は1", True),
        ("전화", "전화번호는 1", True),
    ],
)
def test_a_word_is_bounded_as_its_script_is(word, text, stands):
    assert bool(re.search(words_pattern([word]), text.encode())) is stands


def test_of_two_labels_the_one_whose_word_is_nearer_is_surer():
    specs = [
        Spec(Rule(f"pii.{name}", name), rb"\b\d{6}\b", near=Context(name, (name,)), alone=0.0)
        for name in ("visa", "licence")
    ]
    hits = Scanner(specs).scan(b"visa 111111, licence 222222")
    best = {hit.start: hit.rule.title for hit in sorted(hits, key=lambda hit: hit.confidence)}
    assert best == {5: "visa", 21: "licence"}


def test_what_stands_left_of_the_word_is_not_looked_at():
    assert places(b"123456 tel", "tel") == []


def test_a_value_may_follow_a_word_of_another_script_without_a_space():
    context = Context("phone", ("\u7535\u8bdd",))
    spec = Spec(Rule("pii.x", "x"), rb"(?:^|[^0-9A-Za-z])(\d{11})", near=context, alone=0.0)
    assert [hit.end for hit in Scanner([spec]).scan("\u7535\u8bdd13812345678".encode())] == [17]


def test_many_words_take_linear_time():
    nearby = Nearby({0: Context("a", ("tel",))}, [0])

    def seconds(times: int) -> float:
        data = b"tel x " * times
        begun = time.process_time()
        nearby.places(data, (0, len(data)), {0})
        return time.process_time() - begun

    seconds(1000)
    assert seconds(80_000) < 12 * max(seconds(20_000), 0.005)
