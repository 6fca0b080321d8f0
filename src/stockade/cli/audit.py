"""``stockade audit``: verify, prove and anchor the record, look for entries, hand them on.

``verify`` trusts the key it is given; without one, the key that lies beside the log, and says so.
"""

from __future__ import annotations

import sys
from collections import deque
from pathlib import Path
from typing import BinaryIO, Final

import click

from stockade.audit.entry import Entry
from stockade.audit.export import RENDERERS, as_csv_row, as_json_line, csv_header, when
from stockade.audit.git_anchor import GitAnchor
from stockade.audit.prove import Prover
from stockade.audit.query import Wanted, query, rules_in
from stockade.audit.verify import verify
from stockade.audit.witness import ask_witness
from stockade.bootstrap import installation
from stockade.cli.audit_filters import filters, wanted_by
from stockade.cli.output import EXIT_CLEAN, EXIT_FINDINGS, printable, write_json
from stockade.core.errors import InputError, TamperedError
from stockade_verify import UnreadableError, VerifierKey

_KEY_BYTES_MAX: Final = 4096
_config = click.option("--config", type=click.Path(dir_okay=False), help="Configuration file.")
_path = click.option(
    "--path",
    type=click.Path(file_okay=False, path_type=Path),
    help="The log's folder (default: the configuration's).",
)
_format = click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Shape of the output.",
)


@click.group()
def command() -> None:
    """Verify, prove, anchor, search and export the record."""


@command.command("verify")
@click.option("--key", "keys", multiple=True, help="The log's public key, as text or in a file; repeatable.")
@click.option(
    "--checkpoint",
    "known",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A checkpoint of this log kept elsewhere: shows a log cut back or forked; repeatable.",
)
@click.option(
    "--git",
    "repository",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A repository with checkpoints kept by `stockade audit anchor`; each is held against the log.",
)
@_path
@_format
@_config
def verify_command(
    *,
    keys: tuple[str, ...],
    known: tuple[Path, ...],
    repository: Path | None,
    path: Path | None,
    shape: str,
    config: str | None,
) -> None:
    """Check every entry of the record against what was signed.

    Exit code 0: it verifies. 1: it does not. 3: it could not be checked.
    """
    folder = _folder(path, config)
    kept = [one.read_bytes() for one in known]
    if repository is not None:
        kept += GitAnchor(repository).checkpoints(Prover(folder).checkpoint.origin)
    try:
        report = verify(folder, [_key(text) for text in keys], known=kept)
    except TamperedError as error:
        _say({"verified": False, "reason": str(error), "entry": error.sequence or None}, shape)
        raise click.exceptions.Exit(EXIT_FINDINGS) from None
    answer: dict[str, object] = {
        "verified": not report.damaged,
        "origin": report.origin,
        "entries": report.entries,
        "covered": report.covered,
        "root": report.root.hex(),
        "runs": report.runs,
        "ended_without_stop": list(report.unstopped),
        "damaged_tiles": list(report.damaged),
        "key_from": "given" if keys else "beside the log: whoever can write there could have replaced it",
    }
    _say(answer, shape)
    raise click.exceptions.Exit(EXIT_FINDINGS if report.damaged else EXIT_CLEAN)


