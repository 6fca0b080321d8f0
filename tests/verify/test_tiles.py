from __future__ import annotations

import pytest

from stockade_verify.tiles import bundle, hashes_in, tile_name


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ((0, 0), "tile/0/000"),
        ((0, 1234067), "tile/0/x001/x234/067"),  # the example of the specification
        ((63, 999), "tile/63/999"),
        ((1, 1000), "tile/1/x001/000"),
        ((0, 273, 112), "tile/0/273.p/112"),
        (("entries", 5), "tile/entries/005"),
    ],
)
def test_a_tile_lies_where_the_specification_says(arguments, name):
    assert tile_name(*arguments) == name


def test_a_tile_is_its_hashes_one_after_the_other():
    assert hashes_in(bytes(32) + b"\1" * 32) == [bytes(32), b"\1" * 32]
    assert hashes_in(b"") == []


def test_a_bundle_is_entries_behind_their_lengths():
    assert bundle([b"", b"ab", b"x" * 300]) == b"\0\0\0\2ab\1\x2c" + b"x" * 300
