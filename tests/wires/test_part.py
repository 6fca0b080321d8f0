"""Parts: a text with its author and its place, also where the place is JSON inside of a string."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockade.core.errors import InputError
from stockade.core.message import Origin
from stockade.wires import part as part_module
from stockade.wires.part import Collector, is_binary, is_blob, replace
from tests.wires.flows import bodies, values

BLOB = "QUJD" * 1024


def test_repr_shows_place_and_author_and_no_text():
    found = Collector()
    found.text({"a": "canary"}, "a", "/a", Origin.TOOL)
    assert repr(found.parts[0]) == "Part(pointer='/a', origin=tool)"
    assert found.parts[0].pointer == "/a"


@settings(max_examples=50)
@given(values, st.booleans())
def test_a_document_in_a_string_is_read_and_written_as_a_document(value, ascii_only):
    body = {"arguments": json.dumps({"v": value}, ensure_ascii=ascii_only)}
    found = Collector()
    found.json(body, "arguments", "/arguments", Origin.MODEL)
    before = copy.deepcopy(body)
    replace([])
    assert body == before
    replace([(p, p.message.text) for p in found.parts if p.is_key or isinstance(p.container[p.key], str)])
    assert json.loads(body["arguments"]) == {"v": value}


def test_a_document_in_a_string_is_written_once_with_all_its_changes():
    body = {"arguments": '{"a":"x","b":["y"],"c d":1}'}
    found = Collector()
    found.json(body, "arguments", "/args", Origin.MODEL)
    assert [p.pointer for p in found.parts] == ["/args#/a", "/args#/b/0", "/args#/c d#key"]
    replace(zip(found.parts, ['"', "\\", "e"], strict=True))
    assert body["arguments"] == '{"a":"\\"","b":["\\\\"],"e":1}'


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ('{"a":"x","a":"y"}', '{"a":"x","a":"y"}'),
        ('{"a":9007199254740993}', '{"a":9007199254740993}'),
        ('{"a":"jo\\u0040ab.com"', '{"a":"jo@ab.com"'),
        ("\\u0022\\u005c\\u0009\\ud83d \\\\u0041 \\u00e9", "\\u0022\\u005c\\u0009\\ud83d \\\\u0041 é"),
        ('1} , "x":{', '1} , "x":{'),
        ('{}, "x": {}', '{}, "x": {}'),
        ("[1], 2", "[1], 2"),
    ],
)  # fmt: skip
def test_what_is_no_single_document_is_one_text_without_hiding_escapes(raw, text):
    found = Collector()
    found.json({"a": raw}, "a", "/a", Origin.MODEL)
    assert [p.message.text for p in found.parts] == [text]
    assert found.parts[0].embedded is None


def test_an_empty_string_is_no_text():
    found = Collector()
    found.json({"a": ""}, "a", "/a", Origin.MODEL)
    found.anything({"a": ""}, "a", "/a", Origin.USER)
    found.anything({"a": {"b": ""}}, "a", "/a", Origin.USER)
    assert found.parts == []


def test_numbers_that_could_be_somebodys_are_texts():
    body = {"card": 4111111111111111, "small": 12, "none": None, "yes": True, "real": 41111111.5}
    found = Collector()
    for key in body:
        found.anything(body, key, f"/{key}", Origin.USER)
    assert [p.message.text for p in found.parts] == ["4111111111111111", "41111111.5"]
    replace([(found.parts[0], "[CARD]")])
    assert body["card"] == "[CARD]"


@pytest.mark.parametrize("inside", [False, True])
def test_a_blob_is_reported_or_read_as_asked(inside):
    body = {"x": [BLOB] if inside else BLOB}
    where = "/x/0" if inside else "/x"
    found, reading = Collector(), Collector(read_all=True)
    for one in (found, reading):
        one.anything(body, "x", "/x", Origin.USER)
    assert ([tuple(u) for u in found.uninspected], found.parts) == ([(where, "data")], [])
    assert ([p.pointer for p in reading.parts], reading.uninspected) == ([where], [])


@pytest.mark.parametrize(
    ("text", "blob", "binary"),
    [
        (BLOB, True, True),
        (BLOB[:-1], False, True),
        (BLOB[:-1] + " ", False, False),
        ("data:image/png;base64,QUJD", True, True),
        ("DATA:;BASE64,QUJD", True, True),
        ("data:text/plain,hello", False, False),
        ("data: it says", False, False),
        ("", False, False),
    ],
)
def test_blobs_are_told_from_texts(text, blob, binary):
    assert (is_blob(text), is_binary(text)) == (blob, binary)


def test_the_number_of_texts_has_a_bound(monkeypatch):
    monkeypatch.setattr(part_module, "LEAVES_MAX", 3)
    with pytest.raises(InputError) as caught:
        Collector().anything({"a": ["x"] * 5}, "a", "/a", Origin.USER)
    assert caught.value.code == "too_many_values"


@settings(max_examples=50)
@given(bodies)
def test_keys_are_texts_where_they_are_no_names(body):
    found = Collector()
    for key in body:
        found.key(body, key, f"/{key}#key", Origin.USER)
    assert [p.message.text for p in found.parts] == list(body)
    assert all(p.is_key for p in found.parts)
