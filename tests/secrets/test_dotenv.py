"""Files of environment variables: what is read, and that nothing else is touched."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockade.secrets.dotenv import replaced, variables

FILE = """\
# comment A=1
PLAIN=value
export EXPORTED = spaced out   # comment
SINGLE='it is # not a comment'
DOUBLE="a \\"quote\\" and \\n a line"
MANY="first
second"
EMPTY=
HASH=a#b
  INDENTED=x\r
not a line
9BAD=x
LAST=end"""


def test_every_form_is_read():
    assert {v.name: v.value for v in variables(FILE)} == {
        "PLAIN": "value", "EXPORTED": "spaced out", "SINGLE": "it is # not a comment",
        "DOUBLE": 'a "quote" and \n a line', "MANY": "first\nsecond", "EMPTY": "", "HASH": "a#b",
        "INDENTED": "x", "LAST": "end",
    }  # fmt: skip


def test_only_the_values_that_are_named_change():
    changed = replaced(FILE, {"SINGLE": "vault://a/b#SINGLE", "MANY": "vault://a/b#MANY", "NONE": "x"})
    expected = FILE.replace("'it is # not a comment'", '"vault://a/b#SINGLE"')
    assert changed == expected.replace('"first\nsecond"', '"vault://a/b#MANY"')


def test_a_quote_that_never_closes_is_taken_as_it_stands():
    assert [(v.name, v.value) for v in variables('A="open\nB=2')] == [("A", '"open'), ("B", "2")]


@pytest.mark.parametrize("text", ["", "\n", "=", "A", "'", "A='", "\x00", "é=1", "A=\x00"])
def test_odd_files_change_nothing(text):
    assert replaced(text, {}) == text


@given(st.text(max_size=200))
@settings(deadline=None)
def test_replacing_nothing_is_the_identity_and_values_lie_where_they_are_said_to(text):
    assert replaced(text, {}) == text
    last = 0
    for variable in variables(text):
        assert last <= variable.start <= variable.end <= len(text)
        last = variable.end


@pytest.mark.parametrize("piece", ["A=", 'A="', 'A="\\', "A=' ", "export ", " \t", "A=x #"])
def test_reading_takes_time_in_proportion_to_the_size(piece):
    def cost(count):
        begun = time.perf_counter()
        variables(piece * count)
        return time.perf_counter() - begun

    cost(1000)
    small, large = min(cost(4000) for _ in range(3)), min(cost(32000) for _ in range(3))
    assert large < small * 8 * 6 + 0.05
