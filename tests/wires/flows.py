"""What the wires' tests share: a real exchange over small detectors, and JSON values of every shape."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

from stockade.core.message import Message, Origin
from stockade.core.policy import Action, Clause, Policy
from stockade.core.surrogate import Style
from stockade.pipeline import Exchange, Pipeline
from stockade.wires import Lane
from tests.core.sketch import MAIL as MAIL_RULE
from tests.core.sketch import WordDetector, detectors

PSEUDONYMIZE = Clause(("pii.*",), Action.TRANSFORM, "pseudonymize")
BLOCK = Clause(("secret.*",), Action.BLOCK)
# Found in answers and taken out of them, whoever wrote it.
REDACT = Clause(("secret.*",), Action.TRANSFORM, "redact")

MAIL = "jo@ab.com"
SECRET = "tk-" + "abcdef"

keys = st.one_of(st.sampled_from(["role", "a", "a/b", "~", "0", "", "x y", "é", "#key"]), st.text(max_size=4))
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.floats(-1e15, 1e15), st.text(max_size=8)
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
bodies = st.dictionaries(keys, values, max_size=5)
cuts = st.lists(st.integers(0, 2000), max_size=12)


def pieces(whole, at):
    """Cut *whole* (text or bytes) at the given places."""
    edges = sorted({0, len(whole), *(c % (len(whole) + 1) for c in at)})
    return [whole[a:b] for a, b in pairwise(edges)]


def settling():
    """Return detectors that let go at every space."""
    return (WordDetector(MAIL_RULE, r"[a-z0-9.]{1,8}@[a-z0-9]{1,6}\.[a-z]{2,4}", 20), detectors()[2])


def an_exchange(*values_sent, policy=(PSEUDONYMIZE, BLOCK), style=Style.TAG, quick=False):
    """Return an exchange in which *values_sent* went out; a *quick* one holds little back."""
    chosen = settling() if quick else detectors()
    pipeline = Pipeline(detectors=chosen, policy=Policy("p", policy), cache_key=b"c" * 32)
    exchange = Exchange(pipeline, key=b"k" * 32, style=style)
    exchange.screen_request([Message(value) for value in values_sent])
    return exchange


def whole(exchange, text):
    """Return what becomes of a text of an answer that comes in one piece."""
    ((_, shown),) = exchange.screen_answer([Message(text, Origin.MODEL)])
    return shown


def factory(exchange):
    """Return what a door hands to a wire's stream."""

    def lane(kind, pointer):
        return exchange.lane(pointer, in_json=kind == "json")

    return lane


class Plain:
    """A lane that shows everything and remembers what it was shown."""

    def __init__(self, seen):
        self._seen = seen
        self._text = ""
        self.blocked = False

    def feed(self, piece):
        self._text += piece
        return piece

    def close(self):
        self._seen.append(self._text)
        return ""


class Holding(Plain):
    """Holds everything back until its end, then shouts it."""

    def feed(self, piece):
        self._text += piece
        return ""

    def close(self):
        self._seen.append(self._text)
        return self._text.upper()


class Stopping(Plain):
    """Is blocked by the word ``stop``; shows the rest at once."""

    def feed(self, piece):
        self._text += piece
        self.blocked = self.blocked or "stop" in self._text
        return "" if self.blocked else piece


LANES: dict[str, type[Lane]] = {"plain": Plain, "holding": Holding, "stopping": Stopping}
