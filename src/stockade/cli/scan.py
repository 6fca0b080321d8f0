"""``stockade scan``: secrets, and personal data if asked to, in trees, staged changes and histories."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import click

from stockade.cli.output import EXIT_CLEAN, EXIT_FINDINGS, EXIT_NOT_CHECKED
from stockade.core.errors import InputError
from stockade.core.finding import Severity
from stockade.reports import FORMATS, Report
from stockade.scan import baseline
from stockade.scan.pool import processors
from stockade.scan.run import STDIN, Progress, Request, Scanned, Source, scan
from stockade.scan.settings import FILE_BYTES_MAX, Settings

_SEVERITIES = [severity.name.lower() for severity in Severity]
# Formats whose readers follow a finding from run to run.
_FOLLOWED = frozenset({"json", "sarif"})


@click.command()
@click.argument("paths", nargs=-1)
@click.option(
    "--staged", is_flag=True, help="Scan what the next commit would add, in the repository at PATH."
)
@click.option(
    "--git", "history", is_flag=True, help="Scan every version in the history of the repository at PATH."
)
@click.option("--pii", is_flag=True, help="Look for personal data, too.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="Shape of the report.",
)
@click.option("--output", type=click.Path(dir_okay=False), help="Write the report to a file.")
@click.option("--exclude", multiple=True, metavar="GLOB", help="Leave out what matches; may be given again.")
@click.option(
    "--severity",
    type=click.Choice(_SEVERITIES),
    default="medium",
    show_default=True,
    help="Report from here on.",
)
@click.option(
    "--confidence", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="Report from here on."
)
@click.option(
    "--baseline",
    "known",
    type=click.Path(dir_okay=False),
    help=f"Known findings (default: the file {baseline.FILE_NAME} in PATH or here).",
)
@click.option("--write-baseline", "accept", type=click.Path(dir_okay=False), help="Accept all that is found.")
@click.option("--reason", default="", help="Why new entries of the baseline are accepted.")
@click.option(
    "--expires",
    type=click.DateTime(["%Y-%m-%d"]),
    help="When new entries of the baseline are asked about again.",
)
@click.option("--no-ignore", is_flag=True, help="Report what marks, baselines and ignore files accept, too.")
@click.option("--verify", is_flag=True, help="Ask providers whether the keys still work (opens connections).")
@click.option("--reveal", is_flag=True, help="Show what was found; only on a terminal.")
@click.option("--jobs", type=click.IntRange(0), default=0, help="Processes (default: as many as processors).")
@click.option(
    "--max-size", type=click.IntRange(1), default=FILE_BYTES_MAX, show_default=True, help="Bytes of a file."
)
def command(
    paths: tuple[str, ...],
    *,
    staged: bool,
    history: bool,
    pii: bool,
    shape: str,
    output: str | None,
    exclude: tuple[str, ...],
    severity: str,
    confidence: float,
    known: str | None,
    accept: str | None,
    reason: str,
    expires: datetime.datetime | None,
    no_ignore: bool,
    verify: bool,
    reveal: bool,
    jobs: int,
    max_size: int,
) -> None:
    """Scan PATHS (default: here; ``-``: standard input) for secrets.

    Exit code 0: nothing found. 1: findings. 2: wrong usage. 3: something could not be checked.
    """
    if staged and history:
        raise click.UsageError("--staged and --git exclude each other")
    if reveal and not (sys.stdout.isatty() and shape == "text" and output is None):
        raise click.UsageError("--reveal shows secrets and works on a terminal only")
    settings = Settings(
        pii=pii,
        severity_min=Severity[severity.upper()],
        confidence_min=confidence,
        honour_marks=not no_ignore,
        fingerprints=shape in _FOLLOWED or accept is not None,
        reveal=reveal,
        keep_values=verify,
        file_bytes_max=max_size,
    )
    request = Request(
        paths or (".",),
        Source.STAGED if staged else Source.HISTORY if history else Source.TREE,
        settings,
        exclude,
        jobs or processors(),
        suppress=not no_ignore,
        baseline=None if accept is not None else known or "",
        today=datetime.datetime.now(tz=datetime.UTC).date(),
    )
    scanned = _scan(request)
    if accept is not None:
        _accept(accept, scanned, reason, expires.date() if expires is not None else None)
        raise click.exceptions.Exit(_code(scanned.report, accepted=True))
    if verify:
        scanned = _verified(scanned)
    _print(FORMATS[shape](scanned.report), output)
    raise click.exceptions.Exit(_code(scanned.report))


def _scan(request: Request) -> Scanned:
    stdin = b""
    if STDIN in request.paths:
        most = request.settings.file_bytes_max
        stdin = sys.stdin.buffer.read(most + 1)
        if len(stdin) > most:
            raise InputError(f"standard input is larger than {most} bytes", code="too_large")
    with _progress() as progress:
        return scan(request, version=version("stockade"), stdin=stdin, progress=progress)


def _verified(scanned: Scanned) -> Scanned:
    from stockade.scan.verify import Verifier

    found = Verifier().verified(scanned.found)
    results = tuple(one.result for one in found)
    return replace(scanned, report=replace(scanned.report, results=results), found=tuple(found))


def _accept(path: str, scanned: Scanned, reason: str, expires: datetime.date | None) -> None:
    """Write a baseline of what was found; entries that are there already keep their reason and expiry."""
    folder = str(Path(path).resolve().parent)
    before = {entry.key: entry for entry in baseline.read(path).entries} if Path(path).exists() else {}
    entries = []
    for result in scanned.report.results:
        place = baseline.relative(result.place.path, folder)
        entry = baseline.Known(result.fingerprint, result.rule.id, place, expires, reason)
        entries.append(before.get(entry.key, entry))
    count = baseline.write(path, entries)
    click.echo(f"stockade scan: {count} findings accepted in {path}", err=True)


def _code(report: Report, *, accepted: bool = False) -> int:
    if report.results and not accepted:
        return EXIT_FINDINGS
    return EXIT_NOT_CHECKED if report.unchecked else EXIT_CLEAN


def _print(made: bytes, output: str | None) -> None:
    if output is None:
        sys.stdout.buffer.write(made)
        sys.stdout.buffer.flush()
        return
    try:
        Path(output).write_bytes(made)
    except OSError as error:
        raise InputError(f"cannot write {output}: {error.strerror}", code="unreadable") from None


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """Show how far the scan is, on a terminal; nowhere else."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn, TransferSpeedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TransferSpeedColumn(), TimeElapsedColumn())
    # Without a thread of its own: processes can then be forked.
    with Bar(*columns, console=Console(stderr=True), auto_refresh=False, transient=True) as bar:
        task = bar.add_task("scanning", total=None)
        files = 0

        def tell(more: int, size: int) -> None:
            nonlocal files
            files += more
            bar.update(task, advance=size, description=f"{files} files", refresh=True)

        yield tell
