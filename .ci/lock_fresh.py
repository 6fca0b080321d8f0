"""Say whether the lock still answers pyproject.toml, without asking the network.

Every requirement of the project, its extras and its development group has a pin that satisfies it; every
pin has a hash and is still asked for by somebody; and no line names a package index. It does not say
whether newer versions exist: that is `make lock ARGS=--upgrade`, a decision of a person.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")


def main() -> int:
    """Print what is stale; return the exit code."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lock = (ROOT / "requirements" / "dev.lock").read_text("utf-8")
    complaints = [*_unmet(_wanted(project), lock), *_malformed(lock)]
    for complaint in complaints:
        print(f"requirements/dev.lock: {complaint}", file=sys.stderr)
    if complaints:
        print("run: make lock", file=sys.stderr)
    return 1 if complaints else 0


def _wanted(project: dict[str, dict[str, object]]) -> list[Requirement]:
    table = project["project"]
    groups = [table["dependencies"], *table["optional-dependencies"].values()]  # type: ignore[attr-defined]
    groups.append(project["dependency-groups"]["dev"])
    wanted = [Requirement(line) for group in groups for line in group]  # type: ignore[union-attr]
    return [r for r in wanted if canonicalize_name(r.name) != table["name"]]


def _unmet(wanted: list[Requirement], lock: str) -> list[str]:
    pins = {canonicalize_name(m[1]): m[2] for line in lock.splitlines() if (m := PIN.match(line))}
    names = {canonicalize_name(r.name) for r in wanted}
    missing = [f"{r} has no pin" for r in wanted if canonicalize_name(r.name) not in pins]
    wrong = [
        f"{r} is not met by {pins[name]}"
        for r in wanted
        if (name := canonicalize_name(r.name)) in pins
        and not r.specifier.contains(pins[name], prereleases=True)
    ]
    orphans = [f"{name} is asked for by nobody any more" for name in _direct(lock) - names]
    return missing + wrong + orphans


def _direct(lock: str) -> set[str]:
    """Return the pins that the lock says the project itself asked for."""
    direct: set[str] = set()
    pin = ""
    for line in lock.splitlines():
        if m := PIN.match(line):
            pin = canonicalize_name(m[1])
        elif line.strip().startswith("#") and "pyproject.toml" in line:
            direct.add(pin)
    return direct


def _malformed(lock: str) -> list[str]:
    entries = re.split(r"\n(?=[A-Za-z0-9])", lock)
    bare = [e.split()[0] for e in entries if PIN.match(e) and "--hash=sha256:" not in e]
    hosts = [f"line {n} names a host" for n, line in enumerate(lock.splitlines(), 1) if "://" in line]
    return [f"{pin} has no hash" for pin in bare] + hosts


if __name__ == "__main__":
    sys.exit(main())
