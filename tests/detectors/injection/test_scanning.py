from __future__ import annotations

from stockade.detectors.injection.scanning import SignalScanner
from stockade.detectors.injection.signal import Family, Pattern, signals

ROWS = (
    Pattern(Family.OVERRIDE, 0.5, ("one|eins", "two"), r"(?:one|eins)[ -]two"),
    Pattern(Family.HINT, 0.2, "three", r"three"),
    Pattern(Family.ROLE, 0.2, r"\bai", r"\bai\b"),
)
SCANNER = SignalScanner(signals(ROWS))


def found(data: bytes, scanner: SignalScanner = SCANNER) -> list[tuple[int, int]]:
    return [(e.start, e.end) for e in scanner.events(data).events]


def test_matches_come_by_place():
    assert found(b"three one two eins-two ai") == [(0, 5), (6, 13), (14, 22), (23, 25)]


def test_a_hint_alone_is_not_looked_for():
    assert found(b"three") == []


def test_a_word_gate_opens_for_the_word_only():
    assert found(b"said again") == []


def test_repetition_is_counted_to_a_bound_and_the_place_is_told():
    answer = SCANNER.events(b"one two " * 1000)
    assert len(answer.events) == 400
    assert answer.cut == 400 * 8 - 1


def test_the_standard_library_finds_the_same():
    data = b"three one two eins-two ai said"
    assert found(data, SignalScanner(signals(ROWS), linear=False)) == found(data)
