"""What the tests of the tables share: the table alone, with and without its gates."""

from __future__ import annotations

from collections.abc import Sequence

from stockade.detectors.engine.matching import compile_pattern
from stockade.detectors.injection.scanning import SignalScanner
from stockade.detectors.injection.signal import SUPPORTING, Row, signals
from stockade.detectors.normalize.fold import FoldTable, fold


def families(rows: Sequence[Row], text: str) -> set[str]:
    """Return the kinds of evidence the table finds in *text*; its gates must not hide any match."""
    made = signals(rows)
    data = fold(text, FoldTable()).text.encode().lower()
    ungated = {
        (s.family.value, s.pattern) for s in made if compile_pattern(s.pattern).find(data, 0, len(data))
    }
    gated = {(e.signal.family.value, e.signal.pattern) for e in SignalScanner(made).events(data).events}
    hints = {pair for pair in ungated if pair[0] in SUPPORTING}
    assert ungated - gated <= hints, "a gate hides a match"
    return {family for family, _ in gated}
