"""``stockade screen``: one text, or many as JSON lines."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping

import click
import orjson

from stockade.cli.output import (
    EXIT_CLEAN,
    EXIT_FINDINGS,
    EXIT_NOT_CHECKED,
    injection_score,
    printable,
    read_text,
    write_json,
)
from stockade.core.errors import InputError, StockadeError
from stockade.core.limits import BODY_BYTES_MAX
from stockade.core.message import Origin
from stockade.core.policy import Action
from stockade.core.screen import Verdict
from stockade.detectors import builtin_detectors
from stockade.detectors.injection.classifier_detector import InjectionModel
from stockade.guard import Guard

ORIGINS = [o.value for o in Origin]


@click.command()
@click.argument("file", default="-")
@click.option(
    "--origin", type=click.Choice(ORIGINS), default="user", show_default=True, help="Who wrote the text."
)
@click.option("--jsonl", is_flag=True, help='Read {"id","text","origin"?} lines, write one verdict a line.')
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Shape of the output.",
)
@click.option("--explain", is_flag=True, help="Say which rule and clause led to each action.")
@click.option(
    "--config", type=click.Path(dir_okay=False), help="Configuration file (default: shipped policy)."
)
def command(file: str, *, origin: str, jsonl: bool, shape: str, explain: bool, config: str | None) -> None:
    """Screen FILE (or standard input) and say what may be done with it.

    Exit code 0: nothing found. 1: findings. 2: the input cannot be read. 3: a check could not run.
    """
    guard = Guard.from_config(config) if config else Guard()
    if jsonl:
        raise click.exceptions.Exit(_screen_lines(guard, file, origin))
    text = read_text(file, bytes_max=BODY_BYTES_MAX)
    verdict = guard.screen(text, origin=origin)
    if shape == "json":
        write_json(_as_dict(verdict))
    else:
        _print(verdict, explain=explain)
        if explain and not verdict.not_run:
            _print_windows(text, Origin(origin))
    raise click.exceptions.Exit(_code(verdict))


def _code(verdict: Verdict) -> int:
    if verdict.not_run:
        return EXIT_NOT_CHECKED
    return EXIT_FINDINGS if verdict.findings else EXIT_CLEAN


def _as_dict(verdict: Verdict) -> dict[str, object]:
    found: dict[str, object] = {
        "action": verdict.action.word,
        "injection": injection_score(verdict),
        "findings": [f.as_dict() for f in verdict.findings],
        "checks": list(verdict.checks),
        "not_run": list(verdict.not_run),
    }
    if verdict.action < Action.BLOCK:
        found["text"] = verdict.text
    return found


def _print(verdict: Verdict, *, explain: bool) -> None:
    click.echo(f"action: {verdict.action.word}   checks: {', '.join(verdict.checks) or 'none'}")
    if verdict.not_run:
        click.echo(f"NOT RUN: {', '.join(verdict.not_run)}")
    reasons = {(r.finding.rule.id, r.finding.span): r for r in verdict.decision.reasons}
    for finding in verdict.findings:
        rule = finding.rule
        line = f"  {finding.span.start}-{finding.span.end}  {rule.id}  {rule.severity.name.lower()}"
        line += f"  confidence {finding.confidence:.2f}"
        reason = reasons.get((rule.id, finding.span))
        if explain and reason is not None:
            line += f"  -> {reason.action.word} {reason.transform} ({reason.mode.value})".rstrip()
        click.echo(line)
    if verdict.edits and verdict.action < Action.BLOCK:
        click.echo("text:")
        click.echo(printable(verdict.text))


def _print_windows(text: str, origin: Origin) -> None:
    """Print how the injection model scored the parts of *text* that it looked at closely."""
    for detector in builtin_detectors():
        if not isinstance(detector, InjectionModel) or origin not in detector.origins:
            continue
        windows = detector.explain(text)
        read = [window for window in windows if window.asked]
        click.echo(f"{detector.name}: {len(windows)} windows, {len(windows) - len(read)} plainly harmless")
        for window in read:
            click.echo(
                f"  {window.span.start}-{window.span.end}  "
                f"log-odds {window.first:.2f} and {window.second:.2f}  rules {window.rules:.2f}  "
                f"confidence {window.confidence:.2f}  reported from {window.threshold:.2f}"
            )


def _screen_lines(guard: Guard, file: str, origin: str) -> int:
    worst = EXIT_CLEAN
    try:
        stream = click.open_file(file, "rb")
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror}", code="unreadable") from None
    with stream:
        for number, line in _lines(stream):
            answer, code = _screen_line(guard, number, line, origin)
            sys.stdout.buffer.write(orjson.dumps(answer) + b"\n")
            worst = max(worst, code)
    sys.stdout.buffer.flush()
    return worst


def _lines(stream: object) -> Iterator[tuple[int, bytes]]:
    readline = stream.readline  # type: ignore[attr-defined]
    number = 0
    while line := readline(BODY_BYTES_MAX + 1):
        number += 1
        while not line.endswith(b"\n") and len(line) > BODY_BYTES_MAX:
            # Too long: read on to its end so that the next line is the next line, then report this one.
            rest = readline(BODY_BYTES_MAX + 1)
            if not rest or rest.endswith(b"\n"):
                break
        if line.strip():
            yield number, line


def _screen_line(guard: Guard, number: int, line: bytes, origin: str) -> tuple[Mapping[str, object], int]:
    """Return one answer for one line; a bad line is an error object, never the end of the run."""
    ident: object = None
    try:
        if len(line) > BODY_BYTES_MAX:
            raise InputError("the line is too long", code="too_large")
        row = orjson.loads(line)
        if not isinstance(row, dict):
            raise InputError("the line is not a JSON object", code="invalid_json")
        ident = row.get("id")
        text, author = row.get("text"), row.get("origin", origin)
        if not isinstance(text, str):
            raise InputError("`text` is missing or not a string", code="invalid_request")
        if author not in ORIGINS:
            raise InputError(f"`origin` is not one of {', '.join(ORIGINS)}", code="invalid_request")
        verdict = guard.screen(text, origin=author)
    except orjson.JSONDecodeError:
        return {"id": ident, "error": {"code": "invalid_json", "line": number, "message": "not JSON"}}, 2
    except StockadeError as error:
        code = error.code if isinstance(error, InputError) else "check_unavailable"
        return {"id": ident, "error": {"code": code, "line": number, "message": str(error)}}, 2
    return {"id": ident, **_as_dict(verdict)}, _code(verdict)
