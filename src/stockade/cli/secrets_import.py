"""Moves the secrets of a ``.env`` file into a manager: decide, write, read back, and then rewrite the file.

A failure on the way leaves the file as it was; what was written into the manager by then stays there.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from stockade.cli.output import read_text
from stockade.config.literals import builtin_find_secrets
from stockade.core.errors import ConfigError, InputError, SecretError
from stockade.secrets.dotenv import Variable, replaced, variables
from stockade.secrets.opening import OnUse, open_backends
from stockade.secrets.placing import placed
from stockade.secrets.reference import Reference, is_reference
from stockade.secrets.value import SecretValue

FILE_BYTES_MAX = 1024 * 1024
_SECRET_NAME = re.compile(r"(?:^|_)(?:API_?KEY|KEY|TOKEN|SECRET|PASSWORD|PASSWD|PWD|CREDENTIALS?)(?:_|$|\d)")
# "true", "8080", "none": settings that happen to have such a name.
_PLAIN = re.compile(r"(?i)true|false|yes|no|on|off|none|null|\d{1,6}|")


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file.

    Attributes:
        moved: name and reference of each variable that was moved.
        left: names of the variables that were not.
    """

    moved: tuple[tuple[str, str], ...]
    left: tuple[str, ...]


def import_file(
    file: str, place: str, *, names: Sequence[str], everything: bool, write: Literal["no", "new", "force"]
) -> Imported:
    """Move the secrets of *file* to *place*.

    Raises:
        ConfigError: the place cannot be written, holds other values, or a name is not in the file.
        SecretError: the place does not give back what was written.
    """
    text = read_text(file, bytes_max=FILE_BYTES_MAX)
    found = {variable.name: variable for variable in variables(text)}
    missing = [name for name in names if name not in found]
    if missing:
        raise ConfigError(f"the file has no variable {missing[0]}", hint="check its name")
    chosen = {
        name: placed(place, name)
        for name, variable in found.items()
        if _movable(variable) and (name in names if names else everything or looks_secret(variable))
    }
    if write != "no" and chosen:
        backend = open_backends(os.environ)[next(iter(chosen.values())).scheme]
        _check_free(backend, chosen, found, force=write == "force")
        for name, reference in chosen.items():
            write_and_read_back(backend, reference, SecretValue(found[name].value))
        _rewrite(Path(file), replaced(text, {name: str(ref) for name, ref in chosen.items()}))
    moved = tuple((name, str(reference)) for name, reference in chosen.items())
    return Imported(moved, tuple(name for name in found if name not in chosen))


def looks_secret(variable: Variable) -> bool:
    """Say whether a variable is a secret: by its name, or because the product's detectors know its value."""
    if _PLAIN.fullmatch(variable.value):
        return False
    if _SECRET_NAME.search(variable.name.upper()):
        return True
    return bool(builtin_find_secrets(f'{variable.name}="{variable.value}"'))


def write_and_read_back(backend: OnUse, reference: Reference, value: SecretValue) -> None:
    """Write *value*, and make sure that it comes back.

    Raises:
        SecretError: it does not.
    """
    backend.write(reference, value)
    if backend.read(reference) != value:
        raise SecretError(
            f"{reference} does not give back what was written", hint="check who else writes there"
        )


def _movable(variable: Variable) -> bool:
    return bool(variable.value.strip()) and not is_reference(variable.value)


def _check_free(
    backend: OnUse, chosen: dict[str, Reference], found: dict[str, Variable], *, force: bool
) -> None:
    """Refuse, before anything is written, to replace other values or to put two into one place."""
    if len(set(chosen.values())) < len(chosen):
        raise ConfigError(
            "two variables would lie in the same place there", hint="move them one by one, --only"
        )
    for name, reference in chosen.items():
        try:
            there = backend.read(reference)
        except SecretError:
            continue
        if there != SecretValue(found[name].value) and not force:
            raise ConfigError(
                f"{reference} holds another value already", hint="choose another place, or give --force"
            )


def _rewrite(path: Path, text: str) -> None:
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(mode)
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise InputError(
            f"{path} cannot be rewritten: {error.strerror}; the secrets lie in both places",
            code="unwritable",
            hint="make the file writable and run the command again",
        ) from None
