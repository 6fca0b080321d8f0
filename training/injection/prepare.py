"""Rows of text to arrays of word pieces with the place of the payload, ready to be cut into windows."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np

from stockade.detectors.injection.classifier_wordpiece import WordPiece
from stockade.detectors.injection.views import Decoder
from stockade.detectors.normalize.fold import FoldTable, fold

CHANNELS = ("user", "document", "tool")
# One row in 25 (by group, so that no carrier is on both sides) is kept for calibration.
CALIBRATION_SHARE = 25
# Payloads from a published evaluation benchmark (its training part, but still its templates) are left out.
LEFT_OUT_STYLES = ("bipia-train-naive", "bipia-train-wrapped")
# Payloads are recorded up to this many characters.
PAYLOAD_CHARS = 220
# How often a row is seen in one epoch, by the beginning of its source: scarce kinds more, easy ones less.
TIMES = {
    "own-hard-negatives": 3.0,
    "own-system-prompts": 2.5,
    "verazuo-regular-prompts": 3.0,
    "jackhhao": 1.5,
    "GPTeacher-roleplay": 1.0,
    "awesome-chatgpt-prompts": 2.0,
    "PlexPt": 1.0,
    "prompts.chat-book": 0.7,
    "MITRE-ATLAS": 1.0,
    "OWASP": 1.0,
    "IFEval": 1.5,
    "arena-hard": 1.0,
    "PyRIT": 2.5,
    "JBB-artifacts": 2.0,
    "GPTFuzzer": 3.0,
    "Self-Reminder": 3.0,
    "garak/": 1.5,
    "verazuo/": 1.5,
    "deepset": 1.5,
    "own-en-direct": 1.5,
    "own-ml-direct": 1.0,
    "own-gen-direct": 0.7,
    "Giskard": 0.5,
    "evasion-aug": 0.4,
    "self-instruct": 0.3,
    "BFCL-queries": 0.2,
    "Banking77": 0.15,
    "CLINC150": 0.15,
    "P3(T0)": 0.4,
    "SGD-user": 0.2,
    "XQuAD-questions": 0.15,
    "GPTeacher-codegen": 0.3,
    "GPTeacher-toolformer": 0.3,
    "hinglish": 0.4,
    "PIArena": 0.9,
    "composed-benign": 0.8,
    "composed": 0.55,
    "carrier": 0.3,
}


def times(source: str) -> float:
    """Return how often a row of *source* is seen in one epoch."""
    return next((n for start, n in TIMES.items() if source.startswith(start)), 1.0)


def is_calibration(group: str) -> bool:
    """Say whether the rows of *group* are kept for calibration."""
    return int.from_bytes(hashlib.sha256(group.encode()).digest()[:4]) % CALIBRATION_SHARE == 0


class Reader:
    """Turns texts into what the model sees: decoded where encoded, folded, cut."""

    def __init__(self, pieces: WordPiece) -> None:
        self._pieces = pieces
        self._table = FoldTable()
        self._decoder = Decoder()

    def plain(self, text: str, *, decode: bool) -> str:
        """Return *text* folded, its encoded runs decoded if *decode*."""
        folded = fold(text, self._table)
        reading = self._decoder.reading(text, folded.data.lower()) if decode else None
        return fold(reading.text, self._table).text if reading else folded.text

    def row(self, row: dict) -> tuple[np.ndarray, int, int]:
        """Return the pieces of a row and where the payload begins and ends in them (-1: not known)."""
        meta = row.get("meta") or {}
        text = self.plain(row["text"], decode="evasion" in meta)
        cut = self._pieces.cut(text)
        ids = np.asarray(cut.ids, dtype=np.uint16)
        begin, end = self._payload(text, meta.get("payload") or "")
        if begin < 0:
            return ids, -1, -1
        starts = np.asarray(cut.starts)
        return ids, int(np.searchsorted(starts, begin)), int(np.searchsorted(starts, end))

    def _payload(self, text: str, payload: str) -> tuple[int, int]:
        if not payload:
            return -1, -1
        for form in (payload, json.dumps(payload)[1:-1], json.dumps(payload, ensure_ascii=False)[1:-1]):
            wanted = fold(form, self._table).text
            at = text.find(wanted)
            if at >= 0:
                # A recorded payload that was cut goes on for as long again, at a guess.
                more = len(wanted) // 2 if len(payload) >= PAYLOAD_CHARS else 0
                return at, min(len(text), at + len(wanted) + more)
        return -1, -1


def prepare(data: Path, vocabulary: Path, target: Path) -> None:
    """Write ``target`` (npz): pieces of all rows end to end, and one entry a row for everything else."""
    reader = Reader(WordPiece(vocabulary.read_text("utf-8").split("\n")))
    ids: list[np.ndarray] = []
    table: list[tuple[int, int, int, int, int, int, float]] = []
    with data.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            meta = row.get("meta") or {}
            if meta.get("style") in LEFT_OUT_STYLES:
                continue
            pieces, begin, end = reader.row(row)
            if not len(pieces):
                continue
            ids.append(pieces)
            kept = int(is_calibration(row["group"]))
            channel = CHANNELS.index(row["channel"])
            table.append((number, row["label"], channel, begin, end, kept, times(row["source"])))
    lengths = np.asarray([len(i) for i in ids])
    np.savez(
        target,
        ids=np.concatenate(ids),
        offsets=np.concatenate([[0], np.cumsum(lengths)]),
        table=np.asarray(table, dtype=np.float64),
    )


if __name__ == "__main__":
    import sys

    prepare(*(Path(argument) for argument in sys.argv[1:4]))
