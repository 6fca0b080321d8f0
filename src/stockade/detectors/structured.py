"""One detector for everything that has a structure: identifiers and secrets, in one pass.

It folds the text, scans it, and points back at the characters of the text as given. It does not guess names
or places, and it verifies nothing online.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from stockade.core.finding import Finding, Rule, Span
from stockade.core.message import ALL_ORIGINS
from stockade.detectors.engine.overlap import strongest
from stockade.detectors.engine.scan import SEPARATOR, Scanner
from stockade.detectors.engine.settle import settled_place
from stockade.detectors.engine.spec import Hit, Spec
from stockade.detectors.normalize.fold import Folded, FoldTable, encoded, fold
from stockade.detectors.secrets.private_keys import blocks

_SEPARATOR = SEPARATOR.decode()
# Context to the left of a value and of the words before it, in characters of the text as given.
REACH_CHARS = 256
# More invisible characters than this among the last few hundred are held until the text ends.
INVISIBLE_MAX = 64


class StructuredDetector:
    """Finds identifiers and secrets by pattern, checksum and context.

    Args:
        specs: the patterns.
        linear: whether RE2 is used where it is installed.
    """

    name = "structured"
    origins = ALL_ORIGINS
    reach: int | None = REACH_CHARS

    def __init__(self, specs: Sequence[Spec], *, linear: bool = True) -> None:
        self.rules: tuple[Rule, ...] = tuple({spec.rule.id: spec.rule for spec in specs}.values())
        self._scanner = Scanner(specs, linear=linear)
        self._table = FoldTable()

    def compile(self) -> None:
        """Compile every pattern now; otherwise the first text that needs one waits for it."""
        self._scanner.compile()

    def detect(self, text: str) -> Sequence[Finding]:
        """Return the findings in *text*, by place."""
        folded = fold(text, self._table)
        hits = self._hits(folded)
        if not hits:
            return ()
        return [Finding(hit.rule, hit.confidence, span) for hit, span in self._placed(folded, hits)]

    def detect_many(self, texts: Sequence[str]) -> Sequence[Sequence[Finding]]:
        """Return the findings of each text; all are scanned as one."""
        if len(texts) == 1:
            return [self.detect(texts[0])]
        joined = _SEPARATOR.join(texts)
        found: list[list[Finding]] = [[] for _ in texts]
        folded = fold(joined, self._table)
        hits = self._hits(folded)
        if not hits:
            return found
        starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
        for hit, span in self._placed(folded, hits):
            leaf = bisect_right(starts, span.start) - 1
            shift = starts[leaf]
            # Invisible characters at the end of a leaf are passed over up to the separator, never beyond.
            end = min(span.end - shift, len(texts[leaf]))
            found[leaf].append(Finding(hit.rule, hit.confidence, Span(span.start - shift, end)))
        return found

    def settled(self, text: str, start: int) -> int:
        """Return the offset (at least *start*) up to which *text* is settled."""
        base = max(0, start - REACH_CHARS)
        folded = fold(text[base:], self._table)
        data = folded.data
        if folded.same:
            return base + settled_place(data, start - base, blocks, self._scanner.scan)
        whole = folded.text
        if len(text) - base - len(whole) > INVISIBLE_MAX:
            return start
        places = folded.places()
        begun = len(encoded(whole[: places.place(start - base, len(whole))]))
        place = settled_place(data, begun, blocks, self._scanner.scan)
        if place <= begun:
            return start
        return max(start, base + places.start(folded.characters((place,))[place]))

    def _hits(self, folded: Folded) -> list[Hit]:
        return strongest(self._scanner.scan(folded.data))

    def _placed(self, folded: Folded, hits: Sequence[Hit]) -> list[tuple[Hit, Span]]:
        """Map byte places of the folded text to characters of the text as given."""
        if folded.same:
            return [(hit, Span(hit.start, hit.end)) for hit in hits]
        counts = folded.characters({place for hit in hits for place in (hit.start, hit.end)})
        places = folded.places()
        return [(hit, Span(places.start(counts[hit.start]), places.end(counts[hit.end]))) for hit in hits]
