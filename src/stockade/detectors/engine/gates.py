"""Which patterns can match in a stretch of text at all: one pass for all of them.

A pattern is awake if one of its words or small shapes is there, and if the longest token is as long as it
needs: a key has twenty letters and digits in a row, prose has not. How long is read off the pattern. A gate
never says that something matches, only that it may. Besides, it tells what other *signs* are in the text: of
encodings, for those who read them. Patterns of digits that only the words beside them give away have no gate
here; `nearby` looks for the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from stockade.detectors.engine.matching import Triggers, compile_triggers
from stockade.detectors.engine.spec import Spec
from stockade.detectors.engine.syntax import Node, mask

# The sign of a token that is long enough to hold something encoded; the others are given.
LONG_TOKEN = 1
_NO_SIGNS: Mapping[bytes, int] = MappingProxyType({})
# Below this a hit is not worth a report.
CONFIDENCE_MIN = 0.5

_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
# What keys are made of, and what they are made of in base64, in addresses and between dots.
_NARROW = _LETTERS + b"_-"
_WIDE = _NARROW + b"+/=.~%"
_DIGITS = mask(b"0123456789")
_BETWEEN_DIGITS = b" .-/()"
# The lengths of tokens that are told apart.
_RUNS = (16, 20, 24, 32, 40, 64)


def triggers_of(spec: Spec) -> tuple[bytes, ...]:
    """Return the small patterns, one of which is in every match of *spec*."""
    return (*map(_literal, spec.words), *spec.shapes)


def by_words(spec: Spec, tree: Node) -> bool:
    """Say whether only the words beside its values give *spec* away, and nothing about the values does.

    A long token gives a key away, so that words need not be looked up for it; and where a value need not
    have a single digit, no digits say where words are worth a look.
    """
    return _is_lone(spec) and digits_needed(spec, tree) > 0 and tree.run(mask(_WIDE), 0).best < _RUNS[0]


def _is_lone(spec: Spec) -> bool:
    """Say whether *spec* has no trigger of its own, only words beside its values."""
    lone = not spec.words and not spec.shapes and spec.finder is None
    return lone and spec.near is not None and spec.alone < CONFIDENCE_MIN


def _literal(word: str) -> bytes:
    return re.escape(word.encode())


class Gates:
    """Says which of many patterns may match.

    Args:
        specs: the patterns; those without triggers never wake.
        trees: what each consists of.
        signs: small patterns, and what each is a sign of (a bit).
        heads: more small patterns; which of them are there is told by their number.
        linear: whether RE2 is used where it is installed.
    """

    __slots__ = ("_always", "_long", "_opened", "_runs", "_triggers")

    def __init__(
        self,
        specs: Sequence[Spec],
        trees: Sequence[Node],
        signs: Mapping[bytes, int] = _NO_SIGNS,
        heads: Sequence[bytes] = (),
        *,
        linear: bool = True,
    ) -> None:
        named: dict[bytes, int] = {}
        for number, (spec, tree) in enumerate(zip(specs, trees, strict=True)):
            beside = spec.near.words if spec.near is not None and _is_lone(spec) else ()
            if beside and by_words(spec, tree):
                continue
            for trigger in (*triggers_of(spec), *map(_literal, beside)):
                named[trigger] = named.get(trigger, 0) | 1 << number
        every = tuple({**named, **signs})
        # By trigger: whom it opens, and what it is a sign of.
        self._opened = tuple((named.get(t, 0), signs.get(t, 0)) for t in every)
        self._triggers: Triggers = compile_triggers((*every, *heads), linear=linear)
        narrow, wide = (
            _by_need((tree.run(mask(kind), 0).best for tree in trees), _RUNS) for kind in (_NARROW, _WIDE)
        )
        # Who needs no token of the one kind, and none of the other.
        self._always = (narrow[0], wide[0])
        self._long = tuple((narrow[run], 0) for run in _RUNS) + tuple((0, wide[run]) for run in _RUNS)
        self._runs: Triggers = compile_triggers(
            [b"[%b]{%d}" % (re.escape(kind), run) for kind in (_NARROW, _WIDE) for run in _RUNS],
            linear=linear,
        )

    def awake(self, data: bytes) -> tuple[int, int, list[int]]:
        """Return the patterns that may match in *data* (a bit for each), its signs and its heads."""
        named = signs = 0
        narrow, wide = self._always
        opened = self._opened
        heads: list[int] = []
        own = len(opened)
        # The spaces stand for the edges of the text: heads are told by what is beside them.
        for number in self._triggers.hits(b" %b " % data):
            if number >= own:
                heads.append(number - own)
                continue
            names, seen = opened[number]
            named |= names
            signs |= seen
        for number in self._runs.hits(data):
            signs |= LONG_TOKEN
            shorter, longer = self._long[number]
            narrow |= shorter
            wide |= longer
        return named & narrow & wide, signs, heads


def digits_needed(spec: Spec, tree: Node) -> int:
    """Return how many digits a value of *spec* has together at least."""
    return max(tree.run(_DIGITS, mask(_BETWEEN_DIGITS)).best, int(spec.digits))


def _by_need(needs: Iterable[int], steps: Sequence[int]) -> dict[int, int]:
    """Return for each of *steps*, and for none of them (0), whose need is that high and not the next."""
    found = dict.fromkeys((0, *steps), 0)
    for number, need in enumerate(needs):
        found[max((step for step in steps if step <= need), default=0)] |= 1 << number
    return found
