from __future__ import annotations

from collections.abc import Iterator

from stockade.core.finding import Rule
from stockade.detectors.engine.settle import PATIENCE_BYTES, settled_place
from stockade.detectors.engine.spec import SPACED_BYTES_MAX, Hit

RULE = Rule("pii.number", "Number")


def no_blocks(data: bytes, start: int) -> Iterator[tuple[int, int, bool]]:
    return iter(())


def no_hits(data: bytes) -> list[Hit]:
    return []


def test_a_text_is_settled_up_to_its_last_break():
    data = b"the cat sat on"
    assert settled_place(data, 0, no_blocks, no_hits) == data.rindex(b"sat")


def test_a_text_without_a_break_is_not_settled():
    assert settled_place(b"4012 8888 8888", 0, no_blocks, no_hits) == 0


def test_nothing_inside_an_open_block_is_settled():
    data = b"the cat BEGIN words and more words "
    assert settled_place(data, 0, lambda d, s: iter([(8, len(d), False)]), no_hits) <= 8


def test_a_block_that_is_closed_is_not_cut():
    data = b"the cat BEGIN words and END more words "
    assert settled_place(data, 0, lambda d, s: iter([(8, 27, True)]), no_hits) > 27
    assert settled_place(data[:30], 0, lambda d, s: iter([(8, 27, True)]), no_hits) <= 8


def test_a_long_table_of_numbers_is_settled_where_no_hit_is_cut():
    data = b"1234 5678 " * 60
    place = settled_place(data, 0, no_blocks, no_hits)
    assert PATIENCE_BYTES < place <= len(data) - SPACED_BYTES_MAX
    crossing = [Hit(place - 3, place + 5, 0.9, RULE)]
    assert settled_place(data, 0, no_blocks, lambda d: crossing) not in range(place - 2, place + 5)
