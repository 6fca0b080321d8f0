"""The one verb, and that a check which did not run has not said clean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.core.finding import DETECTOR_FAILED
from stockade.core.message import Message
from stockade.core.policy import Action, Clause, Policy
from stockade.core.restore import Restorer
from stockade.core.screen import screen
from stockade.core.surrogate import Style, Surrogates
from stockade.core.transform import TRANSFORMS, pseudonymizer
from tests.core.sketch import BrokenDetector, LyingDetector, detectors

POLICY = Policy("p", (Clause(("pii.*", "secret.*"), Action.TRANSFORM, "pseudonymize"),))


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
