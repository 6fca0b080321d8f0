from __future__ import annotations

import base64
import random
import time

import pytest

from stockade.core.finding import Detector
from stockade.detectors.secrets.key_lines import LINE_CHARS, LINES_MAX, KeyLines

SOURCE = random.Random(11)
BODY = base64.b64encode(SOURCE.randbytes(48 * 6)).decode()
LINES = [BODY[at : at + LINE_CHARS] for at in range(0, len(BODY), LINE_CHARS)]


def places(text: str) -> list[tuple[int, int]]:
    return [tuple(finding.span) for finding in KeyLines().detect(text)]


def test_it_is_a_detector_that_needs_the_whole_text():
    detector = KeyLines()
    assert isinstance(detector, Detector)
    assert detector.reach is None
    assert [f.rule for f in detector.detect(detector.rules[0].probe)] == list(detector.rules)


def test_lines_that_follow_each_other_are_one_finding():
    text = "before\n" + "\n".join(LINES) + "\nafter"
    assert places(text) == [(7, 7 + len("\n".join(LINES)))]


@pytest.mark.parametrize("pattern", ["#6 0.245 {}", "2026-01-01 12:00:00 {}", ' + "{}\\n"', "{}\r"])
def test_a_line_is_found_in_logs_and_programs(pattern):
    assert len(places("\n".join(pattern.format(line) for line in LINES))) >= 1


@pytest.mark.parametrize("kind", ["CERTIFICATE", "PUBLIC KEY", "PGP SIGNATURE"])
def test_lines_under_a_header_of_another_kind_are_clean(kind):
    dashes = "-" * 5
    text = f"{dashes}BEGIN {kind}{dashes}\n" + "\n".join(LINES * 5) + f"\n{dashes}END {kind}{dashes}\n"
    assert places(text) == []
    assert len(places(text + LINES[0])) == 1


def test_hashes_words_and_files_in_base64_are_clean():
    assert places("sha384-" + LINES[0]) == []
    assert places("a" * LINE_CHARS) == []
    assert places("0123456789abcdef" * 4) == []
    assert places("x" + LINES[0]) == places(LINES[0] + "x") == places(LINES[0] + "=") == []
    assert places("iVBORw0KGgo" + LINES[0][11:]) == []
    assert places(f"{LINES[0]} and more words") == []
    assert places("\n".join(LINES[n % 6] for n in range(LINES_MAX + 1))) == []


def test_places_are_right_behind_other_alphabets():
    text = "ключ 🔑\n" + LINES[0]
    assert places(text) == [(7, 7 + LINE_CHARS)]


def test_a_megabyte_of_base64_costs_linear_time():
    begun = time.process_time()
    places(BODY * 3000)
    places("\n".join(LINES * 3000))
    assert time.process_time() - begun < 3
