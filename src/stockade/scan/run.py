"""One scan from its request to its report."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from stockade.reports import Report, Unchecked, in_order
from stockade.scan import baseline, git, neighbours
from stockade.scan.blob import Blob
from stockade.scan.checker import Found, Outcome
from stockade.scan.pool import run_jobs
from stockade.scan.reading import Job, checker_for
from stockade.scan.settings import Settings
from stockade.scan.tree import Entry, entries

STDIN = "-"
STDIN_NAME = "(standard input)"
# A job is as much as keeps a process busy for some hundredths of a second.
_JOB_BYTES = 1_000_000
_JOB_FILES = 256


class Source(Enum):
    """Where the blobs come from."""

    TREE = "tree"
    STAGED = "staged"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for.

    Attributes:
        paths: files and folders; for staged changes and histories, repositories.
        source: what of them.
        settings: how each file is checked.
        exclude: globs of what is left out.
        processes: how many may work at once.
        suppress: whether what is accepted is left out.
        baseline: the baseline to read; empty: the one in each folder, if there is one; ``None``: none.
        today: decides which entries of a baseline have expired.
    """

    paths: tuple[str, ...]
    source: Source
    settings: Settings
    exclude: tuple[str, ...] = ()
    processes: int = 1
    suppress: bool = True
    baseline: str | None = ""
    today: datetime.date = datetime.date.min


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan found and nobody has accepted.

    Attributes:
        report: to print.
        found: the same, with what later steps need.
    """

    report: Report
    found: tuple[Found, ...] = ()


Progress = Callable[[int, int], None]


def scan(request: Request, *, version: str, stdin: bytes = b"", progress: Progress | None = None) -> Scanned:
    """Do what *request* asks for.

    Args:
        request: what to look at, and how.
        version: of the program, for the report.
        stdin: what ``-`` stands for.
        progress: is told how many files and bytes are done.

    Raises:
        InputError: a path or a baseline cannot be read.
        CheckError: a repository or a worker process does not answer.
    """
    folders = [str(Path(folder).resolve()) for folder in ("", *request.paths) if Path(folder).is_dir()]
    folders = list(dict.fromkeys(folders)) if request.suppress else []
    accepting = _Accepting(
        tuple(neighbours.read(folder) for folder in folders),
        tuple(_baselines(request, folders)),
        request.today,
    )
    if accepting.baselines:
        request = replace(request, settings=replace(request.settings, fingerprints=True))
    outcome = _looked(request, stdin, progress)
    found = _once(outcome.found) if request.source is Source.HISTORY else outcome.found
    kept = [accepting.noted(one) for one in found if not accepting.accepts(one)]
    return Scanned(_report(request, outcome, kept, len(found) - len(kept), version), tuple(kept))


@dataclass(frozen=True, slots=True)
class _Accepting:
    """Everything that may say that a finding is known."""

    neighbours: tuple[neighbours.Accepted, ...]
    baselines: tuple[baseline.Baseline, ...]
    today: datetime.date

    def accepts(self, one: Found) -> bool:
        return any(a.knows(one) for a in self.neighbours) or any(
            b.knows(one.result, self.today) for b in self.baselines
        )

    def noted(self, one: Found) -> Found:
        if not any(b.has_expired(one.result, self.today) for b in self.baselines):
            return one
        return replace(one, result=replace(one.result, note="its entry in the baseline has expired"))


def _looked(request: Request, stdin: bytes, progress: Progress | None) -> Outcome:
    outcome = Outcome()
    if STDIN in request.paths:
        outcome.add(checker_for(request.settings).check([Blob(STDIN_NAME, stdin)]))
    for folder, jobs in _jobs(request, outcome):
        for job, part in run_jobs(jobs, request.settings, request.processes):
            outcome.add(replace_paths(part, folder))
            if progress is not None:
                progress(len(job), part.size)
    return outcome


def replace_paths(outcome: Outcome, folder: str) -> Outcome:
    """Return *outcome* with the paths of a repository as seen from here."""
    if not folder:
        return outcome
    moved = [
        replace(
            f, result=replace(f.result, place=replace(f.result.place, path=f"{folder}/{f.result.place.path}"))
        )
        for f in outcome.found
    ]
    unchecked = [
        replace(u, place=replace(u.place, path=f"{folder}/{u.place.path}")) for u in outcome.unchecked
    ]
    return replace(outcome, found=moved, unchecked=unchecked)


def _jobs(request: Request, outcome: Outcome) -> Iterator[tuple[str, Iterable[Job]]]:
    paths = [path for path in request.paths if path != STDIN]
    if request.source is Source.TREE:
        yield "", _file_jobs(entries(paths, request.exclude), outcome)
        return
    for path in paths:
        top = git.toplevel(path)
        shown = os.path.relpath(top)
        prefix = "" if shown == "." else shown
        if request.source is Source.STAGED:
            yield prefix, _object_jobs(git.staged(top), top)
        else:
            stored, messages = git.history(top)
            blobs = [
                Blob(git.MESSAGE_PATH, text.encode("utf-8", "surrogateescape"), c) for c, text in messages
            ]
            outcome.add(replace_paths(checker_for(request.settings).check(blobs), prefix))
            yield prefix, _object_jobs(stored, top)


def _file_jobs(found: Iterable[Entry | Unchecked], outcome: Outcome) -> Iterator[Job]:
    batch: list[Entry] = []
    size = 0
    for entry in found:
        if isinstance(entry, Unchecked):
            outcome.unchecked.append(entry)
            continue
        batch.append(entry)
        size += entry.size
        if size >= _JOB_BYTES or len(batch) >= _JOB_FILES:
            yield Job(files=tuple(batch))
            batch, size = [], 0
    if batch:
        yield Job(files=tuple(batch))


def _object_jobs(stored: Sequence[git.Stored], repository: str) -> Iterator[Job]:
    batch: list[git.Stored] = []
    size = 0
    for one in stored:
        batch.append(one)
        size += one.size
        if size >= _JOB_BYTES or len(batch) >= _JOB_FILES:
            yield Job(stored=tuple(batch), repository=repository)
            batch, size = [], 0
    if batch:
        yield Job(stored=tuple(batch), repository=repository)


def _once(found: Sequence[Found]) -> list[Found]:
    """Return each value of each file once, with how many versions of the file hold it."""
    groups: dict[tuple[str, str, bytes], list[Found]] = {}
    for one in found:
        groups.setdefault((one.result.rule.id, one.result.place.path, one.digest), []).append(one)
    kept = []
    for group in groups.values():
        versions = {one.result.place.commit for one in group}
        first = group[-1]
        note = f"in {len(versions)} versions" if len(versions) > 1 else ""
        kept.append(replace(first, result=replace(first.result, note=note)))
    return kept


def _baselines(request: Request, folders: Iterable[str]) -> Iterator[baseline.Baseline]:
    """Yield the baselines that count: the one that is named, else the one in each folder."""
    if request.baseline is None or not request.suppress:
        return
    if request.baseline:
        yield baseline.read(request.baseline)
        return
    for folder in folders:
        path = Path(folder, baseline.FILE_NAME)
        if path.exists():
            yield baseline.read(str(path))


def _report(request: Request, outcome: Outcome, kept: Sequence[Found], accepted: int, version: str) -> Report:
    counts = {
        "files": outcome.files,
        "accepted": outcome.marked + accepted,
        "media not looked into": outcome.opaque,
    }
    return Report(
        "stockade scan",
        version,
        in_order([one.result for one in kept]),
        tuple(sorted(outcome.unchecked, key=lambda u: str(u.place))),
        counts,
        checker_for(request.settings).rules,
    )
