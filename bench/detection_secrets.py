"""How well secrets are found: precision, recall and F1 over labelled lines.

    python bench/detection_secrets.py DATA.jsonl [--misses N] [--alarms N]

A row counts as found if any secret is reported in it; "placed" counts a found row only if a finding
overlaps the labelled span. Values are never printed; rows are named by id, type and source.
"""

from __future__ import annotations

import argparse
import base64
import json
import time
from collections import Counter
from pathlib import Path

from stockade.detectors.catalogue import structured_specs
from stockade.detectors.structured import StructuredDetector


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--misses", type=int, default=0, help="list the types with the most misses")
    parser.add_argument("--alarms", type=int, default=0, help="list the types with the most false alarms")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.data.read_text("utf-8").splitlines()]
    texts = [base64.b64decode(row["text_b64"]).decode() for row in rows]
    detector = StructuredDetector(structured_specs())
    begun = time.process_time()
    found = [[f for f in detector.detect(text) if f.rule.data_class == "credentials"] for text in texts]
    spent = time.process_time() - begun
    counts: Counter[tuple[str, str]] = Counter()
    misses: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    for row, findings in zip(rows, found, strict=True):
        outcome = "tp" if row["label"] and findings else "fn" if row["label"] else "fp" if findings else "tn"
        counts[row["source"], outcome] += 1
        counts["all", outcome] += 1
        if outcome == "tp" and row["start"] >= 0:
            spans = row["spans"] or [[row["start"], row["end"]]]
            hit = any(f.span.start < end and start < f.span.end for f in findings for start, end in spans)
            counts["all", "placed" if hit else "misplaced"] += 1
        if outcome == "fn":
            misses[f"{row['source']}: {row['type']}"] += 1
        if outcome == "fp":
            alarms[f"{row['source']}: {row['type']} by {findings[0].rule.id}"] += 1
    for source in sorted({source for source, _ in counts}):
        print_line(source, *(counts[source, outcome] for outcome in ("tp", "fp", "fn")))
    print(
        f"placed {counts['all', 'placed']} of {counts['all', 'placed'] + counts['all', 'misplaced']} found rows with a span"
    )
    print(f"{sum(map(len, texts)) / 1e6:.2f} MB in {spent:.2f} CPU s")
    for title, counter, number in (("misses", misses, options.misses), ("alarms", alarms, options.alarms)):
        for name, count in counter.most_common(number):
            print(f"  {title} {count:4} {name}")


def print_line(name: str, tp: int, fp: int, fn: int) -> None:
    """Print one line of figures."""
    precision, recall = tp / max(1, tp + fp), tp / max(1, tp + fn)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"{name:18} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}   tp {tp} fp {fp} fn {fn}")


if __name__ == "__main__":
    main()
