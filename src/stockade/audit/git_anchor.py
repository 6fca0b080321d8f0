"""Checkpoints kept in a git repository: a place that the log's machine does not rule, with a history.

Before a checkpoint is committed it is proven that the log only grew since the one before, so a fork or a log
that was cut back is noticed here and not committed over. The repository is the operator's: this neither makes
nor configures it.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from stockade.audit.prove import Prover
from stockade.core.errors import InputError, StoreError, TamperedError

_TIMEOUT_S: Final = 60
_KEPT_MAX: Final = 10_000
# Whoever commits is the log, on whatever machine this runs; no editor and no signature is waited for.
_AS: Final = ("-c", "user.name=stockade", "-c", "user.email=stockade@localhost", "-c", "commit.gpgsign=false")


class GitAnchor:
    """The checkpoints of logs in a git repository.

    Args:
        repository: its working tree.
    """

    __slots__ = ("_repository",)

    def __init__(self, repository: Path) -> None:
        self._repository = repository

    def checkpoints(self, origin: str) -> list[bytes]:
        """Return the checkpoints kept of a log, oldest first.

        Raises:
            StoreError: the repository cannot be read.
        """
        name = _file_of(origin)
        if not self._git("log", "-1", "--format=%H", "--all").strip():
            return []
        listed = self._git("log", f"-{_KEPT_MAX}", "--format=%H", "--", name).decode().split()
        return [self._git("show", f"{commit}:{name}") for commit in reversed(listed)]

    def anchor(self, prover: Prover, *, push: bool = False) -> bool:
        """Commit the log's newest checkpoint; return False where it is kept already.

        Args:
            prover: of the log.
            push: send it to the repository's remote, too.

        Raises:
            TamperedError: the log did not only grow since the checkpoint kept last.
            StoreError: the repository cannot be read, written or pushed.
        """
        origin = prover.checkpoint.origin
        kept = self.checkpoints(origin)
        if kept:
            _check_growth(prover, kept[-1])
        new = not kept or kept[-1] != prover.note
        if new:
            name = _file_of(origin)
            try:
                (self._repository / name).write_bytes(prover.note)
            except OSError as error:
                raise StoreError(
                    f"the anchor's repository cannot be written ({error.strerror})",
                    hint="Check its permissions.",
                ) from error
            self._git("add", "--", name)
            self._git(*_AS, "commit", "-q", "-m", f"{origin} {prover.checkpoint.size}", "--", name)
        if push:
            self._git("push", "-q")
        return new

    def _git(self, *arguments: str) -> bytes:
        command: Sequence[str] = ("git", "-C", str(self._repository), *arguments)
        try:
            done = subprocess.run(command, capture_output=True, check=True, timeout=_TIMEOUT_S)  # noqa: S603
        except (OSError, subprocess.SubprocessError) as error:
            raise StoreError(
                "git cannot use the anchor's repository",
                hint="Check that git is installed and that the folder is a repository it may write.",
            ) from error
        return done.stdout


def _check_growth(prover: Prover, kept: bytes) -> None:
    try:
        prover.growth(kept)
    except (InputError, StoreError) as error:
        raise TamperedError(
            f"the log is not what the anchor holds of it: {error}",
            sequence=1,
            hint="Keep the log and the repository as they are for examination.",
        ) from error


def _file_of(origin: str) -> str:
    return re.sub(r"[^A-Za-z0-9.-]", "_", origin) + ".checkpoint"
