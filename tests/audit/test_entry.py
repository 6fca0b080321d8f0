from __future__ import annotations

import dataclasses
import hashlib
import hmac
import json
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.audit.entry import (
    ENTRY_BYTES_MAX,
    OWN_KINDS,
    ascii_json,
    commitment,
    encoded,
    entry_of,
    line_of,
    own_words,
)
from stockade_verify.entries import divide

KEY = b"k" * 32


def line(kind, body, seq=1, at_ms=1):
    return line_of(seq, 1, at_ms, 0, encoded(kind, body))


def back(raw):
    return entry_of(divide(raw))


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
    if kind in OWN_KINDS:
        return
    raw = line(kind, body, 7, -5)
    assert raw.endswith(b"\n")
    assert all(32 <= byte < 127 for byte in raw[:-1])
    entry = back(raw)
    assert (entry.seq, entry.at_ms, entry.kind, entry.body) == (7, -5, kind, body)


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_value_starts_a_second_line_or_speaks_to_a_terminal(text):
    raw = line_of(1, 1, 1, 1, encoded(text, {text: [text], "key_id": text}))
    assert raw.count(b"\n") == 1
    assert all(32 <= byte < 127 for byte in raw[:-1])
    entry = back(raw)
    assert (entry.kind, entry.body, entry.key) == (text, {text: [text], "key_id": text}, text)


def test_the_line_is_json_with_its_keys_in_order():
    raw = line_of(3, 2, 1, 4, encoded("a", {"b": 1, "a": "\u00e9", "key_id": "k_1"}))
    members = json.loads(raw)
    assert json.dumps(members, sort_keys=True, separators=(",", ":")).encode() + b"\n" == raw
    assert {name: members[name] for name in ("seq", "run", "at_ms", "key_seq", "key", "kind")} == {
        "seq": 3,
        "run": 2,
        "at_ms": 1,
        "key_seq": 4,
        "key": "k_1",
        "kind": "a",
    }


@pytest.mark.parametrize("key", [None, "", 5, ["k"], {"k": 1}])
def test_only_a_name_is_taken_for_a_key(key):
    assert encoded("a", {"key_id": key}).key == b'""'
    assert encoded("a", {}).key == b'""'


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
    assert back(line("a", {"value": nested(200, "\ud800")})).body == {"value": nested(200, "\ud800")}


def test_an_entry_may_be_large_but_not_without_end():
    assert len(encoded("a", {"value": "x" * 1_000_000})[1]) > 1_000_000
    with pytest.raises(ValueError, match="too large"):
        encoded("a", {"value": "é" * ENTRY_BYTES_MAX})


def test_a_whole_number_of_any_size_keeps_its_value():
    assert ascii_json({"n": 2**200}) == b'{"n":%d}' % 2**200


def test_an_identifier_beside_foreign_letters_is_written_as_text():
    one = uuid.UUID(int=1)
    assert json.loads(ascii_json({"a": one, "b": "é"})) == {"a": str(one), "b": "é"}


@pytest.mark.parametrize("kind", ["recovered", "start", "stop", "clock"])
def test_only_the_log_may_say_what_became_of_it(kind):
    with pytest.raises(ValueError, match="only the log"):
        encoded(kind, {"kept": {"audit-000001.jsonl": 0}})
    assert own_words(kind, {}).kind == f'"{kind}"'.encode()


def test_an_entry_shows_no_body():
    assert "confidential" not in repr(back(line("a", {"b": "confidential"})))


def test_a_commitment_is_keyed_and_short():
    own = commitment(KEY, "text")
    assert own == "hmac:" + hmac.new(KEY, b"text", hashlib.sha256).hexdigest()[:32]
    assert own != commitment(b"x" * 32, "text")
    assert own != commitment(KEY, "texts")


def test_a_commitment_takes_any_text():
    assert commitment(KEY, "\ud800") != commitment(KEY, "\ud801")
    assert len(commitment(KEY, "x" * 1_000_000)) == len("hmac:") + 32
