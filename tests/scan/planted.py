"""Secrets to plant, assembled at run time so that scanners stay quiet on this tree, and repositories."""

from __future__ import annotations

import base64
import os
import subprocess
from pathlib import Path

# Of a length and shape that a provider publishes, and nobody's.
PROVIDER = "sk-" + "ant-api03-" + ("q8Zr2Lw0Vn5Ty7Bc" * 6)[:93] + "AA"
OTHER = "gsk" + "_" + ("Zk3Vb8Qn1Mx5Rt7W" * 4)[:52]
GENERIC = "k7Vq9z" + "R2mW4x"
MAIL = "jane.doe" + "@corp.example"


def pem() -> str:
    """Return a private key in armour; random, no key."""
    dashes, kind = "-" * 5, "RSA " + "PRIVATE KEY"
    body = base64.b64encode(bytes(range(7, 247)) * 2).decode()
    lines = "\n".join(body[at : at + 64] for at in range(0, len(body), 64))
    return f"{dashes}BEGIN {kind}{dashes}\n{lines}\n{dashes}END {kind}{dashes}\n"


def git(folder: Path, *arguments: str, code: int = 0) -> str:
    """Run git as somebody, whatever this machine is set up to."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b.example",
        "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b.example",
    }  # fmt: skip
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stderr
    return done.stdout.strip()


def repository(folder: Path) -> Path:
    """Make an empty repository."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    return folder


def commit(folder: Path, files: dict[str, str | bytes | None], message: str = "change") -> str:
    """Write (or remove) files and commit; return the commit's id."""
    for name, content in files.items():
        path = folder / name
        if content is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--no-verify", "--allow-empty", "--message", message)
    return git(folder, "rev-parse", "HEAD")
