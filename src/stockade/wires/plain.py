"""A wire without streams, made of functions: for endpoints whose answer comes in one piece.

It adds nothing to what the functions say. An upstream that streams where no stream is defined is not
believed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from stockade.wires import openai_shapes
from stockade.wires.openai_chat_answer import garbage
from stockade.wires.part import Collector, Part, Uninspected, replace
from stockade.wires.wire import AnswerStream, Body, LaneFactory, WireError


@dataclass(frozen=True, slots=True)
class PlainWire:
    """One endpoint.

    Attributes:
        name: the word for its dialect in a configuration.
        path: the route it is served on.
        upstream_path: the path under an upstream's base URL.
        check: raises ``InputError`` where a type is wrong that the rest relies on.
        collect: gathers the texts of a valid request, and what cannot be read as text.
        texts: every text of an answer; raises ``InputError`` (``upstream_garbage``) where it is none.
        blocked: the answer that holds nothing of the upstream's.
        clean: takes our own hints out of a request.
        shape: gives an error the dialect's shape.
        told: gives an error the dialect's shape as the last frame of a stream.
    """

    name: str
    path: str
    upstream_path: str
    check: Callable[[Body], None]
    collect: Callable[[Body], Collector]
    texts: Callable[[Body], list[Part]]
    blocked: Callable[[Body], Body]
    clean: Callable[[Body], None] = lambda _: None
    shape: Callable[[WireError], Body] = openai_shapes.error_body
    told: Callable[[WireError], bytes] = openai_shapes.error_event

    def validate(self, body: Body) -> None:
        """Check the types that the rest relies on.

        Raises:
            InputError: with the pointer of the offending place.
        """
        self.check(body)

    def messages(self, body: Body) -> list[Part]:
        """Return every text of a valid request with its author."""
        return self.collect(body).parts

    def uninspected(self, body: Body) -> Sequence[Uninspected]:
        """Return the parts of a valid request that cannot be read as text."""
        return self.collect(body).uninspected

    def replace(self, body: Body, changes: Iterable[tuple[Part, str]]) -> None:
        """Put changed texts back, and take our own hints out."""
        replace(changes)
        self.clean(body)

    def answer_texts(self, body: Body) -> list[Part]:
        """Return every text of an answer.

        Raises:
            InputError: it is no answer of this wire (code ``upstream_garbage``).
        """
        return self.texts(body)

    def replace_answer(self, body: Body, changes: Iterable[tuple[Part, str]]) -> None:
        """Put changed texts back into an answer."""
        del body
        replace(changes)

    def blocked_answer(self, body: Body) -> Body:
        """Return the answer without anything of the upstream's."""
        return self.blocked(body)

    def error_body(self, error: WireError) -> Body:
        """Return *error* in the dialect's shape."""
        return self.shape(error)

    def error_event(self, error: WireError) -> bytes:
        """Return *error* as the last frame of a stream."""
        return self.told(error)

    def stream(self, lane: LaneFactory) -> AnswerStream:
        """Return a stream that believes nothing: this endpoint has none."""
        del lane
        return _NoStream()


class _NoStream:
    """What an upstream sends in a stream where there is none to be."""

    __slots__ = ()

    blocked = False
    failed = False
    complete = False

    def event(self, data: bytes) -> list[bytes]:
        """Refuse it.

        Raises:
            InputError: always (code ``upstream_garbage``).
        """
        del data
        raise garbage()

    def finish(self) -> list[bytes]:
        """Return nothing: it never is complete."""
        return []
