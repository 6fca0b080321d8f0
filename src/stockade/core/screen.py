"""The one verb: look at a message and say what may be done with it. Pure; the doors do the rest.

A detector that raises, answers with the wrong type or points outside the text becomes a finding of the
rule ``core.detector-failed``: the policy decides what that means, and by default it means no.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from stockade.core.finding import DETECTOR_FAILED, WHOLE, Detector, Finding
from stockade.core.limits import FINDINGS_MAX
from stockade.core.message import Message, Origin
from stockade.core.policy import Action, Decision, Mode, Policy
from stockade.core.transform import Edit, Transform, apply, edits_for


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one message.

    Attributes:
        decision: the action and its reasons.
        findings: everything found, whether or not a clause spoke of it; ordered by place.
        edits: what was changed.
        text: the text after the edits; never part of ``repr``.
        checks: names of the checks that ran.
        not_run: names of the checks that could not.
    """

    decision: Decision
    findings: tuple[Finding, ...] = ()
    edits: tuple[Edit, ...] = ()
    text: str = field(default="", repr=False)
    checks: tuple[str, ...] = ()
    not_run: tuple[str, ...] = ()

    @property
    def action(self) -> Action:
        """The strictest enforced action."""
        return self.decision.action

    @property
    def allowed(self) -> bool:
        """Whether the (possibly changed) text may go on to any upstream."""
        return self.decision.action < Action.ROUTE_LOCAL

    @property
    def blocking(self) -> Finding | None:
        """The finding that led to a block, or ``None``."""
        reasons = self.decision.reasons
        enforced = (r for r in reasons if r.action is Action.BLOCK and r.mode is Mode.ENFORCE)
        return next((r.finding for r in enforced), None)


def screen(
    message: Message,
    *,
    detectors: Iterable[Detector],
    policy: Policy,
    transforms: Mapping[str, Transform],
) -> Verdict:
    """Inspect *message* and say what may be done with it."""
    chosen = tuple(d for d in detectors if message.origin in d.origins)
    found, not_run = detect_many((message.text,), chosen)
    return verdict_for(
        message, found[0], policy=policy, transforms=transforms, checks=chosen, not_run=not_run
    )


def verdict_for(  # noqa: PLR0913 - one message and all that is known of it; keyword-only after the second
    message: Message,
    findings: tuple[Finding, ...],
    *,
    policy: Policy,
    transforms: Mapping[str, Transform],
    checks: Sequence[Detector] = (),
    not_run: tuple[str, ...] = (),
) -> Verdict:
    """Return the verdict on *message* given its *findings* (fresh or remembered)."""
    text = message.text
    names = tuple([d.name for d in checks if d.name not in not_run])  # a list is made faster than a generator
    if not findings:
        return Verdict(_NOTHING, text=text, checks=names, not_run=not_run)
    decision = policy.decide(findings, message.origin)
    edits = edits_for(text, decision.reasons, transforms)
    return Verdict(decision, findings, edits, apply(text, edits), names, not_run)


def detect_many(
    texts: Sequence[str], detectors: Sequence[Detector]
) -> tuple[list[tuple[Finding, ...]], tuple[str, ...]]:
    """Run *detectors* over *texts*; return the findings of each text by place, and who failed."""
    gathered: list[list[Finding]] = [[] for _ in texts]
    failed: list[str] = []
    for detector in detectors:
        try:
            answers = _ask(detector, texts)
            checked = [_checked(answer, len(text)) for answer, text in zip(answers, texts, strict=True)]
        except Exception:  # noqa: BLE001 - the one broad catch: any fault of a check is a finding, not a pass
            failed.append(detector.name)
            for bucket in gathered:
                bucket.append(Finding(DETECTOR_FAILED, 1.0, WHOLE, subject=detector.name))
            continue
        for bucket, found in zip(gathered, checked, strict=True):
            bucket.extend(found)
    return [_ordered(bucket) for bucket in gathered], tuple(failed)


def _ask(detector: Detector, texts: Sequence[str]) -> Sequence[Sequence[Finding]]:
    # Not isinstance: for a protocol it costs more than a short text's detection.
    batch: Callable[[Sequence[str]], Sequence[Sequence[Finding]]] | None
    batch = getattr(detector, "detect_many", None)
    return batch(texts) if batch is not None else [detector.detect(text) for text in texts]


def _checked(found: Sequence[Finding], length: int) -> Sequence[Finding]:
    # An answer that can be read only once would be empty when it is kept.
    if type(found) is not tuple and type(found) is not list:
        raise TypeError("findings come as a list or a tuple")
    for finding in found:
        if not isinstance(finding, Finding):
            raise TypeError("not a finding")
        span = finding.span
        inside = 0 <= span.start <= span.end and (span.end <= length or span == WHOLE)
        if not inside or not 0.0 <= finding.confidence <= 1.0:
            raise ValueError("a finding outside the text")
    return found


def _ordered(bucket: list[Finding]) -> tuple[Finding, ...]:
    if not bucket:
        return ()
    if len(bucket) > FINDINGS_MAX:
        # Nobody reads ten thousand findings, and the rest must not go unseen: the whole text is one claim.
        bucket = [*bucket[:FINDINGS_MAX], Finding(DETECTOR_FAILED, 1.0, WHOLE, subject="findings-limit")]
    if len(bucket) > 1:
        bucket.sort(key=lambda f: (f.span, f.rule.id))
    return tuple(bucket)


_NOTHING = Decision()


def settle_reach(detectors: Iterable[Detector], origin: Origin) -> int | None:
    """Return how far the detectors for *origin* look to either side; ``None`` if one needs the whole text."""
    longest = 0
    for detector in detectors:
        if origin not in detector.origins:
            continue
        if detector.reach is None:
            return None
        longest = max(longest, detector.reach)
    return longest
