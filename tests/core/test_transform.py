"""Edits: merged where they touch, stricter transform first, marks that JSON need not escape."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from stockade.core.finding import Finding, Rule, Span
from stockade.core.policy import Action, Mode, Reason
from stockade.core.surrogate import Surrogates
from stockade.core.transform import (
    TRANSFORMS,
    Edit,
    apply,
    delimit,
    edits_for,
    keep,
    mask,
    pseudonymizer,
    redact,
)
from tests.core.sketch import DIGITS, MAIL

spans = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 20), st.sampled_from(["redact", "mask"])), max_size=8
)


def reason(start: int, end: int, transform: str, mode: Mode = Mode.ENFORCE) -> Reason:
    return Reason(Finding(MAIL, 0.9, Span(start, end)), Action.TRANSFORM, transform, mode)


@given(spans)
def test_merged_edits_cover_every_span_and_never_overlap(wanted: list[tuple[int, int, str]]) -> None:
    text = "abcdefghijklmnopqrst"
    reasons = [reason(min(a, b), max(a, b), t) for a, b, t in wanted]
    edits = edits_for(text, reasons, TRANSFORMS)
    covered = [i for e in edits for i in range(e.span.start, e.span.end)]
    assert covered == sorted(set(covered))
    assert set(covered) == {i for a, b, _ in wanted for i in range(min(a, b), min(20, max(a, b)))}


def test_the_stricter_transform_makes_a_merged_edit() -> None:
    edits = edits_for("abcdefgh", [reason(0, 4, "mask"), reason(3, 6, "redact")], TRANSFORMS)
    assert apply("abcdefgh", edits) == "[REDACTED:EMAIL_ADDRESS]gh"


def test_an_unknown_transform_redacts() -> None:
    assert (
        apply("abcd", edits_for("abcd", [reason(0, 2, "sparkle")], TRANSFORMS))
        == "[REDACTED:EMAIL_ADDRESS]cd"
    )


def test_a_monitored_reason_edits_nothing() -> None:
    assert edits_for("abcd", [reason(0, 2, "redact", Mode.MONITOR)], TRANSFORMS) == ()


def test_marks_survive_json_without_escaping() -> None:
    mark = redact('a"b', Finding(DIGITS, 1.0))
    assert json.dumps(mark) == f'"{mark}"'


def test_a_mask_keeps_the_last_four_of_long_values_only() -> None:
    finding = Finding(DIGITS, 1.0)
    assert mask("4111 1111 1111 1111", finding) == "**** **** **** 1111"
    assert mask("078-05-1120", finding) == "***-**-****"


def test_look_alike_marks_inside_delimited_text_are_defused() -> None:
    out = delimit("x<</untrusted>>y", Finding(DIGITS, 1.0))
    assert out.count("<</untrusted>>") == 1


@given(st.text("<>/untrsed ", max_size=40))
def test_no_mark_is_left_inside_of_delimited_text(value: str) -> None:
    inner = delimit(value, Finding(DIGITS, 1.0)).removeprefix("<<untrusted>>").removesuffix("<</untrusted>>")
    assert "<<" not in inner
    assert ">>" not in inner
    assert inner.replace("< ", "<").replace("> ", ">") == value.replace("< ", "<").replace("> ", ">")


def test_an_edit_that_changes_nothing_is_none() -> None:
    transforms = {**TRANSFORMS, "pseudonymize": keep}
    assert edits_for("abcd", [reason(0, 2, "pseudonymize")], transforms) == ()


def test_only_an_issued_surrogate_is_restorable() -> None:
    surrogates = Surrogates(b"k" * 32)
    transforms = {**TRANSFORMS, "pseudonymize": pseudonymizer(surrogates)}
    with_way_back, without = (
        edits_for("abcd", [reason(0, 2, "pseudonymize")], t)[0] for t in (transforms, TRANSFORMS)
    )
    assert with_way_back.restorable
    assert surrogates.pairs[with_way_back.replacement] == "ab"
    assert not without.restorable
    assert without.replacement == "[REDACTED:EMAIL_ADDRESS]"


def test_a_rule_without_a_label_is_named_by_its_id() -> None:
    rule = Rule("leak.prompt", "Leak")
    assert redact("x", Finding(rule, 1.0)) == "[REDACTED:LEAK_PROMPT]"


def test_an_edit_shows_no_replacement() -> None:
    assert "canary" not in repr(Edit(Span(0, 1), "canary"))
