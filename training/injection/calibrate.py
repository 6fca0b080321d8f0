"""Choose how scores are read: what the first network may clear, what each score adds, and the thresholds.

Everything is measured on the exported int8 files, over whole texts of the calibration rows (a part of the
training data that was not trained on), cut into windows exactly as the product cuts them.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from prepare import CHANNELS, is_calibration
from sklearn.linear_model import LogisticRegression

from stockade.core.message import Origin
from stockade.detectors.injection.classifier import Classifier
from stockade.detectors.injection.classifier_files import ModelFiles
from stockade.detectors.injection.detector import InjectionRules
from stockade.detectors.injection.views import Decoder
from stockade.detectors.normalize.fold import FoldTable, fold

LAYOUT = {"pieces": 96, "overlap": 32}
ORIGINS = [Origin(name) for name in CHANNELS]
# Of harmless texts of each origin so many are reported; of attacks so many are lost by clearing.
ALARMS, LOST = 0.01, 0.004
# With fewer harmless texts of an origin no hundredth can be told: the highest is the threshold.
FEW = 200
# A line that clears nothing and adds nothing, for measuring.
_OPEN = {"clear": -1e9, "first": 1.0, "second": 1.0, "rules": 0.0, "base": 0.0}


@dataclass
class Text:
    """One text: label, origin, source, group, and of each of its windows both scores and the rules' claim."""

    label: int
    origin: int
    source: str
    group: str
    scores: np.ndarray


def measure(rows: list[dict], first: bytes, second: bytes, vocabulary: tuple[str, ...]) -> list[Text]:
    """Return the scores of all windows of *rows*."""
    scale = {**LAYOUT, "lines": {origin.value: _OPEN for origin in ORIGINS}}
    classifier = Classifier.opened(ModelFiles(first, second, vocabulary, json.dumps(scale).encode()))
    rules, table, decoder = InjectionRules(), FoldTable(), Decoder()
    found = []
    for row in rows:
        text, origin = row["text"][:8_000], CHANNELS.index(row["channel"])
        folded = fold(text, table)
        reading = decoder.reading(text, folded.data.lower())
        claims = rules.detect(text)
        plain = fold(reading.text, table).text if reading else folded.text
        windows = classifier.windows(plain, ORIGINS[origin])
        if not windows:
            continue
        # Where nothing moved a claim belongs to its window; elsewhere to all of them.
        exact = folded.same and not reading
        scores = [
            (
                w.first,
                w.second,
                max(
                    (
                        c.confidence
                        for c in claims
                        if not exact or (c.span.start < w.span.end and w.span.start < c.span.end)
                    ),
                    default=0.0,
                ),
            )
            for w in windows
        ]
        found.append(Text(row["label"], origin, row["source"], row["group"], np.asarray(scores, np.float32)))
    return found


def calibrate(texts: list[Text]) -> dict:
    """Return the scale, as it is written."""
    tops = np.asarray([t.scores[t.scores[:, :2].sum(1).argmax()] for t in texts])
    labels = np.asarray([t.label for t in texts])
    # Rules count for what they add where the networks hesitate; the networks' weights are fitted first.
    model = LogisticRegression(C=1.0, class_weight="balanced").fit(tops, labels)
    first, second, rules = (max(0.0, float(w)) for w in model.coef_[0])
    lines = {}
    clear = _clear(texts)
    for number, origin in enumerate(ORIGINS):
        mine = [t for t in texts if t.origin == number]
        sums = [_top(t, clear, (first, second, rules)) for t in mine]
        bar = _bar([(s, t.group) for s, t in zip(sums, mine, strict=True) if not t.label])
        lines[origin.value] = {
            "clear": round(clear, 3),
            "first": round(first, 4),
            "second": round(second, 4),
            "rules": round(rules, 4),
            "base": round(-bar, 4),
        }
    return {**LAYOUT, "lines": lines}


def _bar(harmless: list[tuple[float, str]]) -> float:
    """Return the sum that one harmless text in a hundred reaches, each group counted as one text.

    Texts of one group are cut from the same book: if it teaches attacks, they all score high together.
    """
    if len(harmless) < FEW:
        return max(total for total, _ in harmless)
    sizes = Counter(group for _, group in harmless)
    left = ALARMS * len(sizes)
    for total, group in sorted(harmless, reverse=True):
        left -= 1 / sizes[group]
        if left <= 0:
            return total
    return min(total for total, _ in harmless)


def _clear(texts: list[Text]) -> float:
    """Return the first network's score under which only so many attacks have all their windows."""
    tops = [float(t.scores[:, 0].max()) for t in texts if t.label]
    return float(np.quantile(tops, LOST))


def _top(text: Text, clear: float, weights: tuple[float, float, float]) -> float:
    read = text.scores[(text.scores[:, 0] >= clear) | (text.scores[:, 2] > 0)]
    return float((read @ np.asarray(weights)).max()) if len(read) else -99.0


def rows_for_calibration(data: Path) -> list[dict]:
    """Return the calibration rows of the training data."""
    with data.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [row for row in rows if is_calibration(row["group"]) and not _left_out(row)]


def _left_out(row: dict) -> bool:
    return str((row.get("meta") or {}).get("style", "")).startswith("bipia")
