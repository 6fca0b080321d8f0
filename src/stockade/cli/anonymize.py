"""``stockade anonymize``: pseudonymize a text, keep the way back in a sealed file."""

from __future__ import annotations

from pathlib import Path

import click

from stockade.cli.output import read_text, write_text
from stockade.core.errors import InputError
from stockade.core.limits import BODY_BYTES_MAX
from stockade.core.surrogate import Style
from stockade.guard import Guard


@click.command()
@click.argument("file", default="-")
@click.option("--map", "map_file", type=click.Path(dir_okay=False), help="Where to write the sealed map.")
@click.option(
    "--style",
    type=click.Choice([s.value for s in Style]),
    default="tag",
    show_default=True,
    help="How surrogates look.",
)
@click.option("--conversation", default="", help="Texts of one conversation share their surrogates.")
@click.option("--config", type=click.Path(dir_okay=False), help="Configuration file.")
def command(file: str, *, map_file: str | None, style: str, conversation: str, config: str | None) -> None:
    """Replace sensitive values in FILE (or standard input) by surrogates; the result goes to standard output.

    The map back is sealed with the installation's key; `stockade restore` opens it.
    """
    guard = Guard.from_config(config)
    text = read_text(file, bytes_max=BODY_BYTES_MAX)
    safe = guard.anonymize(text, style=style, conversation=conversation)
    if map_file:
        _write_new(Path(map_file), safe.seal())
    write_text(safe.text)


def _write_new(path: Path, sealed: bytes) -> None:
    try:
        path.touch(mode=0o600)
        path.write_bytes(sealed)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}", code="unwritable") from None
