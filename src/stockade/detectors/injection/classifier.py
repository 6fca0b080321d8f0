"""The trained classifier of injections: cuts a text into windows, clears most, reads the rest closely.

It answers in places of the text it was given, with scores and without words. It does not fold, decode or
decide: the detector does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from stockade.core.finding import Span
from stockade.core.message import Origin
from stockade.detectors.injection.classifier_files import Folder, ModelFiles, packaged, read_model
from stockade.detectors.injection.classifier_scale import Line, Scale
from stockade.detectors.injection.classifier_session import Answer, Network
from stockade.detectors.injection.classifier_wordpiece import Pieces, WordPiece
from stockade.detectors.injection.window import Stretch, core

# Windows of one text that the second network reads, the most suspect first: about 100 KB of text in which
# nothing is plainly harmless. A text of 10 MiB made of orders would otherwise cost minutes.
WINDOWS_MAX = 512
# A piece is part of the attack if its log-odds are at least this share of the highest (what stands
# beside an attack is doubtful too); so many others may stand between.
_PIECE_SHARE, _PIECE_GAP = 0.5, 8


@dataclass(frozen=True, slots=True)
class Window:
    """What is known of one window.

    Attributes:
        span: the window, in characters.
        core: the part of it that carries the attack, if any does.
        first: the first network's score.
        second: the second's; only where ``asked``.
        asked: whether the second was asked.
        cleared: whether the first found it plainly harmless.
    """

    span: Span
    core: Span
    first: float
    second: float = 0.0
    asked: bool = False
    cleared: bool = False


class Judge(Protocol):
    """A network: says how likely the pieces of a framed window carry an attack, in log-odds."""

    def ask(self, ids: Sequence[int]) -> Answer:
        """Return the answer on the window and on each of its pieces."""
        ...


class Classifier:
    """Both networks with their vocabulary and scale.

    Args:
        first: looks at every window.
        second: looks at those the first does not clear.
        pieces: cuts texts as both were trained.
        scale: says how to read them.
    """

    __slots__ = ("_first", "_origins", "_pieces", "_second", "scale")

    def __init__(self, first: Judge, second: Judge, *, pieces: WordPiece, scale: Scale) -> None:
        self.scale = scale
        self._pieces = pieces
        self._origins = {origin: pieces.word(origin.value)[0] for origin in scale.lines}
        self._first = first
        self._second = second

    @classmethod
    def opened(cls, files: ModelFiles) -> Classifier:
        """Open verified files.

        Raises:
            ConfigError: the scale is none.
            ImportError: the runtime is not installed.
        """
        return cls(
            Network(files.first),
            Network(files.second),
            pieces=WordPiece(files.vocabulary),
            scale=Scale.parse(files.scale),
        )

    def windows(self, text: str, origin: Origin, marked: Sequence[Span] = ()) -> list[Window]:
        """Return the windows of *text* in order, scored as a text of *origin*.

        Args:
            text: folded.
            origin: who wrote it; one that the scale has a line for.
            marked: places to be read by both networks, whatever the first says.
        """
        cut = self._pieces.cut(text)
        line = self.scale.lines[origin]
        stretches = self.scale.layout.stretches(len(cut.ids))
        looked = [self._look(cut, stretch, origin, line) for stretch in stretches]
        wanted = [
            at
            for at, window in enumerate(looked)
            if not window.cleared or any(_touch(window.span, span) for span in marked)
        ]
        wanted.sort(key=lambda at: looked[at].first, reverse=True)
        for at in wanted[:WINDOWS_MAX]:
            looked[at] = self._read(cut, stretches[at], origin, looked[at])
        return looked

    def _look(self, cut: Pieces, stretch: Stretch, origin: Origin, line: Line) -> Window:
        answer = self._first.ask(self._framed(cut, stretch, origin))
        span = Span(cut.starts[stretch.start], cut.ends[stretch.end - 1])
        part = _part(cut, stretch, answer.pieces)
        return Window(span, part, answer.window, cleared=answer.window < line.clear)

    def _read(self, cut: Pieces, stretch: Stretch, origin: Origin, seen: Window) -> Window:
        answer = self._second.ask(self._framed(cut, stretch, origin))
        part = _part(cut, stretch, answer.pieces)
        return Window(seen.span, part, seen.first, answer.window, asked=True, cleared=seen.cleared)

    def _framed(self, cut: Pieces, stretch: Stretch, origin: Origin) -> list[int]:
        pieces = self._pieces
        return [pieces.start, self._origins[origin], *cut.ids[stretch.start : stretch.end], pieces.end]


class LazyClassifier:
    """A classifier that is read and opened when it is first asked for; shared by the detectors.

    Args:
        folder: where the files are.
    """

    __slots__ = ("_folder", "_ready")

    def __init__(self, folder: Callable[[], Folder] = packaged) -> None:
        self._folder = folder
        self._ready: Classifier | None = None

    def __call__(self) -> Classifier:
        """Return the classifier.

        Raises:
            ConfigError: its files are not those that were released.
            ImportError: the runtime is not installed.
        """
        if self._ready is None:
            # Two threads that meet here open it twice, and one of the two is kept.
            self._ready = Classifier.opened(read_model(self._folder()))
        return self._ready


def _part(cut: Pieces, stretch: Stretch, marks: Sequence[float]) -> Span:
    """Return the characters of the part that *marks* (of the framed window) point at."""
    own = marks[2:-1]
    inner = core(own, max(0.0, _PIECE_SHARE * max(own)), _PIECE_GAP)
    return Span(cut.starts[stretch.start + inner.start], cut.ends[stretch.start + inner.end - 1])


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
