"""Every published figure, beside its peer where there is one: ``make bench ARGS="--data DIR"``.

Each program is run by itself, so that none warms another up. Those that measure detection take labelled data
by path and are left out, with a word, where none is given. A peer that is not installed is left out of its
row.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

# Program, and the arguments that name its data under the folder given (none: it needs no data).
PROGRAMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("gateway", ()),
    ("wires", ()),
    ("audit_log", ()),
    ("patterns", ()),
    ("detection_pii", ("pii",)),
    ("detection_secrets", ("secrets/dev.jsonl",)),
    ("injection_rules", ("injection/dev.jsonl",)),
    ("injection", ("injection/dev.jsonl",)),
)


def main() -> int:
    """Run the programs and return how many failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with pii/, secrets/ and injection/")
    parser.add_argument("programs", nargs="*", help="only these")
    chosen = parser.parse_args()
    failed = 0
    for name, needs in PROGRAMS:
        if chosen.programs and name not in chosen.programs:
            continue
        print(f"\n== {name}", flush=True)
        if needs and chosen.data is None:
            print("left out: needs labelled data, say --data DIR")
            continue
        paths = [str(chosen.data / need) for need in needs]
        failed += subprocess.run([sys.executable, "-m", f"bench.{name}", *paths], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
