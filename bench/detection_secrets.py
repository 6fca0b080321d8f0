"""How well secrets are found: precision, recall and F1 over labelled lines.

    python bench/detection_secrets.py DATA.jsonl [--misses N] [--alarms N]

A row counts as found if any secret is reported in it; "placed" counts a found row only if a finding
overlaps the labelled span. Printed for all rules, for those a scan reports by default (no identifiers of low
severity), and for the generic rules alone: what share of the rows that no provider's rule finds they find,
and on what share of the harmless rows they raise a false alarm. Rows are named by id, type and source.
"""

from __future__ import annotations

import argparse
import base64
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stockade.core.finding import Finding, Severity
from stockade.detectors.secrets.key_lines import KeyLines
from stockade.detectors.secrets.tables import generic_specs, secret_specs
from stockade.detectors.structured import StructuredDetector


@dataclass(slots=True)
class Tally:
    """What was counted."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)

    def add(self, row: dict, findings: Sequence[Finding]) -> None:
        """Count one row."""
        outcome = "tp" if row["label"] and findings else "fn" if row["label"] else "fp" if findings else "tn"
        self.counts[row["source"], outcome] += 1
        self.counts["all", outcome] += 1
        if outcome == "tp" and row["start"] >= 0:
            spans = row["spans"] or [[row["start"], row["end"]]]
            hit = any(f.span.start < end and start < f.span.end for f in findings for start, end in spans)
            self.counts["all", "placed" if hit else "misplaced"] += 1
        if outcome == "fn":
            self.misses[f"{row['source']}: {row['type']}"] += 1
        if outcome == "fp":
            self.alarms[f"{row['source']}: {row['type']} by {findings[0].rule.id}"] += 1


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--misses", type=int, default=0, help="list the types with the most misses")
    parser.add_argument("--alarms", type=int, default=0, help="list the types with the most false alarms")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.data.read_text("utf-8").splitlines()]
    texts = [base64.b64decode(row["text_b64"]).decode() for row in rows]
    begun = time.process_time()
    detector = StructuredDetector(secret_specs())
    lines = KeyLines()
    found = [[*detector.detect(text), *lines.detect(text)] for text in texts]
    spent = time.process_time() - begun
    generic = {rule.id for rule in StructuredDetector(generic_specs()).rules}

    tally = tallied(rows, found, lambda _: True)
    for source in sorted({source for source, _ in tally.counts}):
        print_line(source, tally.counts, source)
    placed, misplaced = tally.counts["all", "placed"], tally.counts["all", "misplaced"]
    print(f"placed {placed} of {placed + misplaced} found rows with a span")
    by_default = tallied(rows, found, lambda f: f.rule.severity > Severity.LOW)
    print_line("scan's default", by_default.counts, "all")
    providers = [[f for f in findings if f.rule.id not in generic] for findings in found]
    alone = [StructuredDetector(generic_specs()).detect(text) for text in texts]
    left = [n for n, row in enumerate(rows) if row["label"] and not providers[n]]
    harmless = [n for n, row in enumerate(rows) if not row["label"]]
    print_line("providers' rules", tallied(rows, providers, lambda _: True).counts, "all")
    print(
        f"generic rules find {share(left, alone)} of the {len(left)} secrets that no provider's rule finds, "
        f"false alarms on {share(harmless, alone)} of {len(harmless)} harmless rows"
    )
    print(f"{sum(map(len, texts)) / 1e6:.2f} MB in {spent:.2f} CPU s, start included")
    for title, counter, number in (
        ("misses", tally.misses, options.misses),
        ("alarms", tally.alarms, options.alarms),
    ):
        for name, count in counter.most_common(number):
            print(f"  {title} {count:4} {name}")


def tallied(
    rows: Sequence[dict], found: Sequence[Sequence[Finding]], counted: Callable[[Finding], bool]
) -> Tally:
    """Count all rows, with the findings that are *counted*."""
    tally = Tally()
    for row, findings in zip(rows, found, strict=True):
        tally.add(row, [finding for finding in findings if counted(finding)])
    return tally


def share(numbers: Sequence[int], found: Sequence[Sequence[Finding]]) -> str:
    """Return how many of the rows have a finding, in per cent."""
    return f"{sum(bool(found[number]) for number in numbers) / max(1, len(numbers)):.1%}"


def print_line(name: str, counts: Counter[tuple[str, str]], source: str) -> None:
    """Print one line of figures."""
    tp, fp, fn = (counts[source, outcome] for outcome in ("tp", "fp", "fn"))
    precision, recall = tp / max(1, tp + fp), tp / max(1, tp + fn)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"{name:18} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}   tp {tp} fp {fp} fn {fn}")


if __name__ == "__main__":
    main()
