"""The scanner: which patterns occur at all, then each exact pattern, its checks and its context.

Every start is tried on its own: a match with white space inside does not swallow what begins at its later
tokens, so a hit depends on its neighbourhood and never on how the text before was cut into matches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from stockade.core.limits import FINDINGS_MAX
from stockade.detectors.engine.breaks import SPACE, first_break
from stockade.detectors.engine.matching import Matcher, Triggers, compile_pattern, compile_triggers
from stockade.detectors.engine.spec import SPACED_BYTES_MAX, Context, Hit, Spec

# Below this a hit is not worth a report.
CONFIDENCE_MIN = 0.5
# What joins texts that are scanned together; no pattern contains it and no context is looked for across it.
SEPARATOR = b"\0"

_FIRST_SPACE = re.compile(rb"[ \t\n\r\x0b\x0c]")


class Scanner:
    """Holds the compiled patterns; scans bytes.

    Args:
        specs: the patterns of every rule.
        linear: whether RE2 is used where it is installed.
    """

    __slots__ = ("_compiled", "_contexts", "_linear", "_owners", "_specs", "_triggers")

    def __init__(self, specs: Sequence[Spec], *, linear: bool = True) -> None:
        self._specs = tuple(specs)
        self._linear = linear
        self._compiled: dict[int, Matcher] = {}
        self._contexts: dict[str, re.Pattern[bytes]] = {}
        owners: dict[bytes, list[int]] = {}
        for number, spec in enumerate(self._specs):
            for trigger in triggers_of(spec):
                owners.setdefault(trigger, []).append(number)
        self._owners = tuple(tuple(numbers) for numbers in owners.values())
        self._triggers: Triggers = compile_triggers(tuple(owners), linear=linear)

    def scan(self, data: bytes) -> list[Hit]:
        """Return every hit in *data*, in no order; several may claim the same bytes."""
        hits: list[Hit] = []
        for number in self._awake(data):
            spec = self._specs[number]
            if spec.finder is not None:
                hits += [Hit(start, end, sure, spec.rule) for start, end, sure in spec.finder(data)]
            else:
                self._run(number, spec, data, hits)
            if len(hits) > FINDINGS_MAX:
                break
        return hits

    def _awake(self, data: bytes) -> Iterable[int]:
        owners = self._owners
        found = self._triggers.hits(data)
        if not found:
            return ()
        return sorted({number for trigger in found for number in owners[trigger]})

    def _run(self, number: int, spec: Spec, data: bytes, hits: list[Hit]) -> None:
        find = self._matcher(number, spec).find
        at, length = 0, len(data)
        while at < length and len(hits) <= FINDINGS_MAX:
            spans = find(data, at, length)
            if spans is None:
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
            hit = self._judge(spec, data, start, end)
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

    def _judge(self, spec: Spec, data: bytes, start: int, end: int) -> Hit | None:
        if spec.left and start and data[start - 1] in spec.left:
            return None
        if spec.right and end < len(data) and data[end] in spec.right:
            return None
        confidence = spec.alone
        if spec.near is not None and self._stands(spec.near, data, start):
            confidence = spec.strong
        if confidence < CONFIDENCE_MIN:
            return None
        if spec.check is not None and not spec.check(data[start:end].decode("latin-1")):
            return None
        if spec.veto is not None and self._stands(spec.veto, data, start):
            return None
        return Hit(start, end, confidence, spec.rule)

    def _stands(self, context: Context, data: bytes, start: int) -> bool:
        pattern = self._contexts.get(context.name)
        if pattern is None:
            pattern = self._contexts[context.name] = context_pattern(context)
        lowest = max(0, start - context.reach)
        left = data[lowest:start]
        barrier = left.rfind(SEPARATOR)
        if barrier >= 0:
            left = left[barrier + 1 :]
        return pattern.search(left) is not None


def _span(spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the span that is claimed: the first group, if there is one and it took part."""
    return spans[1] if len(spans) > 1 and spans[1][0] >= 0 else spans[0]


def triggers_of(spec: Spec) -> tuple[bytes, ...]:
    """Return the small patterns, one of which is in every text that *spec* can hit."""
    words = spec.words
    if not words and not spec.shapes and spec.near is not None and spec.alone < CONFIDENCE_MIN:
        words = spec.near.words
    return (*(re.escape(word.encode()) for word in words), *spec.shapes)


def context_pattern(context: Context) -> re.Pattern[bytes]:
    """Return *context* as one pattern: a word that no ASCII letter touches."""
    longest_first = sorted(context.words, key=len, reverse=True)
    plain = b"|".join(re.escape(word.encode()) for word in longest_first if word.isascii())
    other = b"|".join(re.escape(word.encode()) for word in longest_first if not word.isascii())
    parts = [rb"(?:^|[^a-z])(?:" + plain + rb")(?:[^a-z]|$)"] if plain else []
    if other:
        parts.append(other)
    return re.compile(b"|".join(parts), re.IGNORECASE)


__all__ = ["CONFIDENCE_MIN", "SEPARATOR", "SPACE", "Scanner", "context_pattern", "triggers_of"]
