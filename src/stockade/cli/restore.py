"""``stockade restore``: put the values back, byte for byte."""

from __future__ import annotations

from pathlib import Path

import click

from stockade.cli.output import read_text, write_text
from stockade.core.errors import InputError
from stockade.core.limits import BODY_BYTES_MAX
from stockade.guard import Guard


@click.command()
@click.argument("file", default="-")
@click.option("--map", "map_file", type=click.Path(dir_okay=False), required=True, help="The sealed map.")
@click.option("--config", type=click.Path(dir_okay=False), help="Configuration file.")
def command(file: str, *, map_file: str, config: str | None) -> None:
    """Put the real values back into FILE (or standard input), using the map that `anonymize` wrote."""
    guard = Guard.from_config(config)
    try:
        sealed = Path(map_file).read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {map_file}: {error.strerror}", code="unreadable") from None
    write_text(guard.open_map(sealed).restore(read_text(file, bytes_max=BODY_BYTES_MAX)))
