"""One detector for everything that has a structure: identifiers and secrets, in one pass.

It folds the text, scans it, and points back at the characters of the text as given. It does not guess names
or places, and it verifies nothing online.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import accumulate

from stockade.core.finding import Finding, Rule, Span
from stockade.core.message import ALL_ORIGINS
from stockade.detectors.decode.decoder import Decoder
from stockade.detectors.decode.reading import Reading
from stockade.detectors.decode.turned import turned_signs
from stockade.detectors.engine.overlap import strongest
from stockade.detectors.engine.scan import Scanner
from stockade.detectors.engine.settle import settled_place
from stockade.detectors.engine.spec import SEPARATOR, Hit, Spec
from stockade.detectors.normalize.fold import Folded, FoldTable, encoded, fold
from stockade.detectors.secrets.private_keys import blocks

_SEPARATOR = SEPARATOR.decode()
# Context to the left of a value and of the words before it, in characters of the text as given.
REACH_CHARS = 256
# Encodings inside encodings: a key in base64 in a JSON string in an address. Each layer is at most a few
# times as long as the one around it.
DEPTH_MAX = 4
# What is claimed as it stands is not claimed again for what it decodes to, unless that is surer by this.
SURER = 0.1
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
        self._table = FoldTable()
        self._decoder = Decoder(turned_signs(specs), self._table, linear=linear)
        self._scanner = Scanner(specs, self._decoder.signs, linear=linear)

    def compile(self) -> None:
        """Compile every pattern now; otherwise the first text that needs one waits for it."""
        self._scanner.compile()

    def detect(self, text: str) -> Sequence[Finding]:
        """Return the findings in *text*, by place."""
        folded = fold(_unjoined(text), self._table)
        hits = self._hits(folded)
        if not hits:
            return ()
        return [Finding(hit.rule, hit.confidence, span) for hit, span in self._placed(folded, hits)]

    def detect_many(self, texts: Sequence[str]) -> Sequence[Sequence[Finding]]:
        """Return the findings of each text; all are scanned as one."""
        if len(texts) == 1:
            return [self.detect(texts[0])]
        joined = _SEPARATOR.join(map(_unjoined, texts))
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
        folded = fold(_unjoined(text[base:]), self._table)
        data = folded.data
        if folded.same:
            return base + settled_place(data, start - base, self._blocks, self._look)
        whole = folded.text
        if len(text) - base - len(whole) > INVISIBLE_MAX:
            return start
        places = folded.places()
        begun = len(encoded(whole[: places.place(start - base, len(whole))]))
        place = settled_place(data, begun, self._blocks, self._look)
        if place <= begun:
            return start
        return max(start, base + places.start(folded.characters((place,))[place]))

    def _blocks(self, data: bytes, start: int) -> Iterator[tuple[int, int, bool]]:
        return merge(blocks(data, start), self._decoder.blocks(data, start))

    def _hits(self, folded: Folded) -> list[Hit]:
        return strongest(self._look(folded.data))

    def _look(self, data: bytes, outer: Reading | None = None, depth: int = 0) -> list[Hit]:
        """Return the hits in *data* and in what is encoded in it, there where it is encoded."""
        hits, signs = self._scanner.look(data)
        if not signs or depth >= DEPTH_MAX:
            return hits
        reading = self._decoder.reading(data, signs, outer)
        if reading is None:
            return hits
        plain = strongest(hits)
        starts = [hit.start for hit in plain]
        for inner in self._look(reading.data, reading, depth + 1):
            span = reading.original(inner.start, inner.end)
            if span is None:
                continue
            hit = Hit(*span, inner.confidence, inner.rule)
            before = bisect_right(starts, hit.start)
            if not before or not _says_it_already(plain[before - 1], hit):
                hits.append(hit)
        return hits

    def _placed(self, folded: Folded, hits: Sequence[Hit]) -> list[tuple[Hit, Span]]:
        """Map byte places of the folded text to characters of the text as given."""
        if folded.same:
            return [(hit, Span(hit.start, hit.end)) for hit in hits]
        counts = folded.characters({place for hit in hits for place in (hit.start, hit.end)})
        places = folded.places()
        return [(hit, Span(places.start(counts[hit.start]), places.end(counts[hit.end]))) for hit in hits]


def _unjoined(text: str) -> str:
    """Return *text* without the character that joins texts; another that nobody sees stands for it."""
    return text.replace(_SEPARATOR, "\x01") if _SEPARATOR in text else text


def _says_it_already(plain: Hit, decoded: Hit) -> bool:
    return decoded.end <= plain.end and decoded.confidence <= plain.confidence + SURER
