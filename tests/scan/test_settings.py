from __future__ import annotations

import pickle

from stockade.core.finding import Severity
from stockade.scan.settings import OVERLAP_CHARS, PIECE_CHARS, Settings


def test_settings_travel_to_other_processes_and_name_a_checker():
    settings = Settings(pii=True, severity_min=Severity.LOW)
    assert pickle.loads(pickle.dumps(settings)) == settings
    assert hash(settings) == hash(Settings(pii=True, severity_min=Severity.LOW))


def test_secrets_are_redacted_and_marks_honoured_unless_asked_otherwise():
    settings = Settings()
    assert (settings.reveal, settings.keep_values, settings.honour_marks) == (False, False, True)


def test_pieces_overlap_by_less_than_they_hold():
    assert OVERLAP_CHARS < PIECE_CHARS
