from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.detectors.engine.syntax import Run, mask, parse

DIGITS = mask(b"0123456789")
LOWER = mask(b"abcdefghijklmnopqrstuvwxyz")


def members(found: int) -> bytes:
    return bytes(byte for byte in range(256) if found >> byte & 1)


CLASSES = rb"""
[a-f] [^a-f] []a] [^]a] [a\]b-d] [\d_] [\w.-] [\x00-\x1f] [-a] [a-] \d \D \w \W \s \S \x7c \. \n (?i:k)
[^\x00\xe0-\xff]
""".split()


@pytest.mark.parametrize("pattern", CLASSES)
def test_a_class_has_the_members_that_the_standard_library_gives_it(pattern):
    wanted = bytes(byte for byte in range(256) if re.fullmatch(pattern, bytes((byte,))))
    assert members(parse(pattern).members) == wanted


def test_case_is_ignored_where_a_pattern_says_so():
    assert members(parse(b"k", fold=True).members) == b"Kk"
    assert members(parse(b"(?i:k)l").members) == b"Kkl"


@pytest.mark.parametrize(
    ("pattern", "best"),
    [
        (rb"\d{4}", 4),
        (rb"\d{2,5}", 2),
        (rb"\d{3}-\d{5}", 5),
        (rb"a\d\d?\d", 2),
        (rb"\d(?:\d{3}|\d{5})\d", 5),
        (rb"(?:a|\d{5})", 0),
        (rb"(?:\d\d-){3}\d", 2),
        (rb"(?:\d-\d){2}", 2),
        (rb"\d*", 0),
        (rb"\d+x*\d", 1),
        (rb"\b\d{3}\b\d", 4),
        (rb"^$", 0),
        (rb"(\d{3})(?i:x)", 3),
    ],
)
def test_what_stands_together_in_every_match_is_counted(pattern, best):
    assert parse(pattern).run(DIGITS, 0).best == best


def test_bytes_between_are_passed_over_but_not_counted():
    assert parse(rb"\d{3}[ .]?\d{2}-\d{4}").run(DIGITS, mask(b" .-")).best == 9
    assert parse(rb"\d{3}x\d{2}").run(DIGITS, mask(b" .-")).best == 3


def test_a_match_of_nothing_else_is_whole():
    assert parse(rb"\d{2}\d?").run(DIGITS, 0) == Run(2, 2, 2, whole=True)
    assert parse(rb"x\d").run(DIGITS, 0) == Run(1, 0, 1, whole=False)


atoms = st.sampled_from(["a", "7", "[0-9]", "[a-z7]", "-", r"\d", r"\b", "."])
patterns = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["?", "{2}", "{1,3}", "{0,2}"])).map(lambda p: f"(?:{p[0]}){p[1]}"),
    ),
    max_leaves=8,
)


@given(patterns, st.text("a7-z", max_size=8))
def test_no_match_has_less_than_what_every_match_must_have(pattern, text):
    tree = parse(pattern.encode())
    match = re.search(pattern.encode(), text.encode())
    if match is None:
        return
    found = match.group()
    assert not mask(found) & ~tree.members
    for kind, named in ((DIGITS, rb"[0-9]+"), (LOWER, rb"[a-z]+")):
        longest = max(map(len, re.findall(named, found)), default=0)
        assert tree.run(kind, 0).best <= longest
