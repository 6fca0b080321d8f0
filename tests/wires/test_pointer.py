"""Pointers: every text has one, and a text put back changes nothing else."""

from __future__ import annotations

import copy

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stockade.core.errors import InputError
from stockade.core.limits import JSON_DEPTH_MAX
from stockade.wires import pointer
from stockade.wires.pointer import digits, escape, is_plain, leaves, places, put, replace, walk
from tests.wires.flows import bodies


def strings(value):
    if isinstance(value, dict):
        for key, item in value.items():
            if not is_plain(key):
                yield key
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, str):
        yield value


@settings(max_examples=50)
@given(bodies)
def test_replacing_nothing_changes_nothing(body):
    before = copy.deepcopy(body)
    assert replace(body, {}) is body
    assert body == before
    assert list(body) == list(before)


@settings(max_examples=50)
@given(bodies)
def test_every_string_has_a_place(body):
    assert sorted(t for _, t in leaves(body) if not is_number(t)) == sorted(
        t for t in strings(body) if not is_number(t)
    )


def is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


@settings(max_examples=50)
@given(bodies, st.data())
def test_one_replaced_text_is_the_only_change(body, data):
    found = [p for p in places(body) if not p.is_key]
    assume(found)
    chosen = data.draw(st.sampled_from(found))
    before = dict(leaves(body))
    assume(len(before) == len(places(body)))
    replace(body, {chosen.pointer: "MARKER"})
    after = dict(leaves(body))
    assert after.pop(chosen.pointer) == "MARKER"
    before.pop(chosen.pointer)
    assert after == before


@settings(max_examples=50)
@given(bodies)
def test_every_text_replaced_by_itself_gives_the_body_back(body):
    before = copy.deepcopy(body)
    found = list(leaves(body))
    assume(len(dict(found)) == len(found))
    replace(body, {p: t for p, t in found if not is_number(t)})
    assert body == before


def test_pointers_escape_as_the_standard_says():
    body = {"a/b": {"m~n": ["x"]}, "": "empty key"}
    assert dict(leaves(body)) == {
        "/a~1b#key": "a/b",
        "/a~1b/m~0n#key": "m~n",
        "/a~1b/m~0n/0": "x",
        "/#key": "",
        "/": "empty key",
    }
    assert escape("a/b~c") == "a~1b~0c"


def test_a_key_is_rewritten_where_it_stands():
    body = {"first": 1, "jo@ab.com": {"x": 2}, "last": 3}
    replace(body, {"/jo@ab.com#key": "[MAIL]"})
    assert list(body.items()) == [("first", 1), ("[MAIL]", {"x": 2}), ("last", 3)]


def test_keys_that_become_alike_lose_no_value():
    body = {"a@b.cc": 1, "c@d.ee": 2, "[MAIL]_2": 3}
    put([((body, "a@b.cc", True), "[MAIL]"), ((body, "c@d.ee", True), "[MAIL]")])
    assert sorted(body.values()) == [1, 2, 3]
    assert list(body) == ["[MAIL]", "[MAIL]_3", "[MAIL]_2"]


def test_a_value_and_its_key_are_changed_together():
    body = {"a b": "value", "list": ["x"]}
    put([((body, "a b", True), "key"), ((body, "a b", False), "new"), ((body["list"], 0, False), "y")])
    assert body == {"key": "new", "list": ["y"]}


def test_a_pointer_that_could_mean_both_means_the_value():
    body = {"a b": "inner", "a b#key": "value"}
    replace(body, {"/a b#key": "changed"})
    assert body == {"a b": "inner", "a b#key": "changed"}


def test_a_place_that_is_not_there_is_refused():
    with pytest.raises(InputError) as caught:
        replace({"a": "x"}, {"/b": "y"})
    assert (caught.value.code, caught.value.pointer) == ("no_such_place", "/b")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1234567, ""),
        (-9999999, ""),
        (10**7, "10000000"),
        (4111111111111111, "4111111111111111"),
        (-(10**9), "-1000000000"),
        (4111111111111111.0, "4111111111111111"),
        (12345678.5, "12345678.5"),
        (True, ""),
        (0.1, ""),
    ],
)
def test_a_long_number_is_a_text_too(number, text):
    assert digits(number) == text
    assert [t for _, t in leaves({"n": number})] == ([text] if text else [])


@pytest.mark.parametrize(
    ("key", "plain"),
    [
        ("content", True),
        ("$ref", True),
        ("_x", True),
        ("a1", False),
        ("a.b", False),
        ("", False),
        ("é", False),
        ("a" * 33, False),
        ("role\n", False),
    ],
)
def test_only_a_field_name_is_plain(key, plain):
    assert is_plain(key) is plain


def test_a_value_without_inside_has_no_places():
    assert places("text") == []
    assert list(leaves(5)) == []


def nested(depth):
    value = "x"
    for _ in range(depth):
        value = [value]
    return value


def test_nesting_has_a_bound():
    assert len(places(nested(JSON_DEPTH_MAX))) == 1
    with pytest.raises(InputError) as caught:
        places(nested(JSON_DEPTH_MAX + 1))
    assert caught.value.code == "too_deep"


def test_the_number_of_texts_has_a_bound(monkeypatch):
    monkeypatch.setattr(pointer, "LEAVES_MAX", 3)
    assert len(places(["a"] * 3)) == 3
    with pytest.raises(InputError) as caught:
        places(["a"] * 4)
    assert caught.value.code == "too_many_values"


def test_repr_shows_the_place_and_not_the_text():
    (place,) = places({"a": "canary"})
    assert repr(place) == "Place(pointer='/a')"


def test_the_walk_goes_in_document_order():
    seen = []
    walk({"b": ["1", {"c": "2"}], "a": "3"}, "/x", lambda c, k, p, t, is_key: seen.append((p, t)))
    assert seen == [("/x/b/0", "1"), ("/x/b/1/c", "2"), ("/x/a", "3")]
