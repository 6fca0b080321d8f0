"""How fast files are scanned, beside other scanners on the same tree in the same run.

    python bench/scan.py TREE [--rounds N] [--gitleaks PATH] [--kingfisher PATH] [--betterleaks PATH]

Every scanner gets the tree in turn, round after round, so that all see the same machine. Printed: the best
wall-clock time, the processor time of all processes of that round, megabytes a second, and how many findings
the scanner tells. The tree is read once before, so that no scanner pays for the disk.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

Command = tuple[list[str], Callable[[str], int]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tree")
    parser.add_argument("--rounds", type=int, default=3)
    for peer in ("gitleaks", "kingfisher", "betterleaks"):
        parser.add_argument(f"--{peer}", default="")
    options = parser.parse_args()
    size, files = read_once(options.tree)
    print(f"{files} files, {size / 1e6:.1f} MB, {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder:
        report = str(Path(folder) / "report.json")
        commands = commands_for(options, report)
        taken: dict[str, list[tuple[float, float, int]]] = {name: [] for name in commands}
        for _ in range(options.rounds):
            for name, (command, count) in commands.items():
                Path(report).unlink(missing_ok=True)
                wall, cpu = timed(command)
                taken[name].append((wall, cpu, count(report)))
    for name, rounds in taken.items():
        wall, cpu, found = min(rounds)
        print(
            f"{name:12} {wall:7.2f} s wall  {cpu:7.2f} s CPU  {size / 1e6 / wall:7.1f} MB/s  "
            f"{size / 1e6 / cpu:6.1f} MB/CPU s  {found} findings"
        )


def read_once(tree: str) -> tuple[int, int]:
    """Read every file; return their size and number."""
    size = files = 0
    for folder, _, names in os.walk(tree):
        for name in names:
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink():
                size += len(path.read_bytes())
                files += 1
    return size, files


def commands_for(options: argparse.Namespace, report: str) -> dict[str, Command]:
    """Return how each scanner is called, and how its findings are counted."""
    stockade = str(Path(sys.executable).with_name("stockade"))
    tree = options.tree
    commands: dict[str, Command] = {
        "stockade": (
            [stockade, "scan", tree, "--format", "json", "--output", report],
            lambda path: len(json.loads(Path(path).read_bytes())["findings"]),
        )
    }
    if options.gitleaks:
        arguments = [options.gitleaks, "dir", tree, "--no-banner", "-l", "error", "-f", "json", "-r", report]
        commands["gitleaks"] = (arguments, listed)
    if options.kingfisher:
        arguments = [options.kingfisher, "scan", tree, "--no-validate", "--no-update-check", "--quiet"]
        commands["kingfisher"] = ([*arguments, "--format", "json", "--output", report], found_by_kingfisher)
    if options.betterleaks:
        arguments = [options.betterleaks, tree, "-l", "error", "--no-banner", "-s", "-o", report]
        commands["betterleaks"] = (arguments, listed)
    return commands


def listed(path: str) -> int:
    """Count the entries of a report that is one list."""
    return len(json.loads(Path(path).read_bytes() or b"[]")) if Path(path).exists() else -1


def found_by_kingfisher(path: str) -> int:
    """Count the findings of a report that is one object or one for each line."""
    if not Path(path).exists():
        return -1
    text = Path(path).read_text("utf-8")
    try:
        document = json.loads(text)
    except ValueError:
        return sum(1 for line in text.splitlines() if '"rule"' in line)
    return len(document.get("findings", [])) if isinstance(document, dict) else len(document)


def timed(command: Sequence[str]) -> tuple[float, float]:
    """Run *command*; return its wall-clock time and the processor time of all its processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    subprocess.run(command, capture_output=True, check=False)
    wall = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
