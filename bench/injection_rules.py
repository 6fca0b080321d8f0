"""How well the injection rules find attacks: recall by family, false positives by kind of harmless text.

    python bench/injection_rules.py DATA.jsonl [--misses N] [--alarms N] [--every N]

Beside them, in the same run, run the five patterns a simple guard would use (ignore...instructions,
system...prompt, HTML comments, [SYSTEM...], from now on). A text counts as found if any finding reaches the
confidence; intervals are Wilson's at 95 %. Rows are named by id, never printed.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from stockade.detectors.injection.detector import InjectionRules

FIVE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"ignore.*instructions",
        r"system.*prompt",
        r"<\!--.*-->",
        r"\[SYSTEM.*\]",
        r"from now on",
    )
)
LEVELS = (0.5, 0.9)


def five(text: str) -> float:
    """Return 1 if one of the five patterns is in *text*."""
    return float(any(pattern.search(text) for pattern in FIVE))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--misses", type=int, default=0, help="name the sources with the most misses")
    parser.add_argument(
        "--alarms", type=int, default=0, help="name the sources and rules with the most alarms"
    )
    parser.add_argument("--every", type=int, default=1, help="measure every n-th row only")
    options = parser.parse_args()
    with options.data.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for number, line in enumerate(lines) if number % options.every == 0]
    detector = InjectionRules()
    leads: dict[str, str] = {}

    def rules(text: str) -> float:
        findings = detector.detect(text)
        best = max(findings, key=lambda f: f.confidence, default=None)
        if best is not None:
            leads[text] = best.rule.id
        return best.confidence if best else 0.0

    ours, spent = timed(rules, rows)
    theirs, spent_five = timed(five, rows)
    report(rows, ours, theirs)
    size = sum(len(row["text"]) for row in rows) / 1e6
    speed = f"rules {spent:.2f} CPU s ({size / spent:.1f} MB/s), five patterns {spent_five:.2f} CPU s"
    print(f"{size:.2f} MB: {speed}")
    name_worst(rows, ours, leads, options)


def timed(score: Callable[[str], float], rows: Sequence[dict]) -> tuple[list[float], float]:
    """Return the scores of all rows and the CPU seconds they took."""
    begun = time.process_time()
    scores = [score(row["text"]) for row in rows]
    return scores, time.process_time() - begun


def report(rows: Sequence[dict], ours: Sequence[float], theirs: Sequence[float]) -> None:
    """Print recall and false positives by group."""
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        for name in ("all", row["kind"], f"{row['kind']}: {row['channel']}", f"lang {row['lang']}"):
            groups[row["label"], name].append(index)
    for label, title in ((1, "attacks: recall"), (0, "harmless: false positives")):
        columns = " ".join(f"{name:24}" for name in ("rules at 0.5", "rules at 0.9", "five patterns"))
        print(f"\n{title:28} {'n':>6}  {columns} ratio at 0.5")
        for (of, name), members in sorted(groups.items()):
            if of != label or (name.startswith("lang") and len(members) < 20):
                continue
            counts = [sum(ours[i] >= level for i in members) for level in LEVELS]
            counts.append(sum(theirs[i] >= LEVELS[0] for i in members))
            ratio = f"{counts[0] / counts[2]:.1f}" if counts[2] else "-"
            shown = " ".join(f"{rate(count, len(members)):24}" for count in counts)
            print(f"{name:28} {len(members):6}  {shown} {ratio}")


def rate(count: int, total: int) -> str:
    """Return a rate with its Wilson interval."""
    z, p = 1.96, count / total
    middle = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return f"{p:.3f} [{max(0.0, middle - half):.3f}, {min(1.0, middle + half):.3f}]"


def name_worst(
    rows: Sequence[dict], ours: Sequence[float], leads: dict[str, str], options: argparse.Namespace
) -> None:
    """Print where most misses and alarms are."""
    misses: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    for row, score in zip(rows, ours, strict=True):
        style = (row.get("meta") or {}).get("style") or ""
        where = f"{row['source'].partition(':')[0]} {style}"
        if row["label"] and score < LEVELS[0]:
            misses[where] += 1
        if not row["label"] and score >= LEVELS[0]:
            alarms[f"{where} by {leads[row['text']]}{' (at 0.9)' if score >= LEVELS[1] else ''}"] += 1
    for title, counter, number in (("misses", misses, options.misses), ("alarms", alarms, options.alarms)):
        for name, count in counter.most_common(number):
            print(f"  {title} {count:4} {name}")


if __name__ == "__main__":
    main()