@command.command("prove")
@click.option("--entry", type=click.IntRange(1), help="The number of the entry to prove.")
@click.option("--request", "request_id", default="", help="Prove the last entry of this request.")
@click.option(
    "--grown-from",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Prove that the record only grew since this checkpoint.",
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Where to write the proof.")
@_path
@_config
def prove_command(
    *,
    entry: int | None,
    request_id: str,
    grown_from: Path | None,
    output: Path | None,
    path: Path | None,
    config: str | None,
) -> None:
    """Write a proof that `stockade-verify` checks with the public key alone."""
    folder = _folder(path, config)
    if sum([entry is not None, bool(request_id), grown_from is not None]) != 1:
        raise click.UsageError("say what to prove: --entry, --request or --grown-from")
    if grown_from is not None:
        proof = Prover(folder).growth(grown_from.read_bytes())
    else:
        proof = Prover(folder).inclusion(entry or _last_of(folder, request_id))
    if output is not None:
        output.write_bytes(proof)
    else:
        sys.stdout.buffer.write(proof)
        sys.stdout.buffer.flush()


@command.command("anchor")
@click.option(
    "--git",
    "repository",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Commit the newest checkpoint to this repository.",
)
@click.option("--push", is_flag=True, help="Push the repository, too.")
@click.option(
    "--witness", default="", help="Have the newest checkpoint signed by a witness (its https address)."
)
@click.option("--witness-key", default="", help="The witness's public key, as text or in a file.")
@_path
@_config
def anchor_command(
    *,
    repository: Path | None,
    push: bool,
    witness: str,
    witness_key: str,
    path: Path | None,
    config: str | None,
) -> None:
    """Keep the newest checkpoint where the machine of the record has no say.

    Exit code 0: it is kept. 1: what is kept there contradicts the record. 3: it could not be kept.
    """
    folder = _folder(path, config)
    if not (repository or witness) or bool(witness) != bool(witness_key):
        raise click.UsageError("say where: --git, or --witness with --witness-key")
    try:
        if repository is not None:
            new = GitAnchor(repository).anchor(Prover(folder), push=push)
            click.echo("committed the newest checkpoint" if new else "the newest checkpoint is kept already")
        if witness:
            ask_witness(folder, witness, VerifierKey.parse(_key(witness_key)))
            click.echo("the witness signed the newest checkpoint")
    except UnreadableError as error:
        raise InputError(f"the witness's key cannot be used: {error}", code="unreadable") from None
    except TamperedError as error:
        click.echo(printable(f"CONTRADICTED: {error}"))
        raise click.exceptions.Exit(EXIT_FINDINGS) from None


@command.command("query")
@click.option(
    "--limit", type=click.IntRange(0), default=100, show_default=True, help="The newest so many; 0: all."
)
@filters
@_path
@_format
@_config
def query_command(
    *, limit: int, path: Path | None, shape: str, config: str | None, **chosen: str | None
) -> None:
    """Print the entries that match."""
    found = query(_folder(path, config), wanted_by(**chosen))
    show = _print_json if shape == "json" else _print_line
    for entry in deque(found, maxlen=limit) if limit else found:
        show(entry)
    sys.stdout.buffer.flush()


@command.command("export")
@click.option(
    "--format", "shape", type=click.Choice(sorted(RENDERERS)), default="jsonl", show_default=True,
    help="JSON Lines, CSV, or OCSF events as JSON Lines.",
)  # fmt: skip
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Where to write.")
@filters
@_path
@_config
def export_command(
    *, shape: str, output: Path | None, path: Path | None, config: str | None, **chosen: str | None
) -> None:
    """Write the entries that match, oldest first, in another format."""
    folder, wanted = _folder(path, config), wanted_by(**chosen)
    if output is None:
        _export(folder, wanted, shape, sys.stdout.buffer)
        return
    with output.open("wb") as file:
        _export(folder, wanted, shape, file)


def _export(folder: Path, wanted: Wanted, shape: str, file: BinaryIO) -> None:
    render = RENDERERS[shape]
    if render is as_csv_row:
        file.write(csv_header())
    file.writelines(render(entry) for entry in query(folder, wanted))
    file.flush()


def _folder(path: Path | None, config: str | None) -> Path:
    if path is not None:
        return path
    settings = installation(config).settings
    return settings.under_home(settings.audit.path)


def _key(text: str) -> str:
    if text.count("+") >= 2 and not Path(text).exists():
        return text
    try:
        with Path(text).open(encoding="utf-8") as file:
            return file.read(_KEY_BYTES_MAX)
    except (OSError, UnicodeDecodeError):
        raise InputError(
            "the public key cannot be read",
            code="unreadable",
            hint="give the key itself (name+id+key) or a file that holds it",
        ) from None


def _last_of(folder: Path, request_id: str) -> int:
    last = deque(query(folder, Wanted(request_id=request_id)), maxlen=1)
    if not last:
        raise InputError(
            "there is no entry of that request", code="unknown_entry", hint="check the request id"
        )
    return last[0].seq


def _say(answer: dict[str, object], shape: str) -> None:
    known = {name: value for name, value in answer.items() if value is not None}
    if shape == "json":
        write_json(known)
        return
    reason = known.get("reason", "tiles do not follow from the entries")
    click.echo(printable("the record verifies" if known["verified"] else f"DOES NOT VERIFY: {reason}"))
    for name, value in known.items():
        if name not in {"verified", "reason"} and value != []:
            shown = ", ".join(map(str, value)) if isinstance(value, list) else value
            click.echo(printable(f"  {name.replace('_', ' ')}: {shown}"))


def _print_json(entry: Entry) -> None:
    sys.stdout.buffer.write(as_json_line(entry))


def _print_line(entry: Entry) -> None:
    body = entry.body
    named = [
        f"{name}={body[name]}"
        for name in ("request_id", "model", "action", "outcome", "code")
        if body.get(name)
    ]
    rules = [f"{rule}:{count}" for rule, count in sorted(rules_in(entry).items())]
    text = " ".join([f"{entry.seq:>8}", when(entry.at_ms), entry.kind, entry.key or "-", *named, *rules])
    sys.stdout.buffer.write(printable(text.replace("\n", " ")).encode() + b"\n")
