"""The scanner: which patterns can match at all, then each exact pattern, its checks and its context.

A text is scanned in stretches, so that what wakes a pattern in one place does not have it tried everywhere.
A pattern that says nothing without a word beside it is tried where its words stand, and nowhere else.

Every start is tried on its own: a match with white space inside does not swallow what begins at its later
tokens, so a hit depends on its neighbourhood and never on how the text before was cut, into matches or into
stretches.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from stockade.core.limits import FINDINGS_MAX
from stockade.detectors.engine.breaks import first_break
from stockade.detectors.engine.gates import Gates, by_words, digits_needed, triggers_of
from stockade.detectors.engine.judge import Checked, Judge, Within
from stockade.detectors.engine.matching import Matcher, compile_pattern
from stockade.detectors.engine.nearby import Nearby
from stockade.detectors.engine.overlap import strongest
from stockade.detectors.engine.spec import SPACED_BYTES_MAX, Hit, Spec
from stockade.detectors.engine.stretches import CUT, MARGIN_BYTES, stretches
from stockade.detectors.engine.syntax import mask, parse

_FIRST_SPACE = re.compile(rb"[ \t\n\r\x0b\x0c]")
_EDGE = re.compile(rb"[ \t\n\r\x0b\x0c\x00\xe0-\xff]")
_PREFIX = re.compile(rb"[A-Za-z0-9_\-]{2}[^?*{]")
_SPACES = mask(b" \t\n\r\x0b\x0c")


class Scanner:
    """Holds the compiled patterns; scans bytes.

    Args:
        specs: the patterns of every rule.
        signs: small patterns to be searched for besides, and what each is a sign of.
        linear: whether RE2 is used where it is installed.
    """

    __slots__ = (
        "_compiled",
        "_finders",
        "_gates",
        "_heads",
        "_judge",
        "_linear",
        "_located",
        "_locators",
        "_nearby",
        "_reach",
        "_spaced",
        "_specs",
    )

    def __init__(
        self, specs: Sequence[Spec], signs: Mapping[bytes, int] | None = None, *, linear: bool = True
    ) -> None:
        self._specs = tuple(specs)
        self._linear = linear
        self._compiled: dict[int, Matcher] = {}
        self._locators: dict[int, Matcher] = {}
        self._judge = Judge(linear=linear)
        trees = [parse(spec.pattern, fold=spec.fold) for spec in self._specs]
        self._spaced = frozenset(number for number, tree in enumerate(trees) if tree.members & _SPACES)
        self._reach = max((spec.near.reach for spec in specs if spec.near is not None), default=0)
        self._finders = _bits(n for n, spec in enumerate(specs) if spec.finder is not None)
        contexts = {
            number: spec.near
            for number, spec in enumerate(specs)
            if spec.near is not None and by_words(spec, trees[number])
        }
        needs = {n: digits_needed(specs[n], trees[n]) for n in contexts}
        self._nearby = Nearby(contexts, needs, linear=linear)
        heads = self._nearby.triggers()
        self._heads = tuple(heads.values())
        self._gates = Gates(self._specs, trees, signs or {}, tuple(heads), linear=linear)
        # Patterns that the engine finds no quick way into are tried on the tokens that hold a trigger.
        self._located = (
            frozenset(
                number
                for number, spec in enumerate(specs)
                if number not in self._spaced
                and triggers_of(spec)
                and (spec.fold or not _PREFIX.match(spec.pattern))
            )
            - contexts.keys()
        )

    def compile(self) -> None:
        """Compile every pattern now; otherwise each is compiled when it is first awake."""
        for number, spec in enumerate(self._specs):
            if spec.finder is None:
                self._matcher(number)
            if number in self._located:
                self._locator(number)
            self._judge.compile(spec)
        self._nearby.compile()

    def scan(self, data: bytes) -> list[Hit]:
        """Return every hit in *data*, in no order; several may claim the same bytes."""
        return self.look(data)[0]

    def look(self, data: bytes) -> tuple[list[Hit], int]:
        """Return every hit in *data*, and the signs that are in it.

        If there are more than `FINDINGS_MAX` even after those inside others are dropped, the scan stops:
        whoever asks for that many has to treat the whole text as one finding.
        """
        hits: list[Hit] = []
        finders = signs = 0
        checked: Checked = {}
        for start, stop, end in stretches(data):
            # What gives a value away may stand before it, in the stretch before.
            before = max(0, start - self._reach)
            awake, seen, heads = self._gates.awake(data if end - before == len(data) else data[before:end])
            signs |= seen
            finders |= awake & self._finders
            within = Within(start, stop, checked)
            for number in _numbers(awake & ~self._finders):
                run = self._run_located if number in self._located else self._run
                run(number, data, within, end, hits)
            self._run_labelled(data, within, frozenset(self._heads[number] for number in heads), hits)
            if len(hits) > FINDINGS_MAX and len(hits := strongest(hits)) > FINDINGS_MAX:
                return hits, signs
        for number in _numbers(finders):
            spec = self._specs[number]
            if spec.finder is not None:
                hits += [Hit(start, end, sure, spec.rule) for start, end, sure in spec.finder(data)]
        return hits, signs

    def _run_labelled(self, data: bytes, within: Within, heads: Collection[bytes], hits: list[Hit]) -> None:
        """Add the hits of the patterns that words give away, for the words that begin within a span."""
        words, places = self._nearby.places(data, within[:2], heads)
        for number, spans in places.items():
            for start, stop in spans:
                span = Within(start, stop, within.checked, words, labelled=True)
                self._run(number, data, span, min(len(data), stop + MARGIN_BYTES), hits)

    def _run_located(self, number: int, data: bytes, within: Within, length: int, hits: list[Hit]) -> None:
        """Add the hits of one pattern in the tokens within a span of *data* that hold one of its triggers."""
        find = self._locator(number).find
        at, latest = within.start, within.stop
        while at < latest:
            spans = find(data, at, length)
            if spans is None:
                return
            begin, end = spans[0]
            before = _EDGE.search(data[at:begin][::-1])
            behind = CUT.search(data, end, length)
            token = (
                at if before is None else begin - before.start(),
                length if behind is None else behind.start(),
            )
            at = max(token[1], at + 1)
            if token[0] < latest:
                span = Within(token[0], min(at, latest), within.checked)
                self._run(number, data, span, token[1], hits)

    def _run(self, number: int, data: bytes, within: Within, length: int, hits: list[Hit]) -> None:
        """Add the hits of one pattern that start within a span of *data*."""
        spec = self._specs[number]
        find = self._matcher(number).find
        spaced = number in self._spaced
        at, latest = within.start, within.stop
        while at < latest:
            spans = find(data, at, length)
            if spans is None or spans[0][0] >= latest:
                return
            first, last = spans[0]
            start, end = _span(spans)
            at = max(last, at + 1)
            space = _FIRST_SPACE.search(data, first, end) if spaced else None
            if space is not None:
                # What begins at a later token of this match is tried on its own.
                at = max(space.end(), first + 1)
                start, end = self._within_breaks(number, data, (first, start, end))
                if start == end:
                    continue
            hit = self._judge.hit(spec, data, (start, end), within)
            if hit is not None:
                hits.append(hit)

    def _within_breaks(self, number: int, data: bytes, places: tuple[int, int, int]) -> tuple[int, int]:
        """Return the span, shortened to end at the first break inside it; empty if nothing is left."""
        first, start, end = places
        cut = first_break(data, start, end)
        if cut < 0:
            return (start, end) if end - start <= SPACED_BYTES_MAX else (start, start)
        shorter = self._matcher(number).match(data, first, cut)
        return (start, start) if shorter is None else _span(shorter)

    def _matcher(self, number: int) -> Matcher:
        matcher = self._compiled.get(number)
        if matcher is None:
            spec = self._specs[number]
            prefix = b"(?i)" if spec.fold else b""
            matcher = self._compiled[number] = compile_pattern(prefix + spec.pattern, linear=self._linear)
        return matcher

    def _locator(self, number: int) -> Matcher:
        locator = self._locators.get(number)
        if locator is None:
            pattern = b"(?i)" + b"|".join(triggers_of(self._specs[number]))
            locator = self._locators[number] = compile_pattern(pattern, linear=self._linear)
        return locator


def _bits(numbers: Iterable[int]) -> int:
    return sum(1 << number for number in numbers)


def _numbers(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        bits ^= lowest
        yield lowest.bit_length() - 1


def _span(spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the span that is claimed: the first group, if there is one and it took part."""
    return spans[1] if len(spans) > 1 and spans[1][0] >= 0 else spans[0]
