"""What a git repository holds: staged changes, and every version of every file in its whole history.

Each object is read once, however many commits share it. The repository may be hostile: git is run with its
hooks, monitors, filters, external diffs and lazy fetches off, and nothing from the repository is a program,
an option or a path that is opened.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stockade.core.errors import CheckError, InputError

_FILE_MODES = ("100644", "100755")
_ZERO = re.compile(r"0+")
_HUNK = re.compile(rb"@@ -\S+ \+(\d+)(?:,(\d+))? @@")
_COMMIT = "\x01"
# What a repository's own configuration must not decide: each of these can name a program.
_HARMLESS = tuple(
    part
    for setting in (
        "core.fsmonitor=false",
        "core.hooksPath=/dev/null",
        "core.quotePath=false",
        "core.untrackedCache=false",
        "diff.external=",
        "log.showSignature=false",
        "protocol.allow=never",
    )
    for part in ("-c", setting)
)
MESSAGE_PATH = "(commit message)"


@dataclass(frozen=True, slots=True)
class Stored:
    """One object of a repository.

    Attributes:
        object_id: of the blob.
        path: under which it was found first.
        commit: that brought it; empty for what is only staged.
        added: line ranges (first, behind the last) that count; ``None``: all.
        size: in bytes.
    """

    object_id: str
    path: str
    commit: str = ""
    added: tuple[tuple[int, int], ...] | None = None
    size: int = 0


def toplevel(path: str) -> str:
    """Return the top folder of the repository that holds *path*.

    Raises:
        InputError: there is none, or git is not installed.
    """
    bare = _run(path, "rev-parse", "--is-bare-repository").strip() == b"true"
    asked = "--absolute-git-dir" if bare else "--show-toplevel"
    return _run(path, "rev-parse", asked).decode("utf-8", "surrogateescape").rstrip("\n")


def staged(repository: str) -> list[Stored]:
    """Return the blobs that the next commit would add or change, with the lines that it would add."""
    options = (
        "--cached",
        "--no-renames",
        "--no-abbrev",
        "--diff-filter=AMT",
        "--no-ext-diff",
        "--no-textconv",
    )
    raw = _run(repository, "diff", "--raw", "-z", *options).split(b"\0")
    listed = list(_raw_entries([part.decode("utf-8", "surrogateescape") for part in raw]))
    patch = _run(repository, "diff", "--unified=0", "--no-color", "--no-prefix", *options)
    added = list(_added_lines(patch))
    counted = len(added) == len(listed)
    blobs = [
        Stored(object_id, path, added=added[n] if counted else None)
        for n, (mode, object_id, path) in enumerate(listed)
        if mode in _FILE_MODES
    ]
    return _sized(repository, blobs)


def history(repository: str) -> tuple[list[Stored], list[tuple[str, str]]]:
    """Return every version of every file that any reference reaches, and the messages of all commits.

    A blob is named after the oldest commit that holds it.
    """
    log = _run(
        repository, "log", "--all", "--raw", "-z", "-m", "--root", "--no-renames", "--no-abbrev",
        "--no-ext-diff", "--no-textconv", "--no-color", "--format=format:%x01%H%x01%B%x01",
    )  # fmt: skip
    blobs: dict[str, Stored] = {}
    messages: dict[str, str] = {}
    commit = ""
    parts = log.decode("utf-8", "surrogateescape").split("\0")
    at = 0
    while at < len(parts):
        part = parts[at].lstrip("\n")
        if part.startswith(_COMMIT):
            _, commit, told = part.split(_COMMIT, 2)
            messages[commit], _, rest = told.rpartition(_COMMIT)
            part = rest.lstrip("\n")
        if part.startswith(":") and at + 1 < len(parts):
            entry = _raw_entry(part)
            at += 1
            if entry is not None and entry[0] in _FILE_MODES:
                # The log goes from new to old: the last one to name a blob is the oldest.
                blobs[entry[1]] = Stored(entry[1], parts[at], commit)
        at += 1
    return _sized(repository, list(blobs.values())), list(messages.items())


def read_objects(repository: str, wanted: Sequence[Stored]) -> Iterator[tuple[Stored, bytes | None]]:
    """Yield each of *wanted* with its bytes; ``None`` for what the repository does not have."""
    asked = "".join(f"{stored.object_id}\n" for stored in wanted).encode()
    answer = _run(repository, "cat-file", "--batch", given=asked)
    at = 0
    for stored in wanted:
        end = answer.index(b"\n", at)
        header = answer[at:end].split(b" ")
        if len(header) != 3 or header[1] != b"blob":
            yield stored, None
            at = end + 1
            continue
        size = int(header[2])
        yield stored, answer[end + 1 : end + 1 + size]
        at = end + 2 + size


def _sized(repository: str, blobs: list[Stored]) -> list[Stored]:
    asked = "".join(f"{stored.object_id}\n" for stored in blobs).encode()
    answer = _run(repository, "cat-file", "--batch-check=%(objectsize)", given=asked).splitlines()
    sizes = [int(line) if line.isdigit() else 0 for line in answer]
    return [
        Stored(s.object_id, s.path, s.commit, s.added, size) for s, size in zip(blobs, sizes, strict=True)
    ]


def _raw_entries(parts: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for header, path in zip(parts[0::2], parts[1::2], strict=False):
        entry = _raw_entry(header)
        if entry is not None:
            yield (*entry, path)


def _raw_entry(header: str) -> tuple[str, str] | None:
    """Return the new mode and object of a line of ``--raw``; ``None`` for what is gone."""
    fields = header.lstrip(":").split(" ")
    if len(fields) < 5 or _ZERO.fullmatch(fields[3]):
        return None
    return fields[1], fields[3]


def _added_lines(patch: bytes) -> Iterator[tuple[tuple[int, int], ...] | None]:
    """Yield the added line ranges of each file of a patch, in its order; ``None`` for one without lines."""
    current: list[tuple[int, int]] | None = None
    begun = False
    for line in patch.split(b"\n"):
        if line.startswith(b"diff --git "):
            if begun:
                yield tuple(current) if current is not None else None
            current, begun = None, True
            continue
        hunk = _HUNK.match(line)
        if hunk is not None:
            first, count = int(hunk[1]), int(hunk[2]) if hunk[2] is not None else 1
            current = [*(current or []), (first, first + count)]
    if begun:
        yield tuple(current) if current is not None else None


def _run(repository: str, *arguments: str, given: bytes = b"") -> bytes:
    """Run git in *repository* without anything that the repository could have it do."""
    command = ["git", "--no-pager", "--no-replace-objects", *_HARMLESS, *arguments]
    environment = {
        **os.environ,
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, and options of our own
            command, cwd=repository, input=given, capture_output=True, check=False, env=environment
        )
    except FileNotFoundError:
        raise InputError("git is not installed, or the folder does not exist", code="unreadable") from None
    except NotADirectoryError:
        raise InputError(f"{repository} is not a folder", code="unreadable") from None
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = told[-1].removeprefix("fatal: ") if told else f"exit code {done.returncode}"
        if "not a git repository" in reason:
            raise InputError(f"{repository} is not in a git repository", code="unreadable")
        raise CheckError(f"git could not answer: {reason}", checks=("git",))
    return done.stdout
