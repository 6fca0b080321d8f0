"""The rule-based injection detector: words that try to take over a model, each named with its place.

It folds the text, finds signals, weighs those that stand near each other, and reads the text a second time
with everything encoded decoded. It does not know who wrote a text: what a confidence means for whom is the
policy's matter. It leaves answers alone (``Origin.MODEL``): what a model says takes over nobody, and
answers are streamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stockade.core.finding import Finding, Rule, Span
from stockade.core.message import Origin
from stockade.detectors.injection import (
    actions,
    addressing,
    jailbreaks,
    overrides,
    reveals,
    roles,
    steering,
    tasks,
)
from stockade.detectors.injection.extent import BACK_CHARS, FORTH_CHARS, extend
from stockade.detectors.injection.invisible import hidden_runs
from stockade.detectors.injection.languages import override_rows
from stockade.detectors.injection.languages_asked import asked_rows
from stockade.detectors.injection.rules import injection_rules
from stockade.detectors.injection.scanning import MATCH_BYTES_MAX, SignalScanner
from stockade.detectors.injection.signal import Signal, signals
from stockade.detectors.injection.views import Decoder
from stockade.detectors.injection.weighing import (
    BEFORE_BYTES,
    CLAIM_BYTES_MAX,
    CONFIDENCE_MAX,
    NEAR_BYTES,
    Claim,
    Weigher,
)
from stockade.detectors.normalize.fold import FoldTable, fold

# Readings of readings: an instruction in base64 of base64 is still one.
_DEPTH_MAX = 2
# A decoded instruction was hidden on purpose.
_ENCODED_BONUS = 0.15
# How far to either side anything can matter: the longest claim, what extends it, what is looked at around it.
_REACH = CLAIM_BYTES_MAX + 2 * MATCH_BYTES_MAX + NEAR_BYTES + max(BEFORE_BYTES, BACK_CHARS) + FORTH_CHARS


def all_signals() -> tuple[Signal, ...]:
    """Return every signal the detector knows."""
    tables = (overrides, reveals, tasks, jailbreaks, addressing, actions, steering, roles)
    return signals((*(row for table in tables for row in table.ROWS), *override_rows(), *asked_rows()))


class InjectionRules:
    """Finds attempts to take over the model that reads a text.

    Args:
        linear: whether RE2 is used where it is installed.
    """

    name = "injection"
    origins = frozenset({Origin.SYSTEM, Origin.USER, Origin.DOCUMENT, Origin.TOOL})
    reach: int | None = _REACH

    def __init__(self, *, linear: bool = True) -> None:
        named = injection_rules()
        self.rules: tuple[Rule, ...] = tuple(named.values())
        self._named = named
        self._scanner = SignalScanner(all_signals(), linear=linear)
        self._weigher = Weigher(linear=linear)
        self._decoder = Decoder(linear=linear)
        self._table = FoldTable()

    def detect(self, text: str) -> Sequence[Finding]:
        """Return the findings in *text*, by place."""
        found = [Finding(self._named[f.name], f.confidence, f.span) for f in self._found(text, 0)]
        found += [
            Finding(self._named["invisible"], run.confidence, Span(run.start, run.end))
            for run in hidden_runs(text)
        ]
        if len(found) > 1:
            found.sort(key=lambda finding: (finding.span, finding.rule.id))
        return found

    def detect_many(self, texts: Sequence[str]) -> Sequence[Sequence[Finding]]:
        """Return the findings of each text."""
        return [self.detect(text) for text in texts]

    def settled(self, text: str, start: int) -> int:
        """Return the offset (at least *start*) up to which *text* is settled.

        A place is settled if no signal, run or encoded stretch lies within reach of it to either side.
        """
        latest = len(text) - _REACH
        if latest <= start:
            return start
        place = max(text.rfind("\n", start, latest), text.rfind(" ", start, latest)) + 1
        if place <= start:
            return start
        around = text[max(0, place - _REACH) :]
        busy = any(True for _ in self._marks(around))
        return start if busy else place

    def _marks(self, text: str) -> Iterator[object]:
        data = self._data(text)
        yield from self._scanner.events(data).events
        yield from hidden_runs(text)
        reading = self._decoder.reading(text, data)
        if reading is not None:
            yield reading

    def _data(self, text: str) -> bytes:
        return fold(text, self._table).data.lower()

    def _found(self, text: str, depth: int) -> list[_Found]:
        folded = fold(text, self._table)
        data = folded.data.lower()
        answer = self._scanner.events(data)
        found: list[_Found] = []
        if answer.events:
            claims = self._weigher.claims(data, answer.events)
            if claims and answer.cut >= 0:
                # Too many matches to look at each: what lies beyond is one claim, as sure as the surest.
                surest = max(claims, key=lambda claim: claim.confidence)
                claims.append(Claim(min(answer.cut, len(data)), len(data), surest.family, surest.confidence))
            counts = folded.characters({p for c in claims for p in (c.start, c.end)})
            places = folded.places()
            for claim in claims:
                core = Span(places.start(counts[claim.start]), places.end(counts[claim.end]))
                found.append(_Found(claim.family.value, claim.confidence, core, extend(text, *core)))
        if depth < _DEPTH_MAX:
            found += self._encoded(text, data, depth)
        return found

    def _encoded(self, text: str, data: bytes, depth: int) -> Iterator[_Found]:
        reading = self._decoder.reading(text, data)
        if reading is None:
            return
        for found in self._found(reading.text, depth + 1):
            core = reading.original(found.core)
            if core is not None:
                confidence = min(CONFIDENCE_MAX, found.confidence + _ENCODED_BONUS)
                yield _Found("encoded", confidence, core, core)


@dataclass(frozen=True, slots=True)
class _Found:
    """A claim on a text: the rule's name, what matched, and the sentence or block around it."""

    name: str
    confidence: float
    core: Span
    span: Span
