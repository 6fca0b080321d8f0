"""What users of other scanners have already accepted: ``.gitleaksignore`` and ``.secrets.baseline``.

Their rules have other names than ours, so an entry of the first counts for its place (commit, file, line)
and an entry of the second for the hash of the value in that file, whatever rule found it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from stockade.core.errors import InputError
from stockade.scan.baseline import FILE_BYTES_MAX, relative
from stockade.scan.checker import Found

GITLEAKS_FILE = ".gitleaksignore"
DETECT_SECRETS_FILE = ".secrets.baseline"
_COMMIT = re.compile(r"[0-9a-f]{7,64}")


@dataclass(frozen=True, slots=True)
class Accepted:
    """What one folder's files of other scanners accept.

    Attributes:
        folder: whose files they are; their paths are relative to it.
        places: (commit or empty, path, line).
        hashes: (path, SHA-1 of the value).
    """

    folder: str
    places: frozenset[tuple[str, str, int]] = frozenset()
    hashes: frozenset[tuple[str, str]] = field(default=frozenset(), repr=False)

    def knows(self, found: Found) -> bool:
        """Say whether another scanner's user accepted what is found here."""
        place = found.result.place
        path = relative(place.path, self.folder)
        if ("", path, place.line) in self.places:
            return True
        if place.commit and any(
            commit and place.commit.startswith(commit) and (path, place.line) == (file, line)
            for commit, file, line in self.places
        ):
            return True
        return any((path, one) in self.hashes for one in found.sha1s)


def read(folder: str) -> Accepted:
    """Return what the files of other scanners in *folder* accept; nothing where there are none.

    Raises:
        InputError: one of them is not what its name says.
    """
    places = _gitleaks(Path(folder, GITLEAKS_FILE))
    hashes = _detect_secrets(Path(folder, DETECT_SECRETS_FILE))
    return Accepted(str(Path(folder).resolve()), frozenset(places), frozenset(hashes))


def _contents(path: Path) -> bytes:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}", code="unreadable") from None
    if len(raw) > FILE_BYTES_MAX:
        raise InputError(f"{path} is larger than {FILE_BYTES_MAX} bytes", code="too_large")
    return raw


def _gitleaks(path: Path) -> set[tuple[str, str, int]]:
    """Return the places of ``[commit:]file:rule:line`` lines; what is no such line says nothing."""
    places: set[tuple[str, str, int]] = set()
    for line in _contents(path).decode("utf-8", "replace").splitlines():
        parts = line.strip().rsplit(":", 2)
        if line.startswith("#") or len(parts) != 3 or not parts[2].isdigit():
            continue
        commit, mark, file = parts[0].partition(":")
        if mark and _COMMIT.fullmatch(commit):
            places.add((commit, file, int(parts[2])))
        else:
            places.add(("", parts[0], int(parts[2])))
    return places


def _detect_secrets(path: Path) -> set[tuple[str, str]]:
    raw = _contents(path)
    if not raw:
        return set()
    try:
        document = orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise InputError(f"{path} is not JSON", code="invalid_json") from None
    results = document.get("results") if isinstance(document, dict) else None
    if not isinstance(results, dict):
        raise InputError(f"{path} has no results", code="invalid_baseline")
    return {
        (file.replace("\\", "/"), str(entry.get("hashed_secret", "")))
        for file, entries in results.items()
        if isinstance(entries, list)
        for entry in entries
        # Somebody looked at it and said that it is a real one: that is no acceptance.
        if isinstance(entry, dict) and entry.get("is_secret") is not True
    }
