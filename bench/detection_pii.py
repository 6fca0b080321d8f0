"""How well identifiers of people, care and money are found: precision and recall for each kind.

    python bench/detection_pii.py DATA [--file dev.jsonl.gz] [--misses N] [--alarms N]

DATA is a folder of ``*.jsonl.gz`` files, one row a text: ``{"text", "spans": [{"start", "end", "label"}],
"source", …}``. Only sources whose every kind is labelled are read (``--sources``; corpora of names label
nothing else, so an e-mail address there is neither right nor wrong).

Spans of the data without a digit, where a kind has digits ("infant" as a record number), are not counted.
A span counts as found if a finding of its kind overlaps it; a finding is right if it overlaps a span of its
kind. A finding of the wrong kind on a span is a miss and a false alarm. ``exact`` asks for the same
characters. Kinds are groups of labels: a French social security number is a right answer where the data
says NATIONAL_ID.

Three groups of labels are kept apart and not in the total:

- *no structure*: names, places, professions, … are the business of other detectors, and not counted at all;
- *own to an organisation*: employee and customer numbers, user names: whatever a house likes;
- *partial by intent*: dates and ages (only what a word ties to birth or care), postal codes (only beside a
  word for one), which most of the data's are not.

A finding on such a span, of such a kind or one that belongs there (a postal code in an address), is not an
alarm. Values are never printed unless ``--misses`` or ``--alarms`` asks for examples from your own data.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from stockade.core.finding import Finding
from stockade.detectors.catalogue import structured_specs
from stockade.detectors.structured import StructuredDetector

SOURCES = "synth-h2,meddocan-train,meddocan-dev"
# Label of the data -> kind. Kinds in capitals are in the total.
KIND_OF_LABEL = {
    "EMAIL_ADDRESS": "EMAIL",
    "PHONE_NUMBER": "PHONE",
    "URL": "URL",
    "IP_ADDRESS": "IP",
    "MAC_ADDRESS": "MAC",
    "CREDIT_CARD": "CARD",
    "CVV": "CVV",
    "CARD_EXPIRY": "EXPIRY",
    "IBAN_CODE": "IBAN",
    "SWIFT_CODE": "SWIFT",
    "BANK_ACCOUNT": "ACCOUNT",
    "ROUTING_NUMBER": "ROUTING",
    "US_SSN": "NATIONAL",
    "NATIONAL_ID": "NATIONAL",
    "PASSPORT": "PASSPORT",
    "US_PASSPORT": "PASSPORT",
    "DRIVER_LICENSE": "LICENSE",
    "US_DRIVER_LICENSE": "LICENSE",
    "MEDICAL_RECORD_NUMBER": "RECORD",
    "HEALTH_INSURANCE_ID": "INSURANCE",
    "MEDICAL_LICENSE": "PRACTITIONER",
    "VEHICLE_ID": "VEHICLE",
    "CRYPTO": "CRYPTO",
    "DATE_OF_BIRTH": "BIRTH",
    "EMPLOYEE_ID": "employee",
    "CUSTOMER_ID": "customer",
    "USERNAME": "username",
    "DATE_TIME": "date",
    "AGE": "age",
    "ZIP_CODE": "postcode",
}
DIGITLESS = {"EMAIL", "URL", "SWIFT", "username", "MAC", "age", "date"}
# What else is labelled, and which kinds of finding are no alarm there.
INSIDE = {"STREET_ADDRESS": {"postcode"}, "LOCATION": {"postcode"}, "EMAIL_ADDRESS": {"username"}}
# Labels of ours whose name does not say their kind; the rest is told by a part of the name.
KIND_OF_OURS = {
    "EMAIL_ADDRESS": "EMAIL", "PHONE_NUMBER": "PHONE", "URL": "URL", "IP_ADDRESS": "IP",
    "MAC_ADDRESS": "MAC", "CREDIT_CARD": "CARD", "CVV": "CVV", "CARD_EXPIRY": "EXPIRY", "CRYPTO": "CRYPTO",
    "IBAN_CODE": "IBAN", "SWIFT_CODE": "SWIFT", "ABA_ROUTING_NUMBER": "ROUTING", "VIN": "VEHICLE",
    "DATE_OF_BIRTH": "BIRTH", "MEDICAL_RECORD_NUMBER": "RECORD", "MEDICAL_LICENSE": "PRACTITIONER",
    "US_NPI": "PRACTITIONER", "EMPLOYEE_ID": "employee", "CUSTOMER_ID": "customer", "USERNAME": "username",
    "DATE_TIME": "date", "AGE": "age", "ZIP_CODE": "postcode", "UK_POSTCODE": "postcode",
    "US_BANK_NUMBER": "ACCOUNT", "ES_NSS": "INSURANCE", "UK_NHS": "INSURANCE", "US_MBI": "INSURANCE",
}  # fmt: skip
KIND_OF_PART = {
    "PASSPORT": "PASSPORT", "DRIVER_LICENSE": "LICENSE", "DRIVING_LICENCE": "LICENSE",
    "HEALTH": "INSURANCE", "MEDICARE": "INSURANCE", "BANK_ACCOUNT": "ACCOUNT", "PLATE": "VEHICLE",
    "VEHICLE": "VEHICLE", "POSTAL": "postcode",
}  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--file", default="dev.jsonl.gz")
    parser.add_argument("--sources", default=SOURCES, help="comma list of sources to read")
    parser.add_argument("--misses", type=int, default=0, help="show examples of what was missed")
    parser.add_argument("--alarms", type=int, default=0, help="show examples of false alarms")
    options = parser.parse_args()
    rows = list(read(options.data / options.file, set(options.sources.split(","))))
    detector = StructuredDetector(structured_specs())
    begun = time.process_time()
    found = [
        [f for f in detector.detect(row["text"]) if f.rule.data_class in {"pii", "phi", "financial"}]
        for row in rows
    ]
    spent = time.process_time() - begun
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[str, list[str]] = {"miss": [], "alarm": []}
    for row, findings in zip(rows, found, strict=True):
        score(row, findings, counts, examples)
    report(counts)
    characters = sum(len(row["text"]) for row in rows)
    print(f"{len(rows)} texts, {characters / 1e6:.2f} M characters in {spent:.2f} CPU s")
    for name, number in (("miss", options.misses), ("alarm", options.alarms)):
        for line in sorted(examples[name])[:number]:
            print(f"  {name} {line}")


def read(path: Path, sources: set[str]) -> Iterator[dict]:
    """Yield the rows of *path* whose source is one of *sources*."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["source"] in sources:
                yield row


