"""The decoder: finds what may be encoded in a text and reads it, each with the words that stand before it.

What is worth a look is said by *signs*: small patterns that are searched for together with everything else,
so that a text without any costs nothing. Each reading depends on the encoded run, on a little text to its
left and on nothing to the right of the next break, so a growing text is read like the whole. It decodes one
layer; what is encoded several times is given to it several times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from stockade.detectors.decode.blobs import RUN, TooMuchError, decoded
from stockade.detectors.decode.escapes import ESCAPE, MAIL_ESCAPE, escapes, mail_escapes
from stockade.detectors.decode.reading import SEPARATOR, Reading, Writer
from stockade.detectors.decode.turned import turn
from stockade.detectors.decode.wrapped import LINE, wrapped
from stockade.detectors.engine.breaks import first_break
from stockade.detectors.engine.gates import LONG_TOKEN
from stockade.detectors.engine.matching import Matcher, compile_pattern
from stockade.detectors.engine.spec import CONTEXT_BYTES
from stockade.detectors.normalize.fold import FoldTable, fold

# No identifier is shorter.
_VALUE_BYTES_MIN = 3
# How far behind a turned word its value may end, before the end of its token.
_TURNED_BYTES = 160
LONG = LONG_TOKEN
ESCAPED, MAILED, SPACED, TURNED, PAIRED = (LONG << bit for bit in range(1, 6))

_EDGE = re.compile(rb"[ \t\n\r\x0b\x0c\x00\xe0-\xff]")
_SPACE = re.compile(rb"[ \t\n\r\x0b\x0c\x00]")
# Eight characters, each on its own; what is between them is always the same.
_SPELLED = rb"[!-~](?:[ \n]{1,3}[!-~]){7,}" + b"".join(
    rb"|[A-Za-z0-9@](?:%b[A-Za-z0-9@]){7,}" % re.escape(sign) for sign in (b".", b"-", b"_", b"*", b"|", b"/")
)
_PAIRS = rb"(?:[0-9A-Fa-f]{2}[ :,-]){9,}[0-9A-Fa-f]{2}|(?:0x[0-9A-Fa-f]{2}, ?){8,}0x[0-9A-Fa-f]{2}"
_OUTSIDE = re.compile(rb"[^A-Za-z0-9+/_=\-]")
_NOT_OF_A_RUN = bytes(
    byte for byte in range(256) if not (chr(byte).isascii() and chr(byte).isalnum()) and byte not in b"+/_-="
)
_PAIR_SIGNS = re.compile(rb"0x|[ :,-]")


class Decoder:
    """Reads what is encoded.

    Args:
        turned: small patterns of what shows that letters are turned by thirteen.
        table: what folds what was decoded.
        linear: whether RE2 is used where it is installed.
    """

    __slots__ = ("_lines", "_matchers", "_table", "signs")

    def __init__(self, turned: Sequence[bytes], table: FoldTable, *, linear: bool = True) -> None:
        self._table = table
        # By small pattern: what it is a sign of. Letter case is ignored.
        self.signs: dict[bytes, int] = {
            rb"%[0-9a-f]{2}": ESCAPED,
            rb"&#?[a-z0-9]{2,8};": ESCAPED,
            rb"\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|[nrtbf\"'/\\])": ESCAPED,
            rb"[\x01-\x08\x0e-\x1f\x7f]": ESCAPED,
            rb"=(?:[2-7c-f][0-9a-f]|\r?\n)": MAILED,
            rb"(?:[!-~][ \n]{1,3}){5}[!-~](?:[^!-~]|$)": SPACED,
            rb"(?:^|[^a-z0-9])(?:[a-z0-9@][._*|/\-]){5}[a-z0-9@](?:[^a-z0-9]|$)": SPACED,
            rb"(?:[0-9a-f]{2}[ :,\-]){7}[0-9a-f]{2}": PAIRED,
            rb"(?:0x[0-9a-f]{2}, ?){4}": PAIRED,
            **dict.fromkeys(turned, TURNED),
        }
        patterns = {ESCAPED: ESCAPE, MAILED: MAIL_ESCAPE, SPACED: _SPELLED, PAIRED: _PAIRS, LONG: RUN}
        patterns[TURNED] = b"(?i)" + (b"|".join(turned) or rb"[^\x00-\xff]")
        self._matchers: dict[int, Matcher] = {
            kind: compile_pattern(pattern, linear=linear) for kind, pattern in patterns.items()
        }
        self._lines = compile_pattern(LINE, linear=linear)

    def reading(self, data: bytes, signs: int, outer: Reading | None = None) -> Reading | None:
        """Return what is encoded in *data*, decoded, or ``None`` if nothing is.

        Args:
            data: the text.
            signs: those that are in it.
            outer: the reading that *data* is; what it only copied is not decoded again.

        Raises:
            TooMuchError: if something unpacks to more than is looked at.
        """
        writer = Writer(outer)
        if signs & ESCAPED:
            self._escaped(data, writer, self._matchers[ESCAPED], escapes)
        if signs & MAILED:
            self._escaped(data, writer, self._matchers[MAILED], mail_escapes)
        if signs & SPACED:
            self._spelled(data, writer)
        if signs & TURNED:
            self._turned(data, writer)
        if signs & PAIRED:
            self._paired(data, writer)
        if signs & LONG:
            self._runs(data, writer)
        return writer.reading() if writer.size else None

    def blocks(self, data: bytes, start: int) -> Iterator[tuple[int, int, bool]]:
        """Yield what white space does not divide: where it begins and ends, and whether that is final."""
        return wrapped(data, start, self._lines)

    def _escaped(
        self,
        data: bytes,
        writer: Writer,
        matcher: Matcher,
        read: Callable[[bytes, int, int], Iterator[tuple[int, int, bytes]]],
    ) -> None:
        """Read each stretch between breaks that has an escape in it."""
        at, length = 0, len(data)
        while (spans := matcher.find(data, at, length)) is not None:
            place = spans[0][0]
            before = _EDGE.search(data[at:place][::-1])
            start = at if before is None else place - before.start()
            barrier = data.find(SEPARATOR, place)
            cut = first_break(data, place, length if barrier < 0 else barrier)
            at = end = cut if cut >= 0 else length if barrier < 0 else barrier
            if not writer.is_new(start, end):
                continue
            found = list(read(data, start, end))
            if end - start - sum(stop - begin - len(text) for begin, stop, text in found) < _VALUE_BYTES_MIN:
                continue
            self._before(data, writer, start)
            for begin, stop, text in _joined(found):
                writer.copy(data, start, begin)
                writer.write(self._plain(text), begin, stop)
                start = stop
            writer.copy(data, start, end)
            writer.part()

    def _spelled(self, data: bytes, writer: Writer) -> None:
        """Read what is spelled out, character by character."""
        for begin, end in self._found(SPACED, data, writer):
            places = _places(data, begin, end)
            # The first or the last may belong to a word that stands beside.
            first = int(begin > 0 and data[begin - 1 : begin].isalnum())
            last = len(places) - int(data[end : end + 1].isalnum())
            joint = min(places[at + 1] - places[at] for at in range(first, last - 1))
            self._before(data, writer, places[first])
            for at in range(first, last):
                if at > first and places[at] - places[at - 1] > joint:
                    gap = data[places[at - 1] + 1 : places[at]]
                    writer.write(b"\n" if b"\n" in gap else b" ", places[at - 1] + 1, places[at])
                writer.write(data[places[at] : places[at] + 1], places[at], places[at] + 1, exact=True)
            # What closes a quoted value touches its last character.
            behind = _SPACE.search(data, end)
            limit = min(len(data) if behind is None else behind.start(), end + CONTEXT_BYTES)
            writer.copy(data, places[last - 1] + 1, limit)
            writer.part()

    def _turned(self, data: bytes, writer: Writer) -> None:
        """Read what follows a word that is turned by thirteen letters."""
        at, length = 0, len(data)
        find = self._matchers[TURNED].find
        while (spans := find(data, at, length)) is not None:
            place = spans[0][0]
            before = _EDGE.search(data[max(at, place - CONTEXT_BYTES) : place][::-1])
            start = max(at, place - CONTEXT_BYTES) if before is None else place - before.start()
            behind = _SPACE.search(data, min(length, place + _TURNED_BYTES))
            end = length if behind is None else behind.start()
            barrier = data.find(SEPARATOR, start, end)
            at = end = end if barrier < 0 else barrier
            if not writer.is_new(start, end):
                continue
            writer.write(turn(data[start:end]), start, end, exact=True)
            writer.part()

    def _paired(self, data: bytes, writer: Writer) -> None:
        """Read bytes in hexadecimal with something between them."""
        for begin, end in self._found(PAIRED, data, writer):
            self._blob(data, writer, (begin, end), _PAIR_SIGNS.sub(b"", data[begin:end]))

    def _runs(self, data: bytes, writer: Writer) -> None:
        """Read runs of letters and digits, those that go on in the next line first."""
        for begin, end, _ in wrapped(data, 0, self._lines):
            if not writer.is_new(begin, end):
                continue
            # The last line may be a word of the text that follows.
            for stop in (end, data.rfind(b"\n", begin, end)):
                if self._blob(data, writer, (begin, stop), data[begin:stop].translate(None, _NOT_OF_A_RUN)):
                    break
        at = stop = 0
        for begin, end in self._found(LONG, data, writer):
            # What is left over on either side belongs to the run.
            before = _OUTSIDE.search(data[at:begin][::-1])
            start = at if before is None else begin - before.start()
            if end > stop:
                behind = _OUTSIDE.search(data, end)
                stop = len(data) if behind is None else behind.start()
            self._blob(data, writer, (start, stop), data[begin:end])
            at = end

    def _blob(self, data: bytes, writer: Writer, span: tuple[int, int], run: bytes) -> bool:
        """Read one run, and say whether it says anything."""
        text = decoded(run)
        if len(text) < _VALUE_BYTES_MIN:
            return False
        self._before(data, writer, span[0])
        writer.write(self._plain(text), *span)
        writer.part()
        return True

    def _found(self, kind: int, data: bytes, writer: Writer) -> Iterator[tuple[int, int]]:
        at, length = 0, len(data)
        find = self._matchers[kind].find
        while (spans := find(data, at, length)) is not None:
            begin, at = spans[0]
            if writer.is_new(begin, at):
                yield begin, at

    def _before(self, data: bytes, writer: Writer, start: int) -> None:
        """Copy the text to the left of *start* in which words may say what a value is."""
        lowest = max(0, start - CONTEXT_BYTES)
        writer.copy(data, max(lowest, data.rfind(SEPARATOR, lowest, start) + 1), start)

    def _plain(self, text: bytes) -> bytes:
        """Return *text* folded, without the byte that keeps parts apart."""
        if not text.isascii():
            text = fold(text.decode("utf-8", "replace"), self._table).data
        return text.replace(SEPARATOR, b"")


def _places(data: bytes, begin: int, end: int) -> list[int]:
    """Return where the characters of a run stand that are spelled out."""
    if data[begin + 1] not in b" \n":
        return list(range(begin, end, 2))
    return [begin + offset for offset, byte in enumerate(data[begin:end]) if byte not in b" \n"]


def _joined(found: Sequence[tuple[int, int, bytes]]) -> Iterator[tuple[int, int, bytes]]:
    """Yield escapes, those that are bytes of one character as one."""
    begin = stop = -1
    text = b""
    for start, end, meaning in found:
        if text and not (start == stop and not meaning.isascii()):
            yield begin, stop, text
            text = b""
        if meaning.isascii():
            yield start, end, meaning
            continue
        begin, text = (begin, text + meaning) if text else (start, meaning)
        stop = end
    if text:
        yield begin, stop, text


__all__ = ["ESCAPED", "LONG", "MAILED", "PAIRED", "SPACED", "TURNED", "Decoder", "TooMuchError"]
