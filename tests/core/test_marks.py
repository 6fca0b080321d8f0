"""Marks: recognised whatever a model does to their look, in time that grows with the text alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.core.marks import LiteralMarks, TagMarks, start_pattern

PAIRS = {
    "[PERSON_7F3A]": "tag one",
    "[PERSON_7F3A_2]": "tag two",
    "[US_SSN_0]": "tag three",
    "Avery Ashquill": "name",
    "amber.fjord1234@example.com": "mail",
    "+1 (415) 555-0100": "phone",
}
MANY = {**PAIRS, **{f"fjord.krill{n:04d}@example.org": f"value {n}" for n in range(200)}}

MANY_TAGS, MANY_LITERALS = TagMarks(MANY), LiteralMarks(MANY)


def tags(text, pairs=PAIRS):
    return [(text[a:b], v) for a, b, v in TagMarks(pairs).matches(text, text.lower())]


def literals(text, pairs=PAIRS):
    return sorted((text[a:b], v) for a, b, v in LiteralMarks(pairs).matches(text.lower()))


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("[PERSON_7F3A]", "[PERSON_7F3A]"),
        ("x[person_7f3a]x", "[person_7f3a]"),
        ("PERSON-7F3A's", "PERSON-7F3A"),
        (r"\[PERSON\_7F3A\]", r"\[PERSON\_7F3A\]"),
        (r"[PERSON\_7F3A\]", r"PERSON\_7F3A"),
        ("[PERSON_7F3A", "PERSON_7F3A"),
        ("PERSON_7F3A]", "PERSON_7F3A"),
    ],
)
def test_brackets_go_only_as_a_pair(text, stands):
    assert tags(text) == [(stands, "tag one")]


@pytest.mark.parametrize(
    "text", ["[PERSON_7F3B]", "[PERSON_7F3A_3]", "XPERSON_7F3A", "PERSON_7F3AB", "[US_SSN]"]
)
def test_another_identity_is_not_recognised(text):
    assert tags(text) == []


def test_a_label_with_several_words_is_one_label():
    assert tags("us ssn 0 and US\\_SSN\\_0") == [("us ssn 0", "tag three"), ("US\\_SSN\\_0", "tag three")]


@pytest.mark.parametrize("pairs", [PAIRS, MANY], ids=["few", "many"])
@pytest.mark.parametrize(
    ("text", "stands", "value"),
    [
        ("Dear Avery Ashquill,", "Avery Ashquill", "name"),
        ("AVERY ASHQUILL's", "AVERY ASHQUILL", "name"),
        ("**Avery\nAshquill**", "Avery\nAshquill", "name"),
        ("Avery\u00a0Ashquill", "Avery\u00a0Ashquill", "name"),
        ("<Amber.Fjord1234@example.com>", "Amber.Fjord1234@example.com", "mail"),
        (r"amber\.fjord1234\@example\.com", r"amber\.fjord1234\@example\.com", "mail"),
        (r"\+1 (415) 555\-0100!", r"\+1 (415) 555\-0100", "phone"),
        (r"a\\b \+1 \(415\) 555-0100", r"\+1 \(415\) 555-0100", "phone"),
    ],
)
def test_a_realistic_surrogate_is_recognised_however_it_is_written(pairs, text, stands, value):
    assert literals(text, pairs) == [(stands, value)]


@pytest.mark.parametrize("pairs", [PAIRS, MANY], ids=["few", "many"])
@pytest.mark.parametrize(
    "text",
    [
        "Avery Ashquills",
        "Xavery Ashquill",
        "Avery  Ashquill",
        r"Avery\ Ashquill",
        r"amber\\.fjord1234@example.com",
        "1amber.fjord1234@example.com",
        "amber.fjord1234@example.community",
    ],
)
def test_part_of_another_word_is_no_surrogate(pairs, text):
    assert literals(text, pairs) == []


words = st.lists(
    st.sampled_from([*[*MANY][:12], "avery", " ", "ASHQUILL", "\\", "+1", "(", "fjord.", "x", "é", "\n"]),
    max_size=9,
).map("".join)


@given(words)
def test_few_and_many_surrogates_are_found_alike(text):
    some = dict(list(MANY.items())[:12])
    by_search, by_word = LiteralMarks(some), MANY_LITERALS
    known = set(some.values())
    assert sorted(by_search.matches(text.lower())) == sorted(
        m for m in by_word.matches(text.lower()) if m[2] in known
    )


@given(words, st.integers(0, 300))
def test_what_may_grow_into_a_mark_is_known_at_every_cut(text, cut):
    tag, literal = MANY_TAGS, MANY_LITERALS
    tag.prepare()
    literal.prepare()
    for marks, found in ((tag, tag.matches(text, text.lower())), (literal, literal.matches(text.lower()))):
        for start, end, _ in found:
            at = start + cut % max(1, end - start)
            if at > start:
                assert marks.may_grow(text[start:at])
                assert at - start <= marks.longest
                assert text[start].lower() in marks.starts


@given(words)
def test_a_mark_begins_only_where_the_pattern_says_it_may(text):
    starts = start_pattern(MANY_TAGS.starts | MANY_LITERALS.starts | {"[", "p", "u", "a", "+"})
    places = {m.start() for m in starts.finditer(text)}
    for marks in (MANY_TAGS.matches(text, text.lower()), MANY_LITERALS.matches(text.lower())):
        assert {start for start, _, _ in marks} <= places | {p + 1 for p in places}


def test_without_starts_nothing_may_begin():
    assert not start_pattern(()).search("any text")
    assert start_pattern("[").findall("a[b") == ["["]


def test_nothing_issued_means_nothing_to_wait_for():
    for marks in (TagMarks({}), LiteralMarks({"": "empty"})):
        marks.prepare()
        assert (marks.longest, marks.starts) == (0, frozenset())
        assert not marks.may_grow("a")
    assert literals("any text", {"": "empty"}) == []


def test_a_short_literal_is_found_among_many():
    assert literals("ab and abc", {"ab": "short", **MANY}) == [("ab", "short")]


@pytest.mark.parametrize("unit", ["avery ", "person_", "amber.fjord1234@", "[", "\\.", "fjord.krill"])
def test_the_time_grows_with_the_text_and_not_with_the_surrogates(unit):
    pairs = {f"fjord.krill{n:05d}@example.org": "v" for n in range(20_000)} | PAIRS
    marks, tag = LiteralMarks(pairs), TagMarks(pairs)
    text = unit * (300_000 // len(unit))
    started = time.process_time()
    assert not [*marks.matches(text), *tag.matches(text, text)]
    assert time.process_time() - started < 3