def kind_of(label: str) -> str:
    """Return the kind of one of our labels; what no other kind takes is a national identifier."""
    if label in KIND_OF_OURS:
        return KIND_OF_OURS[label]
    return next((kind for part, kind in KIND_OF_PART.items() if part in label), "NATIONAL")


def score(row: dict, findings: list[Finding], counts: Counter, examples: dict[str, list[str]]) -> None:
    """Count one text."""
    gold = [(s["start"], s["end"], KIND_OF_LABEL.get(s["label"], s["label"]), s) for s in row["spans"]]
    ours = [(f.span.start, f.span.end, kind_of(f.rule.label), f) for f in findings]
    for start, end, kind, span in gold:
        if span["label"] not in KIND_OF_LABEL or not structured(row["text"][start:end], kind):
            continue
        same = [o for o in ours if o[2] == kind and o[0] < end and start < o[1]]
        counts[kind, "found" if same else "missed"] += 1
        counts[kind, "exact"] += any((o[0], o[1]) == (start, end) for o in same)
        if not same:
            wrong = ",".join(sorted({o[3].rule.label for o in ours if o[0] < end and start < o[1]}))
            examples["miss"].append(f"{kind}: {excerpt(row['text'], start, end)} {wrong}")
    for start, end, kind, finding in ours:
        over = [g for g in gold if g[0] < end and start < g[1]]
        if any(g[2] == kind for g in over):
            counts[kind, "right"] += 1
        elif not any(kind in INSIDE.get(g[3]["label"], ()) for g in over):
            counts[kind, "alarm"] += 1
            named = ",".join(g[3]["label"] for g in over) or "nothing"
            shown = excerpt(row["text"], start, end)
            examples["alarm"].append(f"{kind} {finding.rule.label} on {named}: {shown}")


def structured(value: str, kind: str) -> bool:
    """Say whether the span is a value of its kind at all, not a word put in its place."""
    return kind in DIGITLESS or any(char.isdigit() for char in value)


def excerpt(text: str, start: int, end: int) -> str:
    """Return the span with what stands around it, on one line."""
    return f"{text[max(0, start - 40) : start]}⟦{text[start:end]}⟧{text[end : end + 12]}".replace("\n", "⏎")


def report(counts: Counter) -> None:
    """Print a line for each kind, and the totals."""
    kinds = sorted({kind for kind, _ in counts})
    print(f"{'kind':14} {'spans':>6} {'recall':>7} {'exact':>7} {'findings':>8} {'precision':>9}")
    for group in ([k for k in kinds if k.isupper()], [k for k in kinds if not k.isupper()]):
        for kind in group:
            print_line(kind, [kind], counts)
        print_line("total" if group[0].isupper() else "apart", group, counts)
        print()


def print_line(name: str, kinds: list[str], counts: Counter) -> None:
    """Print one line of figures."""
    found, missed, exact, right, alarm = (
        sum(counts[kind, what] for kind in kinds) for what in ("found", "missed", "exact", "right", "alarm")
    )
    spans, findings = found + missed, right + alarm
    recall, precise = found / max(1, spans), right / max(1, findings)
    print(f"{name:14} {spans:6} {recall:7.3f} {exact / max(1, spans):7.3f} {findings:8} {precise:9.3f}")


if __name__ == "__main__":
    main()
