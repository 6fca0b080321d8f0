from __future__ import annotations

import time
from dataclasses import replace

import pytest

from stockade.core.finding import Rule
from stockade.detectors.engine.nearby import Nearby
from stockade.detectors.engine.scan import Scanner
from stockade.detectors.engine.spec import Context, Spec


def places(data: bytes, *words: str, reach: int = 20, need: int = 1) -> list[tuple[int, int]]:
    nearby = Nearby({0: Context("a", words, reach)}, {0: need})
    return nearby.places(data, (0, len(data)))[1].get(0, [])


def test_a_span_begins_where_a_word_ends_and_ends_where_its_reach_does():
    assert places(b"my passport 123", "passport", reach=3) == [(11, 14)]


def test_a_span_ends_where_the_next_word_begins():
    assert places(b"tel 1, tel 2", "tel") == [(3, 7), (10, 12)]


def test_a_span_ends_where_texts_are_joined():
    assert places(b"tel \x00 12345", "tel") == []
    assert places(b"tel 1\x00 12345", "tel") == [(3, 5)]


def test_a_word_without_a_digit_in_reach_is_passed_over():
    assert places(b"call me maybe", "call") == []
    assert places(b"call me maybe", "call", need=0) == [(4, 13)]


def test_a_word_needs_as_many_digits_as_its_values_have():
    assert places(b"call 24/7", "call", need=4) == []
    assert places(b"call 555-1234", "call", need=7) == [(4, 13)]
    assert places(b"call 555 or 1234", "call", need=5) == []


def test_only_words_that_begin_within_the_stretch_count():
    nearby = Nearby({0: Context("a", ("tel",), 20)}, {0: 1})
    assert nearby.places(b"tel 1 tel 2", (4, 11))[1] == {0: [(9, 11)]}
    assert nearby.places(b"tel 1 tel 2", (0, 5))[1] == {0: [(3, 11)]}


def test_what_stands_left_of_the_word_is_not_looked_at():
    assert places(b"123456 tel", "tel") == []


def test_of_two_labels_the_one_whose_word_is_nearer_is_surer():
    specs = [
        Spec(Rule(f"pii.{name}", name), rb"\b\d{6}\b", near=Context(name, (name,)), alone=0.0)
        for name in ("visa", "licence")
    ]
    hits = Scanner(specs).scan(b"visa 111111, licence 222222")
    best = {hit.start: hit.rule.title for hit in sorted(hits, key=lambda hit: hit.confidence)}
    assert best == {5: "visa", 21: "licence"}


def test_a_word_of_another_label_before_a_value_takes_it_away():
    far = Spec(Rule("pii.far", "far"), rb"\b\d{6}\b", near=Context("far", ("visa",)), alone=0.0, strong=0.9)
    near = Spec(
        Rule("pii.near", "near"), rb"\b\d{6}\b", near=Context("near", ("fax",)), alone=0.0, strong=0.75
    )
    hits = {hit.rule.title: hit.confidence for hit in Scanner([far, near]).scan(b"visa or fax: 222222")}
    assert hits["near"] > hits["far"] >= 0.5
    weak = replace(far, strong=0.65)
    assert {hit.rule.title for hit in Scanner([weak, near]).scan(b"visa or fax: 222222")} == {"far", "near"}
    assert [hit.rule.title for hit in Scanner([weak, near]).scan(b"visa, fax or fax: 222222")] == ["near"]


def test_a_value_may_follow_a_word_of_another_script_without_a_space():
    context = Context("phone", ("电话",))
    spec = Spec(Rule("pii.x", "x"), rb"(?:^|[^0-9A-Za-z])(\d{11})", near=context, alone=0.0)
    assert [hit.end for hit in Scanner([spec]).scan("电话13812345678".encode())] == [17]


@pytest.mark.parametrize("piece", [b"tel x ", b"tel 1 ", b"1 2 3 4 ", b"tel.", b"x" * 50 + b"1 "])
def test_many_words_and_digits_take_linear_time(piece):
    nearby = Nearby({0: Context("a", ("tel", "tel no", "κινητο"))}, {0: 1})

    def seconds(times: int) -> float:
        data = piece * times
        begun = time.process_time()
        nearby.places(data, (0, len(data)))
        return time.process_time() - begun

    seconds(1000)
    assert seconds(40_000) < 12 * max(seconds(10_000), 0.005)
