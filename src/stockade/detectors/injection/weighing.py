"""From signals near each other to claims with a confidence. It sees bytes and places, and cuts nothing.

Signals within a short distance are one claim. Different kinds of evidence add up as independent reasons
do; more of the same kind counts half. Hints count only beside something else. Talk about attacks counts
less than an attack: quotes, "attackers may write", "never reveal", "asked it to ignore".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stockade.detectors.engine.matching import Matcher, compile_pattern
from stockade.detectors.injection.scanning import Event
from stockade.detectors.injection.signal import SUPPORTING, Family

# Bytes between two signals of one claim, and the longest claim before it is extended to its sentence.
NEAR_BYTES = 320
CLAIM_BYTES_MAX = 1600
# How far around a claim words are looked for that say it is only spoken of.
BEFORE_BYTES = 240
AFTER_BYTES = 160
# Below this a claim is not worth a line in the record.
REPORT_MIN = 0.4
CONFIDENCE_MAX = 0.99
_SAME_KIND = 0.5
_TALK_AND_QUOTED, _TALK_TWICE, _TALK_ONCE, _SAID_OF_IT = 0.45, 0.55, 0.9, 0.4
_QUOTES = frozenset(b"\"'`")

_TALK = (
    rb"\b(?:attack(?:er)?s?\b|adversar\w+|inject(?:ion|ions|ed|ing)?\b|jailbreak(?:s|ing)?\b|e\.g\.|"
    rb"for example|"
    rb"for instance|such as|phrases?\b|researchers?\b|payloads?\b|scenario|vulnerab\w+|poisoned|hijack\w*|"
    rb"mitigat\w+|untrusted|prompt injection|was blocked|classifier|incident|red team\w*|exploit\w*|owasp|"
    rb"test case|unit test|expected result|wrote in|message read|bad:|"
    rb"contains? (?:the )?(?:text|words|sentence)|"
    rb"the (?:text|words|sentence|phrase|string|message) ['\"`]|like ['\"`])"
)
_SAID = (
    rb"(?:\b(?:never|not|don't|refuse(?:s|d)? to|asks? (?:you|it|him|her|them) to|asking|told (?:it|them) to|"
    rb"asked (?:you|it|him|her|them) to|tells? (?:it|them|the model|the agent) to|try(?:ing)? to|tries to|"
    rb"attempts? to|attempting to|tricks? (?:it|the model|them) into|into|how to|cannot|can't|"
    rb"users? (?:can|may|might|could)|that (?:say|says|said)|requests? to|model to|llm to|assistant to|"
    rb"agent to|"
    rb"chatbot to|bot to)\s+(?:\w+ly\s+)?|\bque\s+|\bd'|\b(?:de|di|a)\s+)$"
)
# Orders that someone else gave, or that stand in a text: "the instructions from the landlord".
_OTHERS = rb"^[\s,]+(?:from|on|in|of|by|for)\s+(?:the|our|your|my|any|an?)?\s*([a-z]+)"
_OWNERS = (
    b"system developer developers user openai creator creators owner start beginning prompt conversation now "
    b"mind memory"
)
_OWN = frozenset(_OWNERS.split())
_DISCOUNTED = frozenset({Family.OVERRIDE, Family.REVEAL, Family.JAILBREAK, Family.EXFILTRATION})


@dataclass(frozen=True, slots=True)
class Claim:
    """Bytes ``start:end`` that carry an attack of one kind."""

    start: int
    end: int
    family: Family
    confidence: float


class Weigher:
    """Turns the signals of a text into claims.

    Args:
        linear: whether RE2 is used where it is installed.
    """

    __slots__ = ("_others", "_said", "_talk")

    def __init__(self, *, linear: bool = True) -> None:
        self._talk: Matcher = compile_pattern(_TALK, linear=linear)
        self._others: Matcher = compile_pattern(_OTHERS, linear=linear)
        self._said: Matcher = compile_pattern(_SAID, linear=linear)

    def claims(self, data: bytes, events: Sequence[Event]) -> list[Claim]:
        """Return what *events* amount to in *data*."""
        made: list[Claim] = []
        for group in clusters(events):
            claim = self._weigh(data, group)
            if claim is not None:
                made.append(claim)
        return made

    def _weigh(self, data: bytes, group: Sequence[Event]) -> Claim | None:
        weights: dict[Family, dict[bytes, float]] = {}
        for event in group:
            signal = event.signal
            weight = signal.weight
            if (signal.family in _DISCOUNTED and self._is_said(data, event.start)) or (
                signal.family is Family.OVERRIDE and self._is_of_others(data, event.end)
            ):
                weight *= _SAID_OF_IT
            kind = weights.setdefault(signal.family, {})
            kind[signal.pattern] = max(weight, kind.get(signal.pattern, 0.0))
        lead, confidence = _combined(weights)
        if lead is None or confidence < REPORT_MIN:
            return None
        start = min(e.start for e in group if e.signal.family not in SUPPORTING)
        if any(e.signal.family is Family.HIDDEN and _holds(data, e, start) for e in group):
            lead = Family.HIDDEN
        end = max(e.end for e in group)
        confidence *= self._talk_factor(data, start, end)
        if confidence < REPORT_MIN:
            return None
        return Claim(start, end, lead, min(confidence, CONFIDENCE_MAX))

    def _is_said(self, data: bytes, start: int) -> bool:
        return self._said.find(data[max(0, start - 48) : start], 0, min(start, 48)) is not None

    def _is_of_others(self, data: bytes, end: int) -> bool:
        after = data[end : end + 48]
        spans = self._others.find(after, 0, len(after))
        return spans is not None and after[slice(*spans[1])] not in _OWN

    def _talk_factor(self, data: bytes, start: int, end: int) -> float:
        lowest = max(0, start - BEFORE_BYTES, data.rfind(b"\n\n", 0, start))
        before = self._count(data, lowest, start)
        after = self._count(data, end, min(len(data), end + AFTER_BYTES))
        if not before + after:
            return 1.0
        if before and _opens_quote(data, lowest, start):
            return _TALK_AND_QUOTED
        return _TALK_TWICE if before + after > 1 else _TALK_ONCE

    def _count(self, data: bytes, start: int, end: int) -> int:
        seen: set[bytes] = set()
        at = start
        while len(seen) < 2 and (spans := self._talk.find(data, at, end)):
            seen.add(data[slice(*spans[0])])
            at = spans[0][1]
        return len(seen)


def clusters(events: Sequence[Event]) -> Iterator[Sequence[Event]]:
    """Yield the events in groups that are near each other."""
    group: list[Event] = []
    begin = end = 0
    for event in events:
        if group and (event.start - end > NEAR_BYTES or event.end - begin > CLAIM_BYTES_MAX):
            yield group
            group = []
        if not group:
            begin, end = event.start, event.end
        group.append(event)
        end = max(end, event.end)
    if group:
        yield group


def _combined(weights: dict[Family, dict[bytes, float]]) -> tuple[Family | None, float]:
    """Return the kind that weighs most, and what all evidence weighs together."""
    lead, most, doubt = None, 0.0, 1.0
    for family, kind in weights.items():
        ordered = sorted(kind.values(), reverse=True)
        share = 1.0 if family is Family.JAILBREAK else _SAME_KIND
        left = 1.0 - ordered[0]
        for weight in ordered[1:]:
            left *= 1.0 - weight * share
        doubt *= left
        if family not in SUPPORTING and 1.0 - left > most:
            lead, most = family, 1.0 - left
    return lead, 1.0 - doubt


def _holds(data: bytes, hidden: Event, start: int) -> bool:
    """Say whether the hidden place still lasts where the claim begins."""
    between = data[hidden.end : start]
    return hidden.start <= start and b"-->" not in between and b"</" not in between


def _opens_quote(data: bytes, lowest: int, start: int) -> bool:
    """Say whether a quotation is open where the claim begins."""
    before = data[max(lowest, start - 60) : start]
    return any(byte in _QUOTES for byte in before)
