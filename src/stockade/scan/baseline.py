"""What is known and accepted: one finding a line, with a reason and a day on which it is asked about again.

    3f0c…9a<TAB>secret.password<TAB>tests/conftest.py<TAB>2027-01-31<TAB>fixture, not deployed

No line numbers, so edits above change nothing; sorted and a line each, so two branches merge as text. A
finding is known if its fingerprint, its rule and its path (relative to the baseline) are. Expired entries
no longer count.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from stockade.core.errors import InputError
from stockade.reports import Result

FILE_NAME = ".stockade-baseline"
FILE_BYTES_MAX = 20_000_000
_HEADER = (
    "# Findings of `stockade scan` that are known: fingerprint, rule, path, expiry (or -), reason.\n"
    "# Lines are sorted and stand for themselves, so that branches merge. Written by --write-baseline.\n"
)
_FINGERPRINT = re.compile(r"[0-9a-f]{32}")
_NEVER = "-"


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """One accepted finding.

    Attributes:
        fingerprint: of the value, for its rule.
        rule: its id.
        path: relative to the folder of the baseline.
        expires: the first day on which it no longer counts; ``None``: never.
        reason: why it is accepted.
    """

    fingerprint: str
    rule: str
    path: str
    expires: datetime.date | None = None
    reason: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What a finding is compared by."""
        return self.fingerprint, self.rule, self.path

    def line(self) -> str:
        """Return the entry as its line."""
        expires = self.expires.isoformat() if self.expires is not None else _NEVER
        cells = (self.fingerprint, self.rule, self.path, expires, self.reason)
        return "\t".join(" ".join(re.split(r"[\t\r\n]+", cell)) for cell in cells)


@dataclass(frozen=True, slots=True)
class Baseline:
    """The accepted findings below one folder."""

    folder: str
    entries: tuple[Known, ...] = ()

    def knows(self, result: Result, today: datetime.date) -> bool:
        """Say whether *result* is accepted on that day."""
        key = result.fingerprint, result.rule.id, relative(result.place.path, self.folder)
        return any(entry.key == key and _holds(entry, today) for entry in self.entries)

    def has_expired(self, result: Result, today: datetime.date) -> bool:
        """Say whether *result* was accepted until before that day."""
        key = result.fingerprint, result.rule.id, relative(result.place.path, self.folder)
        return any(entry.key == key and not _holds(entry, today) for entry in self.entries)


def _holds(entry: Known, today: datetime.date) -> bool:
    return entry.expires is None or today < entry.expires


def read(path: str) -> Baseline:
    """Return the baseline in a file.

    Raises:
        InputError: it cannot be read, or a line is not an entry.
    """
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}", code="unreadable") from None
    if len(raw) > FILE_BYTES_MAX:
        raise InputError(f"{path} is larger than {FILE_BYTES_MAX} bytes", code="too_large")
    entries = []
    for number, line in enumerate(raw.decode("utf-8", "replace").splitlines(), 1):
        if not line.strip() or line.startswith(("#", "<<<<<<<", "=======", ">>>>>>>")):
            continue
        entries.append(_entry(line, f"{path}, line {number}"))
    return Baseline(str(Path(path).resolve().parent), tuple(entries))


def _entry(line: str, where: str) -> Known:
    cells = line.split("\t", 4)
    if len(cells) < 4 or not _FINGERPRINT.fullmatch(cells[0]):
        raise InputError(f"{where}: not an entry of a baseline", code="invalid_baseline")
    try:
        expires = None if cells[3] == _NEVER else datetime.date.fromisoformat(cells[3])
    except ValueError:
        raise InputError(
            f"{where}: the expiry is neither a date (2027-01-31) nor -", code="invalid_baseline"
        ) from None
    return Known(cells[0], cells[1], cells[2], expires, cells[4] if len(cells) > 4 else "")


def write(path: str, entries: Iterable[Known]) -> int:
    """Write *entries* to a file, sorted, each once; return how many.

    Raises:
        InputError: the file cannot be written.
    """
    by_key = {entry.key: entry for entry in entries}
    lines = sorted(entry.line() for entry in by_key.values())
    try:
        Path(path).write_text(_HEADER + "".join(f"{line}\n" for line in lines), "utf-8")
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}", code="unreadable") from None
    return len(lines)


def relative(path: str, folder: str) -> str:
    """Return *path* as seen from *folder*, with ``/`` between its parts."""
    file, mark, inside = path.partition("!")
    seen = os.path.relpath(Path(file).resolve(), folder).replace(os.sep, "/")
    return f"{seen}{mark}{inside}"
