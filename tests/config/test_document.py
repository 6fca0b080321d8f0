"""YAML in, plain values and their lines out; whatever is wrong is told with its line."""

from __future__ import annotations

import contextlib
import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from stockade.config.document import DOCUMENT_BYTES_MAX, parse_document, parse_value
from stockade.core.errors import ConfigError

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn", "Zl", "Zp"]), max_size=12
).filter(lambda word: not re.match(r"[-+]?\.?[0-9][0-9.]*[eE]", word))  # a number in YAML 1.2, a word in 1.1
# 2^59: beyond 18 digits a number is read as a text, so that no reader can round it.
PLAIN = st.none() | st.booleans() | st.integers(-(2**59), 2**59) | WORDS
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=12,
)


def parse(text: str):
    return parse_document(text.encode(), "file.yaml")


@given(st.dictionaries(WORDS, VALUES, max_size=4).filter(bool), st.sampled_from([None, True, False]))
def test_what_was_written_is_read_back(data, flow):
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow)
    assert parse(text).data == data


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("off", "off"),
        ("on", "on"),
        ("yes", "yes"),
        ("true", True),
        ("False", False),
        ("8400", 8400),
        ("-3", -3),
        ("017", "017"),
        ("08:15", "08:15"),
        ("1_000", "1_000"),
        ("0x10", "0x10"),
        ("0.5", 0.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        (".inf", ".inf"),
        ("~", None),
        ("null", None),
        ("", None),
        ("2024-01-01", "2024-01-01"),
        ("9" * 19, "9" * 19),
        ("'8400'", "8400"),
        ("!!str 8400", "8400"),
    ],
)
def test_words_mean_what_yaml_1_2_says(written, value):
    read = parse(f"key: {written}\n").data["key"]
    assert (read, type(read)) == (value, type(value))


def test_every_value_has_its_line():
    lines = parse("a: 1\nb:\n  - x\n  - {c: d,\n     e: f}\n").lines
    assert lines[("a",)] == 1
    assert lines[("b",)] == 2
    assert lines[("b", 0)] == 3
    assert lines[("b", 1, "c")] == 4
    assert lines[("b", 1, "e")] == 5


def test_texts_are_found_again_in_the_file():
    document = parse("a: plain\nb: 'quoted'\n")
    assert [document.text[start:end] for start, end, _ in document.scalars] == ["plain", "'quoted'"]
    assert "plain" not in repr(document)


def bomb(levels: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("# only a comment\n", "is empty"),
        ("- a\n", "is not a mapping"),
        ("word", "is not a mapping"),
        ("a: 1\nb: 2\na: 3\n", "line 3: a key that stands in line 1 already"),
        ("a: 1\nb: {c: 1, c: 2}\n", "line 2: a key that stands"),
        ("a: {\n", "line 2: not valid YAML"),
        ("a: b: c\n", "line 1: not valid YAML"),
        ("a: *nobody\n", "line 1: not valid YAML"),
        ("a: &x [*x]\n", "nested too deeply"),
        ("a: 1\nb: !!python/object:os.system {}\n", "line 2: a YAML tag"),
        ("a: !!binary aGk=\n", "line 1: a YAML tag"),
        ("a: !!int x\n", "line 1: a YAML tag"),
        ("a: !own x\n", "line 1: a YAML tag"),
        ("a: &a {b: 1}\nc:\n  <<: *a\n", "line 3: a merge key"),
        ("? [a]\n: 1\n", "line 1: a key that is not a word"),
        ("a: 1\nb: \x07\n", "line 2: a control character"),
        ("a: 1\n---\nb: 2\n", "not valid YAML"),
        ("[" * 100_000, "nested too deeply"),
        ("a: " + "[" * 40 + "]" * 40, "nested too deeply"),
        (bomb(8), "too many values"),
    ],
)
def test_what_cannot_be_meant_is_refused(text, said):
    with pytest.raises(ConfigError, match=r"file\.yaml") as refused:
        parse(text)
    assert said in str(refused.value)
    assert refused.value.hint


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"a: 1\nb: \xff\n", "line 2: not UTF-8"),
        ("a: 1\n".encode("utf-16"), "line 1: not UTF-8"),
        (b" " * (DOCUMENT_BYTES_MAX + 1), "larger than"),
    ],
)
def test_bytes_that_are_no_text_are_refused(raw, said):
    with pytest.raises(ConfigError, match=said):
        parse_document(raw, "file.yaml")


def test_a_byte_order_mark_is_not_part_of_the_first_key():
    assert parse_document(b"\xef\xbb\xbfa: 1\n", "file.yaml").data == {"a": 1}


def test_no_message_repeats_what_the_file_says():
    secret = "hunter2hunter2"
    for text in (f"a: *{secret}", f"a: 1\n{secret}: 1\n{secret}: 2", f"a: !{secret} x", f"a: {{{secret}"):
        with pytest.raises(ConfigError) as refused:
            parse(text)
        assert secret not in str(refused.value) + refused.value.hint


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw):
    with contextlib.suppress(ConfigError):
        assert parse_document(raw, "file.yaml").data is not None


@pytest.mark.parametrize(
    ("text", "value"),
    [("9000", 9000), ("{a: [1]}", {"a": [1]}), ("", ""), ("*", "*"), ("::1", "::1"), ("a: b: c", "a: b: c")],
)
def test_one_value_is_yaml_or_a_text(text, value):
    assert parse_value(text) == value
