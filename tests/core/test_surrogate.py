"""Surrogates: stable, told apart, never in the text already, and without a trace in repr."""

from __future__ import annotations

import datetime
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.core.errors import InputError
from stockade.core.surrogate import Style, Surrogates, canonical, normalize_marks

KEY = b"k" * 32
TAG = re.compile(r"\[EMAIL_ADDRESS_[0-9A-F]{4,}(_\d+)?\]")


def test_the_same_value_gets_the_same_surrogate_in_another_request() -> None:
    first = Surrogates(KEY).issue("EMAIL_ADDRESS", "jo@example.com")
    second = Surrogates(KEY).issue("EMAIL_ADDRESS", "jo@example.com")
    assert first == second
    assert TAG.fullmatch(first)


def test_another_conversation_gets_another_surrogate() -> None:
    assert Surrogates(KEY).issue("A", "v") != Surrogates(b"x" * 32).issue("A", "v")


def test_two_spellings_share_the_identity_and_differ_in_a_suffix() -> None:
    surrogates = Surrogates(KEY)
    first = surrogates.issue("CREDIT_CARD", "4111 1111 1111 1111")
    second = surrogates.issue("CREDIT_CARD", "4111-1111-1111-1111")
    assert second == first[:-1] + "_2]"
    assert surrogates.pairs[second] == "4111-1111-1111-1111"


def test_numbered_style_counts_like_the_guide() -> None:
    surrogates = Surrogates(KEY, style=Style.NUMBERED)
    assert [surrogates.issue("PERSON", name) for name in ("Ann", "Bob", "Ann", "ANN")] == [
        "[PERSON_0]",
        "[PERSON_1]",
        "[PERSON_0]",
        "[PERSON_0_2]",
    ]


@pytest.mark.parametrize("spelling", ["[PERSON_0]", "person_0", "PERSON\\_0", "Person 0", "person-0"])
def test_a_surrogate_the_text_already_holds_is_not_issued(spelling: str) -> None:
    surrogates = Surrogates(KEY, style=Style.NUMBERED, taken=[f"who is {spelling}?"])
    assert surrogates.issue("PERSON", "Ann") == "[PERSON_1]"


def test_colliding_digests_are_told_apart() -> None:
    surrogates = Surrogates(KEY)
    issued = {surrogates.issue("ID", f"value {n}") for n in range(3000)}
    assert len(issued) == 3000


def test_repr_shows_no_value_and_no_key() -> None:
    surrogates = Surrogates(KEY)
    surrogates.issue("EMAIL_ADDRESS", "canary-value@example.com")
    assert "canary" not in repr(surrogates)
    assert "kkk" not in repr(surrogates)


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stockade.core.surrogate.SURROGATES_MAX", 2)
    surrogates = Surrogates(KEY)
    surrogates.issue("A", "1")
    surrogates.issue("A", "2")
    with pytest.raises(InputError, match="more sensitive values"):
        surrogates.issue("A", "3")


def test_realistic_surrogates_are_told_apart_and_fall_back_to_tags() -> None:
    surrogates = Surrogates(KEY, style=Style.REALISTIC)
    issued = [surrogates.issue("PERSON", f"Person{'abcdefghij'[n % 10] * (n // 10 + 1)}") for n in range(40)]
    assert len(set(issued)) == 40
    tags = [one for one in issued if one.startswith("[PERSON_")]
    assert 0 < len(tags) < 40  # there are 24 surnames
    assert surrogates.issue("PASSPORT", "123").startswith("[PASSPORT_")


def test_a_realistic_surrogate_in_the_text_is_not_issued() -> None:
    first = Surrogates(KEY, style=Style.REALISTIC).issue("PERSON", "Jane Doe")
    again = Surrogates(KEY, style=Style.REALISTIC, taken=[f"{first.upper()} was here"])
    assert again.issue("PERSON", "Jane Doe") != first


def test_a_value_that_is_its_own_stand_in_is_replaced_all_the_same() -> None:
    first = Surrogates(KEY, style=Style.REALISTIC).issue("PERSON", "jane doe")
    assert Surrogates(KEY, style=Style.REALISTIC).issue("PERSON", first) != first


def test_dates_of_one_conversation_keep_their_distance() -> None:
    surrogates = Surrogates(KEY, style=Style.REALISTIC)
    one, other = (
        datetime.date.fromisoformat(surrogates.issue("DATE", d)) for d in ("2024-01-05", "2024-03-05")
    )
    assert (other - one).days == 60
    # Two spellings of one day move to one day; the second one cannot be written the same way twice.
    assert surrogates.issue("DATE", "2024-1-5").startswith(("20", "[DATE_"))


@given(st.lists(st.sampled_from(["person_0", "[PERSON 1]", "person-10", "PERSON\\_2", "x"]), max_size=4))
def test_long_texts_are_asked_like_short_ones(marks: list[str]) -> None:
    short = Surrogates(KEY, style=Style.NUMBERED, taken=marks)
    long = Surrogates(KEY, style=Style.NUMBERED, taken=[*marks, "." * 40_000])
    values = [f"value {'abcdef'[n]}" for n in range(6)]
    assert [short.issue("PERSON", v) for v in values] == [long.issue("PERSON", v) for v in values]


@pytest.mark.parametrize("style", list(Style))
def test_many_values_in_a_long_text_take_seconds_and_not_minutes(style: Style) -> None:
    values = [f"user{n}@corp.example" for n in range(2_000)]
    surrogates = Surrogates(KEY, style=style, taken=["\n".join(values) + " person_0" * 100_000])
    started = time.process_time()
    for value in values:
        surrogates.issue("EMAIL_ADDRESS", value)
    assert time.process_time() - started < 5
    assert len(surrogates) == 2_000


def test_a_text_that_holds_every_mark_leaves_none_free(monkeypatch: pytest.MonkeyPatch) -> None:
    surrogates = Surrogates(KEY)
    monkeypatch.setattr(Surrogates, "_free", lambda self, surrogate, digest: False)
    with pytest.raises(InputError, match="no free surrogate"):
        surrogates.issue("PERSON", "Jane")


@given(st.text(), st.text())
def test_tags_need_no_escaping_in_json(label: str, value: str) -> None:
    issued = Surrogates(KEY).issue(label, value)
    assert re.fullmatch(r"\[[A-Z0-9_]+\]", issued)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Jo@Example.com", "jo@example.com"), ("+1 (212) 555-0100", "+12125550100"), ("Jane  Doe", "jane doe")],
)
def test_case_and_separators_do_not_make_another_value(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


def test_normalized_marks_ignore_case_and_escapes() -> None:
    assert normalize_marks("PERSON\\_7F3A") == normalize_marks("person 7f3a") == "person_7f3a"
