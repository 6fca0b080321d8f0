"""How results and errors look on a terminal: safe to print, one line per error, the contract's codes."""

from __future__ import annotations

import sys
import unicodedata

import click
import orjson

from stockade.core.errors import ConfigError, InputError, StockadeError
from stockade.core.screen import Verdict

EXIT_CLEAN = 0
EXIT_FINDINGS = 1
EXIT_USAGE = 2
EXIT_NOT_CHECKED = 3


def exit_code_for(error: StockadeError) -> int:
    """Return the exit code for *error*: 2 where the user can mend the input, 3 where a check did not run."""
    return EXIT_USAGE if isinstance(error, (ConfigError, InputError)) else EXIT_NOT_CHECKED


def one_line(error: StockadeError) -> str:
    """Return *error* as one printable line: what, where, what to do."""
    text = f"stockade: {error}" + (f" — {error.hint}" if error.hint else "")
    return printable(text.replace("\n", " "))


def printable(text: str) -> str:
    """Return *text* without characters that steer a terminal or reorder what is read."""
    return "".join(
        c if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"} else "�" for c in text
    )


def write_json(value: object) -> None:
    """Print *value* as one line of JSON."""
    sys.stdout.buffer.write(orjson.dumps(value) + b"\n")
    sys.stdout.buffer.flush()


def read_text(path: str, *, bytes_max: int) -> str:
    """Return the text of a file, or of standard input for ``-``.

    Raises:
        InputError: it cannot be read, is too large or is not UTF-8.
    """
    name = "standard input" if path == "-" else path
    try:
        with click.open_file(path, "rb") as stream:
            raw: bytes = stream.read(bytes_max + 1)
    except OSError as error:
        raise InputError(f"cannot read {name}: {error.strerror}", code="unreadable") from None
    if len(raw) > bytes_max:
        raise InputError(
            f"{name} is larger than {bytes_max} bytes", code="too_large", hint="cut it into smaller parts"
        )
    try:
        # newline characters stay as they are: restoring has to be byte for byte.
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name} is not UTF-8 at byte {error.start}",
            code="not_utf8",
            hint="convert it first, with iconv for example",
        ) from None


def write_text(text: str) -> None:
    """Write *text* to standard output, byte for byte."""
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def injection_score(verdict: Verdict) -> float:
    """Return the highest confidence of an injection finding, 0 if there is none."""
    scores = [f.confidence for f in verdict.findings if f.rule.id.startswith("injection.")]
    return round(max(scores, default=0.0), 4)
