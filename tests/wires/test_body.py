"""Bodies: read in one way only, or refused; written again as what was read."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockade.core.errors import InputError
from stockade.core.limits import JSON_DEPTH_MAX
from stockade.wires import body as body_module
from stockade.wires.body import decode, encode
from tests.wires.flows import bodies

MAX = 1_000_000


def code(raw, bytes_max=MAX):
    try:
        decode(raw, bytes_max=bytes_max)
    except InputError as error:
        return error.code
    return ""


@settings(max_examples=50)
@given(bodies)
def test_what_is_written_is_read_again(body):
    assert decode(encode(body), bytes_max=MAX) == body


@given(
    bodies,
    st.sampled_from([(",", ":"), (", ", ": "), (" , ", " : "), (",\n", "\t:\r\n")]),
    st.booleans(),
    st.sampled_from([None, 1]),
)
def test_no_way_of_writing_json_is_refused(body, separators, ascii_only, indent):
    raw = json.dumps(body, separators=separators, ensure_ascii=ascii_only, indent=indent).encode()
    assert decode(raw, bytes_max=MAX) == body


tokens = st.sampled_from(['"a"', '"\\u0061"', '"b"', '"\\"a\\":"', '"a\\u0022\\u003a"', '":"', '"\\u003A"'])
spaces = st.sampled_from(["", " ", "\n", "\t", "\r"])


@st.composite
def documents(draw, depth=2):
    """Return JSON text whose objects may repeat keys, and whether one does."""
    parts, seen, repeated = [], set(), False
    for _ in range(draw(st.integers(0, 3))):
        key = draw(tokens)
        name = json.loads(key)
        repeated = repeated or name in seen
        seen.add(name)
        inner, inside = draw(documents(depth - 1)) if depth and draw(st.booleans()) else (draw(tokens), False)
        repeated = repeated or inside
        parts.append(key + draw(spaces) + ":" + draw(spaces) + inner)
    return "{" + ",".join(parts) + "}", repeated


@settings(max_examples=50)
@given(documents())
def test_a_repeated_key_is_refused_wherever_it_stands_and_however_it_is_written(document):
    text, repeated = document
    assert code(text.encode()) == ("duplicate_key" if repeated else "")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty_body"),
        (b" \n\t", "empty_body"),
        (b"[]", "not_an_object"),
        (b'"text"', "not_an_object"),
        (b"null", "not_an_object"),
        (b"{", "invalid_json"),
        (b'{"a":}', "invalid_json"),
        (b"{'a':1}", "invalid_json"),
        (b'{"a":1,}', "invalid_json"),
        (b'{"a":1}{"a":1}', "invalid_json"),
        (b'{"a":1}x', "invalid_json"),
        (b'{"a":NaN}', "invalid_json"),
        (b'{"a":Infinity}', "invalid_json"),
        (b'{"a":-Infinity}', "invalid_json"),
        (b'{"a":01}', "invalid_json"),
        (b'{"a":+1}', "invalid_json"),
        (b'{"a":.5}', "invalid_json"),
        (b'{"a":0x10}', "invalid_json"),
        (b'{"a":"\n"}', "invalid_json"),
        (b'{"a":"\\x41"}', "invalid_json"),
        (b'{"a":"\\ud800"}', "invalid_json"),
        (b'{"a":"\\udc00\\ud800"}', "invalid_json"),
        (b'{"a":1}\x00', "invalid_json"),
        (b"/**/{}", "invalid_json"),
        (b'\xef\xbb\xbf{"a":1}', "invalid_json"),
        (b'{"a":"\xff"}', "not_utf8"),
        (b'{"a":"\xc0\xaf"}', "not_utf8"),
        (b'{"a":"\xed\xa0\x80"}', "not_utf8"),
        ('{"a":1}'.encode("utf-16"), "not_utf8"),
        (b'{"a":9007199254740993}', "number_out_of_range"),
        (b'{"a":-9007199254740993}', "number_out_of_range"),
        (b'{"a":18446744073709551616}', "number_out_of_range"),
        (b'{"a":1' + b"0" * 5000 + b"}", "number_out_of_range"),
        (b'{"a":1e400}', "number_out_of_range"),
        (b'{"a":[{"b":1,"b":1}]}', "duplicate_key"),
        (b'{"a" :1,"a" :1}', "duplicate_key"),
        (b'{"a":' + b"[" * JSON_DEPTH_MAX + b"]" * JSON_DEPTH_MAX + b"}", "too_deep"),
        (b'{"a":' + b"[" * 100_000, "too_deep"),
        (b'{"a":' * 100_000, "too_deep"),
    ],
)
def test_what_readers_could_take_differently_is_refused(raw, reason):
    assert code(raw) == reason


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a":9007199254740992,"b":-9007199254740992}',
        b'{"a":1e300,"b":-1e300,"c":1.5E+3,"d":-0,"e":1e-400}',
        b' {"a":"\\ud83d\\ude00"} ',
        b'{"a":"\\u0000"}',
        b'{"a":' + b"[" * (JSON_DEPTH_MAX - 1) + b"]" * (JSON_DEPTH_MAX - 1) + b"}",
        b'{"a":"il dit : \\"non\\": bien","b":1}',
    ],
)
def test_what_every_reader_takes_alike_is_read(raw):
    assert decode(raw, bytes_max=MAX) == json.loads(raw)


def test_a_body_has_a_size():
    assert code(b'{"a":1}', bytes_max=6) == "too_large"
    assert code(b'{"a":1}', bytes_max=7) == ""


@pytest.mark.parametrize(
    "raw", [b'{"a":["x","x","x","x"]}', b'{"a":{"b":1,"c":1,"d":1}}', b'{"a":[[],[],[],[]]}']
)
def test_a_body_has_a_number_of_values(raw, monkeypatch):
    monkeypatch.setattr(body_module, "LEAVES_MAX", 3)
    assert code(raw) == "too_many_values"


def test_an_error_holds_nothing_of_the_body():
    with pytest.raises(InputError) as caught:
        decode(b'{"a": canary}', bytes_max=MAX)
    assert "canary" not in f"{caught.value}{caught.value.hint}"
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@given(st.binary(max_size=60))
def test_no_bytes_make_it_fail_otherwise(raw):
    assert isinstance(code(raw), str)


@given(st.text('{}[]":,\\ \nau0123.e-', max_size=40))
def test_what_it_reads_another_reader_reads_alike(text):
    if not code(text.encode()):
        assert decode(text.encode(), bytes_max=MAX) == json.loads(text)


def test_the_exact_reader_bounds_nesting_too(monkeypatch):
    def deep(*args, **kwargs):
        raise RecursionError

    monkeypatch.setattr(body_module.json, "loads", deep)
    assert code(b'{"a":"\\u003a"}') == "too_deep"
