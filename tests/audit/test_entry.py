from __future__ import annotations

import dataclasses
import hashlib
import hmac
import json
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.audit.entry import ENTRY_BYTES_MAX, GENESIS, ascii_json, chained, commitment, divide, encoded

KEY = b"k" * 32
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)

INJECTIONS = [
    'a\r\n{"seq":99}\n',
    "\x00\x1b[2J\x1b]0;owned\x07",
    "\u2028\u2029\u202e\u2066\ufeff",
    "\x7f\x80\x9b31m",
    '"},"hash":"0',
    "{{7*7}} %s %n ${jndi:ldap://x} ",
    "\ud800 half of a pair",
    "\U0001f600",
]


@given(st.dictionaries(st.text(), json_values, max_size=4), st.text())
def test_a_line_holds_what_was_put_in_and_is_printable_ascii(body, kind):
    if kind == "recovered":
        return
    line, own = chained(7, -5, encoded(kind, body), GENESIS)
    assert line.endswith(b"\n")
    assert all(32 <= byte < 127 for byte in line[:-1])
    divided = divide(line)
    assert divided is not None
    assert divided.sound()
    entry = divided.entry()
    assert (entry.seq, entry.at_ms, entry.kind, entry.previous, entry.hash) == (7, -5, kind, GENESIS, own)
    assert entry.body == body


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_value_starts_a_second_line_or_speaks_to_a_terminal(text):
    line, _ = chained(1, 1, encoded(text, {text: [text]}), GENESIS)
    assert line.count(b"\n") == 1
    assert all(32 <= byte < 127 for byte in line[:-1])
    entry = divide(line).entry()
    assert (entry.kind, entry.body) == (text, {text: [text]})


def test_the_line_is_json_with_its_keys_in_order():
    line, own = chained(1, 2, encoded("a", {"b": 1, "a": "é"}), GENESIS)
    raw = json.loads(line)
    assert json.dumps(raw, sort_keys=True, separators=(",", ":")).encode() + b"\n" == line
    covered = {name: raw[name] for name in ("at_ms", "body", "kind", "seq")}
    content = json.dumps(covered, sort_keys=True, separators=(",", ":")).encode()
    assert own == hashlib.sha256(bytes(32) + content).hexdigest()


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes", float, {"a": {(1, 2): 3}}])
def test_what_json_cannot_hold_is_refused(value):
    with pytest.raises((TypeError, ValueError)):
        encoded("a", {"value": value})


def test_a_dataclass_is_not_written_by_accident():
    @dataclasses.dataclass
    class Holder:
        secret: str

    with pytest.raises(TypeError):
        encoded("a", {"holder": Holder("x")})


def nested(levels, leaf=1):
    for _ in range(levels):
        leaf = [leaf]
    return leaf


@pytest.mark.parametrize("leaf", [1, "\ud800"])
@pytest.mark.parametrize("levels", [255, 5_000])
def test_what_is_nested_too_deep_is_refused(levels, leaf):
    with pytest.raises((TypeError, ValueError, RecursionError)):
        encoded("a", {"value": nested(levels, leaf)})


def test_what_is_nested_deep_can_be_read_back():
    line, _ = chained(1, 1, encoded("a", {"value": nested(200, "\ud800")}), GENESIS)
    assert divide(line).entry().body == {"value": nested(200, "\ud800")}


def test_an_entry_may_be_large_but_not_without_end():
    assert len(encoded("a", {"value": "x" * 1_000_000})[1]) > 1_000_000
    with pytest.raises(ValueError, match="too large"):
        encoded("a", {"value": "é" * ENTRY_BYTES_MAX})


def test_a_whole_number_of_any_size_keeps_its_value():
    assert ascii_json({"n": 2**200}) == b'{"n":%d}' % 2**200


def test_an_identifier_beside_foreign_letters_is_written_as_text():
    one = uuid.UUID(int=1)
    assert json.loads(ascii_json({"a": one, "b": "é"})) == {"a": str(one), "b": "é"}


def test_only_the_log_may_say_that_it_recovered():
    with pytest.raises(ValueError, match="only the log"):
        encoded("recovered", {"kept": {"audit-000001.jsonl": 0}})


GOOD, _ = chained(1, 1, encoded("a", {"b": 1}), GENESIS)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"{}\n",
        GOOD[:-1],
        GOOD + b"\n",
        b" " + GOOD,
        GOOD.replace(b'"seq":1', b'"seq":01'),
        GOOD.replace(b'"seq":1', b'"seq":0'),
        GOOD.replace(b'"seq":1', b'"seq":' + b"9" * 5_000),
        GOOD.replace(b'"at_ms":1', b'"at_ms":-0'),
        GOOD.replace(b'"at_ms":1', b'"at_ms":1.0'),
        GOOD.replace(b'{"b":1}', b"[1]"),
        GOOD.replace(b"0000", b"000A", 1),
        GOOD.replace(b'"kind":"a"', b'"kind":"a\xc3\xa9"'),
        b"\x00" * 300 + b"\n",
        b"[" * 100_000 + b"\n",
    ],
    ids=range(16),
)
def test_what_is_no_line_is_not_divided(line):
    assert divide(line) is None


def test_an_entry_shows_no_body():
    assert "confidential" not in repr(divide(chained(1, 1, encoded("a", {"b": "confidential"}), GENESIS)[0]))
    entry = divide(chained(1, 1, encoded("a", {"b": "confidential"}), GENESIS)[0]).entry()
    assert "confidential" not in repr(entry)


def test_a_commitment_is_keyed_and_short():
    own = commitment(KEY, "text")
    assert own == "hmac:" + hmac.new(KEY, b"text", hashlib.sha256).hexdigest()[:32]
    assert own != commitment(b"x" * 32, "text")
    assert own != commitment(KEY, "texts")


def test_a_commitment_takes_any_text():
    assert commitment(KEY, "\ud800") != commitment(KEY, "\ud801")
    assert len(commitment(KEY, "x" * 1_000_000)) == len("hmac:") + 32
