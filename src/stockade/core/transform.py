"""Edits: what replaces a span, and how edits that touch are merged.

Overlapping edits are merged, never dropped: keeping the "better" of two would leave the other's tail in
the clear. A merged edit covers the union and is made by the stricter of the two transforms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from stockade.core.finding import Finding, Span
from stockade.core.policy import TRANSFORM_STRICTNESS, Action, Mode, Reason
from stockade.core.surrogate import Surrogates

# (the covered text, the finding that leads) -> what stands in its place.
Transform = Callable[[str, Finding], str]

# Each of a run, so that three in a row leave no two together.
_DOUBLED = re.compile(r"(<(?=<)|>(?=>))")


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement.

    Attributes:
        span: the code points it covers.
        replacement: what stands there afterwards.
        restorable: whether the replacement is a surrogate that can be turned back.
    """

    span: Span
    replacement: str = field(repr=False)
    restorable: bool = False


def redact(value: str, finding: Finding) -> str:
    """Return a mark that names the kind and keeps nothing of *value*."""
    del value
    rule = finding.rule
    return f"[REDACTED:{rule.label or rule.id.upper().replace('.', '_')}]"


def mask(value: str, finding: Finding) -> str:
    """Return *value* with every letter and digit starred, but for the last four where it is long enough."""
    del finding
    keep = 4 if sum(c.isalnum() for c in value) >= 12 else 0
    cut = len(value) - keep
    return "".join("*" if c.isalnum() and i < cut else c for i, c in enumerate(value))


def delimit(value: str, finding: Finding) -> str:
    """Return *value* between marks that say it is data, with look-alike marks in it defused."""
    del finding
    inner = _DOUBLED.sub(r"\1 ", value)
    return f"<<untrusted>>{inner}<</untrusted>>"


def keep(value: str, finding: Finding) -> str:
    """Return *value* itself: for a direction in which an edit has no meaning."""
    del finding
    return value


def pseudonymizer(surrogates: Surrogates) -> Transform:
    """Return the transform that replaces a value by the surrogate *surrogates* issues for it."""

    def pseudonymize(value: str, finding: Finding) -> str:
        return surrogates.issue(finding.rule.label or finding.rule.id, value)

    return pseudonymize


# Without surrogates there is nothing to pseudonymise with; doors add "pseudonymize" for each request.
TRANSFORMS: Mapping[str, Transform] = {"redact": redact, "mask": mask, "delimit": delimit}


def edits_for(text: str, reasons: Iterable[Reason], transforms: Mapping[str, Transform]) -> tuple[Edit, ...]:
    """Return the merged, ordered, non-overlapping edits that *reasons* ask for.

    A transform nobody supplied becomes ``redact``: the stricter edit, never no edit.
    """
    wanted = sorted(
        (
            (_clip(r.finding.span, len(text)), r)
            for r in reasons
            if r.action is Action.TRANSFORM and r.mode is Mode.ENFORCE
        ),
        key=lambda pair: pair[0],
    )
    edits: list[Edit] = []
    group: list[Reason] = []
    start = end = -1
    for span, reason in wanted:
        if span.start >= span.end:
            continue
        if group and span.start < end:
            end = max(end, span.end)
            group.append(reason)
            continue
        if group:
            edits.append(_edit(text, Span(start, end), group, transforms))
        start, end, group = span.start, span.end, [reason]
    if group:
        edits.append(_edit(text, Span(start, end), group, transforms))
    return tuple(e for e in edits if e.replacement != text[e.span.start : e.span.end])


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return *text* with the ordered, non-overlapping *edits* made."""
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces.append(text[at : edit.span.start])
        pieces.append(edit.replacement)
        at = edit.span.end
    if not pieces:
        return text
    pieces.append(text[at:])
    return "".join(pieces)


def _clip(span: Span, length: int) -> Span:
    return Span(min(span.start, length), min(span.end, length))


def _edit(text: str, span: Span, group: list[Reason], transforms: Mapping[str, Transform]) -> Edit:
    name, lead = group[0].transform, group[0].finding
    if len(group) > 1:
        name = min((r.transform for r in group), key=_rank)
        lead = max((r.finding for r in group), key=_weight)
    made = transforms.get(name)
    value = text[span.start : span.end]
    return Edit(span, (made or redact)(value, lead), restorable=name == "pseudonymize" and made is not None)


def _weight(finding: Finding) -> tuple[int, float, str]:
    return (finding.span.end - finding.span.start, finding.confidence, finding.rule.id)


def _rank(name: str) -> int:
    return TRANSFORM_STRICTNESS.index(name) if name in TRANSFORM_STRICTNESS else -1
