"""``stockade-verify``: a public key and a log or a proof in, an answer out.

Exit codes: 0 it verifies, 1 it does not, 2 wrong use, 3 it could not be checked. It prints no text of an
entry unless asked for with ``--show``, and then without what could steer a terminal.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from stockade_verify.entries import leaf_of
from stockade_verify.errors import ForgedError, UnreadableError
from stockade_verify.log import Report, check_log
from stockade_verify.note import VerifierKey
from stockade_verify.proof import check_growth, check_proof, fork_between

VERIFIED, FORGED, NOT_CHECKED = 0, 1, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace, list[VerifierKey]], dict[str, object]] = options.run
    try:
        answer = run(options, [_key(text) for text in options.key])
    except ForgedError as error:
        answer = {"verified": False, "reason": str(error)}
        if error.sequence:
            answer["entry"] = error.sequence
    except (UnreadableError, OSError) as error:
        print(f"stockade-verify: not checked: {_reason(error)}", file=sys.stderr)  # noqa: T201
        return NOT_CHECKED
    print(json.dumps(answer) if options.format == "json" else _words(answer))  # noqa: T201
    return VERIFIED if answer["verified"] else FORGED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="stockade-verify", description=__doc__.split("\n\n")[0])
    each = argparse.ArgumentParser(add_help=False)
    each.add_argument("--format", choices=["text", "json"], default="text")
    each.add_argument(
        "--key", action="append", required=True, metavar="KEY",
        help="the log's public key, known from elsewhere: name+id+base64, or a file with it. Repeatable.",
    )  # fmt: skip
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    whole = commands.add_parser("log", parents=[each], help="check a whole log")
    whole.add_argument("directory", type=Path)
    whole.add_argument(
        "--checkpoint", type=Path, action="append", default=[], metavar="FILE",
        help="a checkpoint of this log from elsewhere; shows a log cut back or forked. Repeatable.",
    )  # fmt: skip
    whole.set_defaults(run=_log)
    inclusion = commands.add_parser("inclusion", parents=[each], help="check that an entry is in a log")
    inclusion.add_argument("proof", type=Path)
    inclusion.add_argument("--entry", type=Path, help="the entry's line; left out, the one in the proof")
    inclusion.add_argument("--show", action="store_true", help="print the entry")
    inclusion.set_defaults(run=_inclusion)
    growth = commands.add_parser("growth", parents=[each], help="check that a log only grew")
    growth.add_argument("older", type=Path, help="the checkpoint known before")
    growth.add_argument("proof", type=Path)
    growth.set_defaults(run=_growth)
    fork = commands.add_parser("fork", parents=[each], help="check whether two checkpoints contradict")
    fork.add_argument("one", type=Path)
    fork.add_argument("other", type=Path)
    fork.set_defaults(run=_fork)
    return parser


def _log(options: argparse.Namespace, keys: list[VerifierKey]) -> dict[str, object]:
    known = [path.read_bytes() for path in options.checkpoint]
    return _of_report(check_log(options.directory, keys, known))


def _of_report(report: Report) -> dict[str, object]:
    answer: dict[str, object] = {
        "verified": not report.damaged,
        "origin": report.origin,
        "entries": report.entries,
        "covered": report.covered,
        "root": report.root.hex(),
        "runs": report.runs,
        "ended_without_stop": list(report.unstopped),
        "unfinished_bytes": report.torn,
    }
    if report.damaged:
        answer["reason"] = "every entry is as signed, but these tiles are not"
        answer["damaged_tiles"] = list(report.damaged)
    return answer


def _inclusion(options: argparse.Namespace, keys: list[VerifierKey]) -> dict[str, object]:
    leaf = None
    if options.entry:
        raw = options.entry.read_bytes()
        leaf = leaf_of(raw if raw.endswith(b"\n") else raw + b"\n")
    proof = check_proof(options.proof.read_bytes(), keys, leaf)
    answer: dict[str, object] = {
        "verified": True,
        "origin": proof.checkpoint.origin,
        "entry": proof.index + 1,
        "size": proof.checkpoint.size,
        "witnesses": list(proof.checkpoint.witnesses),
    }
    if options.show:
        answer["line"] = proof.leaf.decode("ascii", "backslashreplace")
    return answer


def _growth(options: argparse.Namespace, keys: list[VerifierKey]) -> dict[str, object]:
    older, newer = check_growth(options.proof.read_bytes(), options.older.read_bytes(), keys)
    return {"verified": True, "origin": newer.origin, "from": older.size, "to": newer.size}


def _fork(options: argparse.Namespace, keys: list[VerifierKey]) -> dict[str, object]:
    if fork_between(options.one.read_bytes(), options.other.read_bytes(), keys):
        return {"verified": False, "reason": "the log was forked: both are signed, and they contradict"}
    return {"verified": True, "note": "they do not contradict; different sizes need a proof of growth"}


def _key(text: str) -> VerifierKey:
    if text.count("+") < 2 or Path(text).exists():
        text = Path(text).read_text("utf-8")
    return VerifierKey.parse(text)


def _words(answer: dict[str, object]) -> str:
    first = "verified" if answer["verified"] else f"DOES NOT VERIFY: {answer.get('reason')}"
    rest = [
        f"  {name}: {_shown(value)}" for name, value in answer.items() if name not in {"verified", "reason"}
    ]
    return "\n".join([first, *(line for line in rest if not line.endswith(": "))])


def _shown(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def _reason(error: Exception) -> str:
    return error.strerror or type(error).__name__ if isinstance(error, OSError) else str(error)
