"""``stockade secrets``: check references, set a secret, move the secrets of a file into a manager.

No value is ever an argument or printed: values come from standard input, a prompt or a file.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import click

from stockade.bootstrap import installation
from stockade.cli.output import EXIT_CLEAN, EXIT_NOT_CHECKED, printable, read_text, write_json
from stockade.cli.secrets_import import import_file, write_and_read_back
from stockade.config.settings import Settings
from stockade.core.errors import ConfigError, InputError
from stockade.secrets.opening import open_backends
from stockade.secrets.reference import Reference, is_reference
from stockade.secrets.value import SecretValue

SECRET_BYTES_MAX = 64 * 1024
_config = click.option("--config", type=click.Path(dir_okay=False), help="Configuration file.")
_format = click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the result.",
)


@click.group()
def command() -> None:
    """Check, list, set and import secrets, which a configuration names by reference only."""


@command.command()
@click.argument("references", nargs=-1)
@_format
@_config
def check(references: tuple[str, ...], *, shape: str, config: str | None) -> int:
    """Read every reference of the configuration (or REFERENCES) and say which backend answered.

    Exits with 0 if all were read, else with 3. No value is printed.
    """
    found = installation(config)
    asked = [Reference.parse(text) for text in references]
    asked = asked or [reference for _, reference in references_of(found.settings)]
    outcome = found.resolver().check(dict.fromkeys(asked))
    if shape == "json":
        rows = [
            {"reference": c.reference, "backend": c.backend, "ok": c.ok, "reason": c.reason} for c in outcome
        ]
        write_json({"references": rows})
    else:
        for checked in outcome:
            word = "ok" if checked.ok else f"FAILED  {checked.reason}"
            click.echo(printable(f"{checked.reference}  {checked.backend}  {word}"))
        if not outcome:
            click.echo("the configuration has no references")
    return EXIT_CLEAN if all(checked.ok for checked in outcome) else EXIT_NOT_CHECKED


@command.command(name="list")
@_format
@_config
def list_references(*, shape: str, config: str | None) -> None:
    """List the references of the configuration and the settings they stand in; nothing is read."""
    rows = [
        {"setting": setting, "reference": str(reference), "backend": reference.scheme}
        for setting, reference in references_of(installation(config).settings)
    ]
    if shape == "json":
        write_json({"references": rows})
        return
    for row in rows:
        click.echo(printable(f"{row['setting']}  {row['reference']}"))


@command.command(name="set")
@click.argument("reference")
def set_secret(reference: str) -> None:
    """Write the secret that REFERENCE names: asked for on a terminal, else read from standard input."""
    target = Reference.parse(reference)
    backend = open_backends(os.environ)[target.scheme]
    write_and_read_back(backend, target, SecretValue(_value_from_user()))
    click.echo(f"{printable(str(target))}  written and read back", err=True)


def references_of(settings: Settings) -> Iterator[tuple[str, Reference]]:
    """Yield every setting that is a reference, and the reference."""
    yield from _references("", settings.model_dump(exclude={"home", "source"}))


def _references(name: str, value: object) -> Iterator[tuple[str, Reference]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _references(f"{name}.{key}".lstrip("."), inner)
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from _references(f"{name}.{number}", inner)
    elif isinstance(value, str) and is_reference(value):
        yield name, Reference.parse(value)


def _value_from_user() -> str:
    if sys.stdin.isatty():
        text: str = click.prompt("value", hide_input=True, confirmation_prompt=True)
    else:
        text = read_text("-", bytes_max=SECRET_BYTES_MAX).removesuffix("\n").removesuffix("\r")
    if not text.strip():
        raise InputError("there is no value on standard input", code="empty", hint="pipe the secret in")
    return text


@command.command(name="import")
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--to", "place", required=True, help="Where to: vault://mount/path, aws-sm://name, keyring://…")
@click.option("--only", multiple=True, help="Name of a variable to move, and no other; may be repeated.")
@click.option("--all", "everything", is_flag=True, help="Move every variable, not only what looks secret.")
@click.option("--force", is_flag=True, help="Replace other values that lie there already.")
@click.option("--dry-run", is_flag=True, help="Say what would be moved, and write nothing.")
@_format
def import_command(
    file: str,
    *,
    place: str,
    only: tuple[str, ...],
    everything: bool,
    force: bool,
    dry_run: bool,
    shape: str,
) -> None:
    """Move the secrets of FILE (in the form of .env) into a manager and leave references in their place.

    Every value is written and read back before FILE is rewritten, in one step.
    """
    if only and everything:
        raise ConfigError("--only and --all contradict each other", hint="give one of them")
    outcome = import_file(
        file,
        place,
        names=only,
        everything=everything,
        write="no" if dry_run else ("force" if force else "new"),
    )
    if shape == "json":
        write_json({"moved": [{"name": n, "reference": r} for n, r in outcome.moved], "left": outcome.left})
        return
    for name, reference in outcome.moved:
        click.echo(printable(f"{name}  {'would become' if dry_run else 'is now'}  {reference}"))
    click.echo(f"{len(outcome.moved)} moved, {len(outcome.left)} left as they are", err=True)
    if outcome.moved and not dry_run:
        click.echo("the old values may lie in backups and in the history of git: rotate them", err=True)
