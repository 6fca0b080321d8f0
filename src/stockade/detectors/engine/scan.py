"""The scanner: which patterns occur at all, then each exact pattern, its checks and its context.

A pattern that says nothing without a word beside it is tried where its words stand, and nowhere else.

Every start is tried on its own: a match with white space inside does not swallow what begins at its later
tokens, so a hit depends on its neighbourhood and never on how the text before was cut into matches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from stockade.core.limits import FINDINGS_MAX
from stockade.detectors.engine.breaks import SPACE, first_break
from stockade.detectors.engine.matching import Matcher, Triggers, compile_pattern, compile_triggers
from stockade.detectors.engine.nearby import Nearby, words_pattern
from stockade.detectors.engine.spec import SEPARATOR, SPACED_BYTES_MAX, Context, Hit, Spec

# Below this a hit is not worth a report.
CONFIDENCE_MIN = 0.5
# What the furthest word takes from the confidence that the nearest gives: of two labels, the nearer wins.
DISTANCE_COST = 0.08

_FIRST_SPACE = re.compile(rb"[ \t\n\r\x0b\x0c]")


class Scanner:
    """Holds the compiled patterns; scans bytes.

    Args:
        specs: the patterns of every rule.
        linear: whether RE2 is used where it is installed.
    """

    __slots__ = ("_compiled", "_contexts", "_linear", "_nearby", "_owners", "_specs", "_triggers")

    def __init__(self, specs: Sequence[Spec], *, linear: bool = True) -> None:
        self._specs = tuple(specs)
        self._linear = linear
        self._compiled: dict[int, Matcher] = {}
        self._contexts: dict[str, Matcher] = {}
        owners: dict[bytes, list[int]] = {}
        for number, spec in enumerate(self._specs):
            for trigger in triggers_of(spec):
                owners.setdefault(trigger, []).append(number)
        self._owners = tuple(tuple(numbers) for numbers in owners.values())
        self._triggers: Triggers = compile_triggers(tuple(owners), linear=linear)
        labelled = {n: s.near for n, s in enumerate(self._specs) if s.near is not None and by_words(s)}
        digits = [number for number in labelled if self._specs[number].digits]
        self._nearby = Nearby(labelled, digits, linear=linear)

    def scan(self, data: bytes) -> list[Hit]:
        """Return every hit in *data*, in no order; several may claim the same bytes."""
        hits: list[Hit] = []
        for number in self._awake(data):
            spec = self._specs[number]
            if spec.finder is not None:
                hits += [Hit(start, end, sure, spec.rule) for start, end, sure in spec.finder(data)]
            else:
                self._run(number, data, (0, len(data)), hits)
            if len(hits) > FINDINGS_MAX:
                return hits
        for number, spans in self._nearby.places(data).items():
            for span in spans:
                self._run(number, data, span, hits)
        return hits

    def _awake(self, data: bytes) -> Iterable[int]:
        owners = self._owners
        found = self._triggers.hits(data)
        if not found:
            return ()
        return sorted({number for trigger in found for number in owners[trigger]})

    def _run(self, number: int, data: bytes, within: tuple[int, int], hits: list[Hit]) -> None:
        """Add the hits of one pattern that start within a span of *data*."""
        spec = self._specs[number]
        find = self._matcher(number, spec).find
        at, latest = within
        length = min(len(data), latest + SPACED_BYTES_MAX) if by_words(spec) else len(data)
        while at < latest and len(hits) <= FINDINGS_MAX:
            spans = find(data, at, length)
            if spans is None or spans[0][0] >= latest:
                return
            first, last = spans[0]
            start, end = _span(spans)
            at = max(last, at + 1)
            space = _FIRST_SPACE.search(data, first, end)
            if space is not None:
                # What begins at a later token of this match is tried on its own.
                at = max(space.end(), first + 1)
                start, end = self._within_breaks(spec, number, data, (first, start, end))
                if start == end:
                    continue
            hit = self._judge(spec, data, (start, end), within)
            if hit is not None:
                hits.append(hit)

    def _within_breaks(
        self, spec: Spec, number: int, data: bytes, places: tuple[int, int, int]
    ) -> tuple[int, int]:
        """Return the span, shortened to end at the first break inside it; empty if nothing is left."""
        first, start, end = places
        cut = first_break(data, start, end)
        if cut < 0:
            return (start, end) if end - start <= SPACED_BYTES_MAX else (start, start)
        shorter = self._matcher(number, spec).find(data, first, cut)
        if shorter is None or shorter[0][0] != first:
            return start, start
        return _span(shorter)

    def _matcher(self, number: int, spec: Spec) -> Matcher:
        matcher = self._compiled.get(number)
        if matcher is None:
            prefix = b"(?i)" if spec.fold else b""
            matcher = self._compiled[number] = compile_pattern(prefix + spec.pattern, linear=self._linear)
        return matcher

    def _judge(self, spec: Spec, data: bytes, span: tuple[int, int], within: tuple[int, int]) -> Hit | None:
        start, end = span
        if spec.left and start and data[start - 1] in spec.left:
            return None
        if spec.right and end < len(data) and data[end] in spec.right:
            return None
        confidence = self._confidence(spec, data, start, within)
        if confidence < CONFIDENCE_MIN:
            return None
        if spec.check is not None and not spec.check(data[start:end].decode("latin-1")):
            return None
        if spec.veto is not None and self._stands(spec.veto, data, start):
            return None
        return Hit(start, end, confidence, spec.rule)

    def _confidence(self, spec: Spec, data: bytes, start: int, within: tuple[int, int]) -> float:
        if spec.near is None:
            return spec.alone
        if by_words(spec):
            distance = (start - within[0]) / spec.near.reach
            return max(spec.strong - DISTANCE_COST * distance, CONFIDENCE_MIN)
        return spec.strong if self._stands(spec.near, data, start) else spec.alone

    def _stands(self, context: Context, data: bytes, start: int) -> bool:
        matcher = self._contexts.get(context.name)
        if matcher is None:
            pattern = b"(?i)" + words_pattern(context.words)
            matcher = self._contexts[context.name] = compile_pattern(pattern, linear=self._linear)
        lowest = max(0, start - context.reach)
        barrier = data.rfind(SEPARATOR, lowest, start)
        # The value's first character shows that a word right before it ends there.
        return matcher.find(data, max(lowest, barrier + 1), start + 1) is not None


def _span(spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the span that is claimed: the first group, if there is one and it took part."""
    return spans[1] if len(spans) > 1 and spans[1][0] >= 0 else spans[0]


def triggers_of(spec: Spec) -> tuple[bytes, ...]:
    """Return the small patterns, one of which is in every text that *spec* can hit."""
    return (*(re.escape(word.encode()) for word in spec.words), *spec.shapes)


def by_words(spec: Spec) -> bool:
    """Say whether only the words beside its values give *spec* away."""
    lone = not spec.words and not spec.shapes and spec.finder is None
    return lone and spec.near is not None and spec.alone < CONFIDENCE_MIN


__all__ = ["CONFIDENCE_MIN", "SEPARATOR", "SPACE", "Scanner", "by_words", "triggers_of"]
