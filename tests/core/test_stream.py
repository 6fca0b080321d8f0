"""The law of streams: pieces do not matter, and not one character of a blocked span comes out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.core.message import Message, Origin
from stockade.core.policy import Action, Clause, Policy
from stockade.core.screen import screen
from stockade.core.stream import Stream
from stockade.core.transform import TRANSFORMS
from tests.core.sketch import TOKEN, BrokenDetector, LyingDetector, PatternDetector, WordDetector, detectors

POLICY = Policy(
    "p",
    (
        Clause(("pii.email",), Action.TRANSFORM, "redact"),
        Clause(("pii.digits",), Action.TRANSFORM, "mask"),
        Clause(("secret.*",), Action.TRANSFORM, "redact"),
    ),
)
BLOCKING = Policy("b", (*POLICY.clauses, Clause(("secret.*",), Action.BLOCK)))

fragments = st.lists(
    st.one_of(
        st.sampled_from(
            ["jo@ab.com", "1234", "12345", "tk-abcd", "tk-", "@", ".", " ", "a", "-", "é", "jo@", "ab.com"]
        ),
        st.text("ab1@. -tk", max_size=6),
    ),
    max_size=14,
).map("".join)


def run(policy: Policy, parts: list[str]) -> tuple[str, Stream]:
    flow = Stream(Message("", Origin.MODEL), detectors=detectors(), policy=policy, transforms=TRANSFORMS)
    return "".join(flow.feed(p) for p in parts) + flow.close(), flow


@given(fragments, st.lists(st.integers(0, 200), max_size=10))
def test_pieces_do_not_matter(text: str, cuts: list[int]) -> None:
    edges = sorted({0, len(text), *(c % (len(text) + 1) for c in cuts)})
    parts = [text[a:b] for a, b in zip(edges, edges[1:], strict=False)]
    whole = screen(Message(text, Origin.MODEL), detectors=detectors(), policy=POLICY, transforms=TRANSFORMS)
    for cutting in (parts, list(text), [text]):
        out, flow = run(POLICY, cutting)
        assert out == whole.text
        assert flow.verdict.findings == whole.findings
        assert flow.verdict.action == whole.action


@given(fragments, st.booleans())
def test_not_one_character_of_a_blocked_span_comes_out(text: str, single: bool) -> None:
    parts = list(text) if single else [text]
    out, flow = run(BLOCKING, parts)
    findings = screen(
        Message(text, Origin.MODEL), detectors=detectors(), policy=BLOCKING, transforms=TRANSFORMS
    ).findings
    tokens = [f for f in findings if f.rule is TOKEN]
    assert flow.blocked == bool(tokens)
    if tokens:
        before = text[: tokens[0].span.start]
        safe = screen(
            Message(before, Origin.MODEL), detectors=detectors(), policy=POLICY, transforms=TRANSFORMS
        )
        # What came out is what the text before the span would have given, or less where an edit touched it.
        assert safe.text.startswith(out) or out == safe.text
    assert flow.feed("more") == "" or not flow.blocked


@pytest.mark.parametrize("broken", [BrokenDetector(), LyingDetector()])
def test_a_detector_that_fails_stops_the_stream(broken: BrokenDetector) -> None:
    flow = Stream(Message("", Origin.MODEL), detectors=(broken,), policy=POLICY, transforms=TRANSFORMS)
    out = flow.feed("a" * 100) + flow.close()
    assert out == ""
    assert flow.blocked
    assert flow.verdict.not_run


def test_a_text_without_any_break_is_not_held_for_ever() -> None:
    flow = Stream(
        Message("", Origin.MODEL),
        detectors=(WordDetector(TOKEN, r"tk-[a-z]{4,12}", 16),),
        policy=POLICY,
        transforms=TRANSFORMS,
    )
    out = "".join(flow.feed("x" * 1000) for _ in range(100))
    assert len(out) > 30_000


def test_an_issued_surrogate_is_no_finding() -> None:
    flow = Stream(
        Message("", Origin.MODEL),
        detectors=(PatternDetector(TOKEN, "tk-[a-z]{4}", 8),),
        policy=BLOCKING,
        transforms=TRANSFORMS,
        exempt={"tk-abcd": "x"},
    )
    assert flow.feed("use tk-abcd now") + flow.close() == "use tk-abcd now"
