"""The one verb, and that a check which did not run has not said clean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.core.finding import DETECTOR_FAILED, Finding, Span
from stockade.core.limits import FINDINGS_MAX
from stockade.core.message import Message, Origin
from stockade.core.policy import Action, Clause, Mode, Policy
from stockade.core.restore import Restorer
from stockade.core.screen import detect_many, screen, settle_reach
from stockade.core.surrogate import Style, Surrogates
from stockade.core.transform import TRANSFORMS, pseudonymizer
from tests.core.sketch import DIGITS, TOKEN, BrokenDetector, LyingDetector, PatternDetector, detectors

POLICY = Policy("p", (Clause(("pii.*", "secret.*"), Action.TRANSFORM, "pseudonymize"),))


class Answers(BrokenDetector):
    """Answers with what it was told to, text by text or for all of them."""

    def __init__(self, answer: object, *, many: bool = False) -> None:
        self.answer = answer
        if many:
            self.detect_many = lambda texts: answer

    def detect(self, text: str) -> list[Finding]:
        return self.answer  # type: ignore[return-value]


WRONG = {
    "nothing": None,
    "a word": "clean",
    "an empty word": "",
    "a generator": (f for f in [Finding(DIGITS, 0.5, Span(0, 1))]),
    "things that are no findings": ["x"],
    "a number": 7,
    "a start after its end": [Finding(DIGITS, 0.5, Span(2, 1))],
    "a start before the text": [Finding(DIGITS, 0.5, Span(-1, 1))],
    "no confidence": [Finding(DIGITS, float("nan"), Span(0, 1))],
    "too much confidence": [Finding(DIGITS, 1.1, Span(0, 1))],
}


@pytest.mark.parametrize("answer", WRONG)
def test_an_answer_of_the_wrong_kind_is_a_failed_check(answer: str) -> None:
    verdict = screen(
        Message("canary"), detectors=(Answers(WRONG[answer]),), policy=POLICY, transforms=TRANSFORMS
    )
    assert verdict.action is Action.BLOCK
    assert verdict.not_run == ("broken",)


@pytest.mark.parametrize("answers", [None, [], [[], []], 5])
def test_one_answer_for_each_text_or_the_check_has_failed(answers: object) -> None:
    found, failed = detect_many(["one text"], [Answers(answers, many=True)])
    assert failed == ("broken",)
    assert [f.rule for f in found[0]] == [DETECTOR_FAILED]


def test_a_detector_for_many_texts_is_asked_once() -> None:
    found, failed = detect_many(["a", "b"], [Answers([[], [Finding(DIGITS, 0.5, Span(0, 1))]], many=True)])
    assert (len(found[0]), len(found[1]), failed) == (0, 1, ())


def test_more_findings_than_anybody_reads_are_a_failed_check() -> None:
    many = [Finding(DIGITS, 0.5, Span(n, n + 1)) for n in range(FINDINGS_MAX + 5)]
    verdict = screen(Message("x" * 20_000), detectors=(Answers(many),), policy=POLICY, transforms=TRANSFORMS)
    assert verdict.action is Action.BLOCK
    assert len(verdict.findings) == FINDINGS_MAX + 1


def test_a_blocking_finding_is_told_and_an_allowed_text_has_none() -> None:
    policy = Policy("b", (Clause(("secret.*",), Action.BLOCK),))
    verdict = screen(Message("tk-abcdef"), detectors=detectors(), policy=policy, transforms=TRANSFORMS)
    assert verdict.blocking is not None
    assert verdict.blocking.rule is TOKEN
    assert not verdict.allowed
    watched = Policy(
        "w", (Clause(("secret.*",), Action.BLOCK, mode=Mode.MONITOR), Clause(("pii.*",), Action.FLAG))
    )
    seen = screen(Message("tk-abcdef"), detectors=detectors(), policy=watched, transforms=TRANSFORMS)
    assert (seen.blocking, seen.allowed) == (None, True)
    clean = screen(Message("hello"), detectors=detectors(), policy=policy, transforms=TRANSFORMS)
    assert (clean.blocking, clean.allowed, clean.action) == (None, True, Action.ALLOW)


def test_a_detector_looks_only_at_texts_of_its_origins() -> None:
    shy = PatternDetector(DIGITS, "[0-9]", 1)
    shy.origins = frozenset({Origin.TOOL})
    verdict = screen(Message("1"), detectors=(shy,), policy=POLICY, transforms=TRANSFORMS)
    assert (verdict.findings, verdict.checks) == ((), ())
    assert settle_reach([shy], Origin.USER) == 0
    assert settle_reach([shy], Origin.TOOL) == 1


def test_one_detector_that_needs_the_whole_text_decides_for_all() -> None:
    whole = PatternDetector(DIGITS, "[0-9]", 1)
    whole.reach = None
    assert settle_reach([*detectors(), whole], Origin.USER) is None


@pytest.mark.parametrize("broken", [BrokenDetector(), LyingDetector()])
def test_a_failed_detector_blocks_and_is_named(broken: BrokenDetector) -> None:
    verdict = screen(
        Message("canary 1234"), detectors=(broken, *detectors()), policy=POLICY, transforms=TRANSFORMS
    )
    assert verdict.action is Action.BLOCK
    assert verdict.not_run == (broken.name,)
    assert broken.name not in verdict.checks
    assert any(f.rule is DETECTOR_FAILED for f in verdict.findings)
    assert "canary" not in repr(verdict)


def test_a_policy_may_say_open_on_purpose() -> None:
    policy = Policy("open", (Clause(("core.*",), Action.FLAG),))
    verdict = screen(Message("x"), detectors=(BrokenDetector(),), policy=policy, transforms=TRANSFORMS)
    assert verdict.action is Action.FLAG


text = st.lists(
    st.one_of(
        st.sampled_from(
            ["jo@ab.com", "JO@ab.com", "1234", "tk-abcdef", "[EMAIL_ADDRESS_0]", "\\", "[", "]", " "]
        ),
        st.text(max_size=5),
    ),
    max_size=12,
).map("".join)


@given(text, st.sampled_from([Style.TAG, Style.NUMBERED]))
def test_restoring_what_was_screened_gives_the_text_back(given_text: str, style: Style) -> None:
    surrogates = Surrogates(b"k" * 32, style=style, taken=[given_text])
    transforms = {**TRANSFORMS, "pseudonymize": pseudonymizer(surrogates)}
    verdict = screen(Message(given_text), detectors=detectors(), policy=POLICY, transforms=transforms)
    assert Restorer(surrogates.pairs).restore(verdict.text) == given_text


@given(text)
def test_covered_characters_are_gone_and_no_others(given_text: str) -> None:
    policy = Policy("p", (Clause(("pii.*",), Action.TRANSFORM, "redact"),))
    verdict = screen(Message(given_text), detectors=detectors(), policy=policy, transforms=TRANSFORMS)
    covered = {i for e in verdict.edits for i in range(e.span.start, e.span.end)}
    wanted = {
        i for f in verdict.findings if f.rule.id.startswith("pii.") for i in range(f.span.start, f.span.end)
    }
    assert covered == wanted
    kept = "".join(c for i, c in enumerate(given_text) if i not in covered)
    left = verdict.text
    for edit in verdict.edits:
        left = left.replace(edit.replacement, "", 1)
    assert sorted(left) == sorted(kept)
