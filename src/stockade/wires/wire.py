"""What a wire is: the small set of questions a door asks of a body format, whatever its provider.

A new wire is one more object that answers them. Nothing here reads, decides or sends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from stockade.wires.part import Part, Uninspected

# A decoded JSON object. Its values are whatever the client or the upstream wrote.
Body = dict[str, Any]


class Lane(Protocol):
    """One text channel of a streamed answer: takes pieces, returns what may be shown."""

    @property
    def blocked(self) -> bool:
        """Whether this channel was stopped; nothing more will come out."""
        ...

    def feed(self, piece: str) -> str:
        """Take the next *piece* and return what is decided and allowed."""
        ...

    def close(self) -> str:
        """Return what was held back; the channel ends here."""
        ...


# Called with the kind of text and the RFC 6901 pointer of the channel in the assembled answer. ``json``
# asks for a lane whose insertions are escaped for a JSON string; wires that take strings out of their
# JSON before they are inspected ask for ``text`` only. ``intact`` asks for one that turns no surrogate back.
LaneKind = Literal["text", "json", "intact"]
LaneFactory = Callable[[LaneKind, str], Lane]


@dataclass(frozen=True, slots=True)
class WireError:
    """An error as it is told to a client, before a wire gives it its own shape.

    Attributes:
        message: one sentence for people; never inspected text.
        kind: the error's class in the provider's words, for example ``policy_violation``.
        code: the machine-readable reason, for example ``content_filter``.
        param: RFC 6901 pointer to the offending place, or empty.
        details: what stands under ``stockade``: request id, rule, labels.
    """

    message: str
    kind: str = "invalid_request_error"
    code: str = "invalid_request"
    param: str = ""
    details: Mapping[str, object] = field(default_factory=dict)


class AnswerStream(Protocol):
    """A streamed answer on its way through: one for each request."""

    @property
    def blocked(self) -> bool:
        """Whether a lane was blocked; nothing more will come out, and the door ends the stream."""
        ...

    @property
    def failed(self) -> bool:
        """Whether the upstream reported an error inside the stream (it was passed on as an error)."""
        ...

    @property
    def complete(self) -> bool:
        """Whether the upstream ended its stream properly and everything passed."""
        ...

    def event(self, data: bytes) -> list[bytes]:
        """Take the payload of one server-sent event and return the frames to send now.

        Raises:
            InputError: the payload is not an event of this wire (code ``upstream_garbage``).
        """
        ...

    def finish(self) -> list[bytes]:
        """Return the last frames: the success terminator if the answer is complete, else nothing."""
        ...


class Wire(Protocol):
    """A provider's body format."""

    @property
    def name(self) -> str:
        """The word for it in a configuration (``wire: openai``)."""
        ...

    @property
    def path(self) -> str:
        """The route it is served on."""
        ...

    @property
    def upstream_path(self) -> str:
        """The path under an upstream's base URL."""
        ...

    def validate(self, body: Body) -> None:
        """Check the types that the rest relies on; unknown fields are left alone.

        Raises:
            InputError: with the pointer of the offending place.
        """
        ...

    def messages(self, body: Body) -> list[Part]:
        """Return every text of a request with its author and the place it is put back to."""
        ...

    def uninspected(self, body: Body) -> Sequence[Uninspected]:
        """Return the parts of a request that nobody can read as text (images, audio, files)."""
        ...

    def replace(self, body: Body, changes: Iterable[tuple[Part, str]]) -> None:
        """Make a request ready to be sent: put changed texts back, take our own hints out."""
        ...

    def answer_texts(self, body: Body) -> list[Part]:
        """Return every text of an answer that is not streamed."""
        ...

    def replace_answer(self, body: Body, changes: Iterable[tuple[Part, str]]) -> None:
        """Put changed texts back into an answer; drop what would repeat the unchanged ones."""
        ...

    def blocked_answer(self, body: Body) -> Body:
        """Return the answer that says the content was filtered, without any of it."""
        ...

    def error_body(self, error: WireError) -> Body:
        """Return *error* in this wire's shape."""
        ...

    def error_event(self, error: WireError) -> bytes:
        """Return *error* as the last frame of a stream of this wire."""
        ...

    def stream(self, lane: LaneFactory) -> AnswerStream:
        """Return the way of one streamed answer through *lane*'s lanes."""
        ...
