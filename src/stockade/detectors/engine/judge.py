"""Whether a match counts: what touches it, its check, and the words that stand before it.

It finds no matches itself, and it looks at nothing behind a match but the next byte.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import NamedTuple

from stockade.detectors.engine.gates import CONFIDENCE_MIN
from stockade.detectors.engine.spec import SEPARATOR, Context, Hit, Spec
from stockade.detectors.engine.vocabulary import Vocabulary

# What the furthest word takes from the confidence that the nearest gives: of two labels, the nearer wins.
DISTANCE_COST = 0.08
# What every word of another label takes that stands between a word and the value.
OTHER_WORD_COST = 0.2

# Answers of checks that are remembered during a scan. What repeats itself has few different values.
_CHECKED_MAX = 4096
Check = Callable[[str], bool]
Checked = dict[tuple[Check, bytes], bool]


class Within(NamedTuple):
    """Where a value may start.

    Attributes:
        start: from here.
        stop: to here.
        checked: what checks have said in this scan; a value that is repeated is checked once.
        words: where the words stand that may say it is another's.
        labelled: whether it is the word at the start that gives the value away.
    """

    start: int
    stop: int
    checked: Checked
    words: Sequence[int] = ()
    labelled: bool = False


class Judge:
    """Says which matches are hits.

    Args:
        linear: whether RE2 is used where it is installed.
    """

    __slots__ = ("_contexts", "_linear")

    def __init__(self, *, linear: bool = True) -> None:
        self._linear = linear
        self._contexts: dict[str, Vocabulary] = {}

    def compile(self, spec: Spec) -> None:
        """Compile the words of *spec* now; otherwise they are compiled when they are first asked about."""
        for context in (spec.near, spec.veto):
            if context is not None:
                self._context(context).compile()

    def hit(self, spec: Spec, data: bytes, span: tuple[int, int], within: Within) -> Hit | None:
        """Return the hit that the match *span* of *spec* is, if it is one."""
        start, end = span
        if spec.left and start and data[start - 1] in spec.left:
            return None
        if spec.right and end < len(data) and data[end] in spec.right:
            return None
        confidence = self._confidence(spec, data, start, within)
        if confidence < CONFIDENCE_MIN:
            return None
        if spec.check is not None and not _passes(spec.check, data[start:end], within.checked):
            return None
        if spec.veto is not None and self._stands(spec.veto, data, start):
            return None
        return Hit(start, end, confidence, spec.rule)

    def _confidence(self, spec: Spec, data: bytes, start: int, within: Within) -> float:
        if spec.near is None:
            return spec.alone
        if within.labelled:
            distance = (start - within.start) / spec.near.reach
            others = bisect_left(within.words, start) - bisect_left(within.words, within.start)
            sure = spec.strong - DISTANCE_COST * distance - OTHER_WORD_COST * others
            # One such word may be a name; the claim stands unless the other label makes a better one.
            return max(sure, CONFIDENCE_MIN) if others < 2 else sure
        return spec.strong if self._stands(spec.near, data, start) else spec.alone

    def _stands(self, context: Context, data: bytes, start: int) -> bool:
        lowest = max(
            0, start - context.reach, data.rfind(SEPARATOR, max(0, start - context.reach), start) + 1
        )
        # The characters around the window show where the words at its edges begin and end.
        edge = int(lowest > 0)
        window = data[lowest - edge : start + 1]
        places = self._context(context).find(window, [(edge, len(window) - 1)])
        return any(end < len(window) for _, end, _ in places)

    def _context(self, context: Context) -> Vocabulary:
        vocabulary = self._contexts.get(context.name)
        if vocabulary is None:
            vocabulary = self._contexts[context.name] = Vocabulary(context.words, linear=self._linear)
        return vocabulary


def _passes(check: Check, value: bytes, checked: Checked) -> bool:
    answer = checked.get((check, value))
    if answer is None:
        answer = check(value.decode("latin-1"))
        if len(checked) < _CHECKED_MAX:
            checked[check, value] = answer
    return answer
