from __future__ import annotations

import base64
import time

import pytest
from tests.scan.planted import GENERIC, OTHER, PROVIDER, pem

from stockade.core.finding import BatchDetector, Detector
from stockade.detectors.secrets.files import BEHIND_CHARS, SecretFiles
from stockade.detectors.secrets.tables import secret_specs
from stockade.detectors.structured import StructuredDetector

FILES = SecretFiles()
FULL = StructuredDetector(secret_specs())
FILLER = "for item in items:  # nothing to see\n    total += item.price * 3\n" * 30


def told(findings) -> list[tuple[str, int, int]]:
    return sorted((f.rule.id, f.span.start, f.span.end) for f in findings)


def test_it_is_a_detector_of_the_same_rules():
    assert isinstance(FILES, Detector)
    assert isinstance(FILES, BatchDetector)
    assert FILES.rules == FULL.rules
    assert FILES.reach is None


@pytest.mark.parametrize(
    "around", ["", FILLER, "x" * 3000 + "\n", "é" * 500 + "\n", "日本語 " * 200], ids=range(5)
)
def test_every_rule_is_found_as_the_full_detection_finds_it(around):
    texts = [f"{around}{spec.rule.probe}\n{around}" for spec in secret_specs()[::7]]
    for text, found in zip(texts, FILES.detect_many(texts), strict=True):
        assert told(found) == told(FULL.detect(text))


@pytest.mark.parametrize(
    "text",
    [
        pem(),
        "data: " + base64.b64encode(f"key = {PROVIDER}".encode()).decode(),
        f"curl -s -X POST --user app:{GENERIC} https://x",
        f"{PROVIDER}{'x' * 10}\n{OTHER}",
        f"kind: Secret\nmetadata:\n  name: x\ndata:\n  a: {base64.b64encode(GENERIC.encode()).decode()}",
        '{"token": "' + "x" * 5000 + '"}',
    ],
    ids=range(6),
)
def test_what_is_long_encoded_or_needs_its_surroundings_is_found_whole(text):
    for whole in (text, FILLER + text + "\n" + FILLER):
        assert told(FILES.detect(whole)) == told(FULL.detect(whole))


def test_in_wrapped_base64_the_lines_of_the_secret_are_found():
    text = base64.encodebytes(f"{FILLER}password = '{GENERIC}'".encode()).decode()
    (here,), (whole,) = FILES.detect(text), FULL.detect(text)
    assert here.rule == whole.rule
    assert whole.span.start <= here.span.start < here.span.end == whole.span.end


def test_texts_that_are_looked_at_together_do_not_mix():
    texts = ["", f"key '{PROVIDER}'", "nothing", "password =", f"{GENERIC}", f"é {OTHER} é"]
    found = FILES.detect_many(texts)
    assert [told(one) for one in found] == [told(FULL.detect(text)) for text in texts]


def test_characters_that_hide_have_the_whole_text_looked_at():
    hidden = PROVIDER[:6] + "\u200b" + PROVIDER[6:]
    assert told(FILES.detect(FILLER + hidden + "\n")) == told(FULL.detect(FILLER + hidden + "\n")) != []
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in PROVIDER[:10]) + PROVIDER[10:]
    assert told(FILES.detect(wide + " ")) == told(FULL.detect(wide + " ")) != []


def test_an_endless_token_is_cut_and_costs_little():
    begun = time.process_time()
    text = "a1B2" * 500_000
    FILES.detect(text)
    FILES.detect(f"{text}{PROVIDER}{text}")
    FILES.detect((f"{PROVIDER} " + "x" * BEHIND_CHARS) * 300)
    assert time.process_time() - begun < 8
