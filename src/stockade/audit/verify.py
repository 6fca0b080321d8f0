"""Reading a log back, and checking it as an outsider does.

What may be trusted is decided by the separate program's check: it needs the public key and the log, nothing
else. Reading does not check: it goes through entries in their order and stops where a line is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from stockade.audit.entry import Entry, entry_of
from stockade.audit.key import PUBLIC_KEY
from stockade.core.errors import StoreError, TamperedError
from stockade_verify import ForgedError, Report, UnreadableError, VerifierKey, check_log
from stockade_verify.entries import Line, Segment, divide, raw_lines, segments

_HINT = "Keep the directory as it is for examination, and compare it with a copy."


def verify(directory: Path, keys: Sequence[str] = (), *, known: Iterable[bytes] = ()) -> Report:
    """Check every entry of the log in *directory*.

    Args:
        directory: the log.
        keys: its public key, from elsewhere; without one, the key that lies beside the log is trusted.
        known: checkpoints of this log kept elsewhere.

    Raises:
        TamperedError: the log is not as it was signed, or ends before a checkpoint; ``sequence`` names the
            first entry known to be wrong.
        StoreError: the log cannot be read, or holds nothing signed.
    """
    try:
        trusted = [VerifierKey.parse(text) for text in keys or [(directory / PUBLIC_KEY).read_text("utf-8")]]
        return check_log(directory, trusted, known)
    except ForgedError as error:
        raise TamperedError(str(error), sequence=error.sequence, hint=_HINT) from error
    except UnreadableError as error:
        raise StoreError(str(error), hint="Check the path and its permissions.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(
            "the audit log cannot be read", hint="Check the path and its permissions."
        ) from error


def read(directory: Path, start: int = 0) -> Iterator[Entry]:
    """Yield the entries from number *start* on.

    Raises:
        TamperedError: a line is not the entry that should stand there.
        StoreError: the log cannot be read.
    """
    for _, line in read_lines(directory, start):
        yield entry_of(line)


def read_lines(directory: Path, start: int = 0) -> Iterator[tuple[bytes, Line]]:
    """Yield the lines from number *start* on, as they stand and divided.

    Raises:
        TamperedError: a line is not the entry that should stand there.
        StoreError: the log cannot be read.
    """
    try:
        files = files_from(segments(directory), start)
        seq = files[0].first.seq - 1 if files and files[0].first else 0
        for raw in raw_lines(files):
            if not raw.endswith(b"\n"):
                return  # a line that is being written
            line, seq = divide(raw), seq + 1
            if line is None or line.seq != seq:
                raise TamperedError(
                    f"the audit log does not verify from entry {seq}", sequence=seq, hint=_HINT
                )
            if seq >= start:
                yield raw, line
    except (UnreadableError, OSError) as error:
        raise StoreError(
            "the audit log cannot be read", hint="Check the path and its permissions."
        ) from error


def files_from(files: Sequence[Segment], start: int) -> Sequence[Segment]:
    """Return *files* from the one on that holds entry *start*."""
    begin = 0
    for index, segment in enumerate(files):
        if segment.first is not None and segment.kept != 0 and segment.first.seq <= start:
            begin = index
    return files[begin:]
