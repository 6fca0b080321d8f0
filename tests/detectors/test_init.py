from __future__ import annotations

from stockade.core.finding import BatchDetector, Detector, SettlingDetector
from stockade.detectors import all_rules, builtin_detectors


def test_every_built_in_detector_keeps_the_protocol():
    detectors = builtin_detectors()
    assert detectors
    assert all(isinstance(detector, Detector) for detector in detectors)
    assert len({detector.name for detector in detectors}) == len(detectors)


def test_the_structured_detector_takes_many_texts_and_settles():
    structured = next(detector for detector in builtin_detectors() if detector.name == "structured")
    assert isinstance(structured, BatchDetector)
    assert isinstance(structured, SettlingDetector)


def test_rules_are_listed_once_and_in_order():
    ids = [rule.id for rule in all_rules()]
    assert ids == sorted(set(ids))
    assert {"pii.email_address", "financial.iban_code", "secret.private_key"} <= set(ids)
