from __future__ import annotations

import io
import zipfile

import pytest
from tests.scan.planted import GENERIC, MAIL, OTHER, PROVIDER, pem

from stockade.core.finding import Severity
from stockade.scan import checker
from stockade.scan.blob import Blob
from stockade.scan.checker import Checker, Outcome
from stockade.scan.settings import Settings

CHECKER = Checker(Settings())


def found(*blobs: Blob, settings: Settings | None = None) -> list[str]:
    used = CHECKER if settings is None else Checker(settings)
    return [f"{f.result.rule.id.partition('.')[2]} {f.result.place}" for f in used.check(blobs).found]


def test_findings_point_at_their_lines_in_their_files():
    blobs = [
        Blob("a.py", f"x = 1\nkey = '{PROVIDER}'\n".encode()),
        Blob("b.py", b"nothing"),
        Blob("c.env", f"# é😀 \nDB_PASSWORD={GENERIC}\n".encode()),
    ]
    assert found(*blobs) == ["anthropic_api a.py:2:8", "password c.env:2:13"]


def test_a_private_key_spans_its_lines_and_hides_lines_of_its_own():
    outcome = CHECKER.check([Blob("key", ("x\n" + pem()).encode())])
    (one,) = outcome.found
    assert one.result.rule.id == "secret.private_key"
    assert (one.result.place.line, one.result.place.end_line) == (2, 13)


def test_nothing_of_a_value_is_in_an_outcome_unless_it_is_asked_for():
    blob = Blob("a", f"key = '{PROVIDER}'".encode())
    outcome = CHECKER.check([blob])
    assert PROVIDER not in repr(outcome)
    assert outcome.found[0].value == ""
    assert outcome.found[0].result.shown == PROVIDER[:4] + "…"
    kept = Checker(Settings(keep_values=True, reveal=True, fingerprints=True)).check([blob]).found[0]
    assert kept.value == kept.result.shown == PROVIDER
    assert len(kept.result.fingerprint) == 32


def test_the_same_value_has_the_same_digest_wherever_it_stands():
    outcome = CHECKER.check(
        [Blob("a", f"k='{PROVIDER}' {OTHER}".encode()), Blob("b", f"\n{PROVIDER} ".encode())]
    )
    first, other, again = outcome.found
    assert first.digest == again.digest != other.digest


def test_archives_and_programs_are_looked_into():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("conf/app.env", f"KEY={PROVIDER}\n")
    blobs = [Blob("x.jar", made.getvalue()), Blob("prog", b"\x7fELF\0\0\1" + PROVIDER.encode() + b"\0")]
    assert found(*blobs) == ["anthropic_api x.jar!conf/app.env:1:5", "anthropic_api prog"]


def test_what_cannot_be_opened_is_unchecked_and_media_are_counted():
    outcome = CHECKER.check(
        [Blob("a.7z", b"7z\xbc\xaf\x27\x1c" + b"\0" * 30), Blob("a.png", b"\x89PNG\r\n\x1a\n\0\0")]
    )
    assert [u.place.path for u in outcome.unchecked] == ["a.7z"]
    assert (outcome.opaque, outcome.files) == (1, 2)


def test_marks_silence_unless_they_are_not_honoured():
    blob = Blob("a", f"key = '{PROVIDER}'  # pragma: allowlist secret\n".encode())
    outcome = CHECKER.check([blob])
    assert (outcome.found, outcome.marked) == ([], 1)
    assert len(found(blob, settings=Settings(honour_marks=False))) == 1


def test_severity_and_confidence_have_a_floor():
    blob = Blob("a", b"id = AC0d9cf2a457b14c3e8a6f1b2c3d4e5f60 \n")
    assert found(blob) == []
    assert found(blob, settings=Settings(severity_min=Severity.LOW)) == ["twilio_sid a:1:6"]
    password = Blob("a", f"password = '{GENERIC}'".encode())
    assert found(password, settings=Settings(confidence_min=0.9)) == []


def test_personal_data_is_found_only_if_it_is_asked_for():
    blob = Blob("a", f"mail {MAIL}\n".encode())
    assert found(blob) == []
    assert found(blob, settings=Settings(pii=True)) == ["email_address a:1:6"]


def test_only_lines_that_were_added_count():
    data = f"k1 = '{PROVIDER}'\nk2 = '{OTHER}'\n".encode()
    assert found(Blob("a", data, added=((2, 3),))) == ["groq a:2:7"]
    assert found(Blob("a", data, added=())) == []


def test_a_long_text_is_cut_into_pieces_and_nothing_is_lost_or_told_twice(monkeypatch):
    monkeypatch.setattr(checker, "PIECE_CHARS", 1000)
    monkeypatch.setattr(checker, "OVERLAP_CHARS", 300)
    filler = "word " * 150
    for shift in range(0, 900, 90):
        text = "x" * shift + f"\n{PROVIDER}\n" + filler + f"\n{OTHER}\n" + filler
        places = [f.result.place for f in CHECKER.check([Blob("a", text.encode())]).found]
        assert [p.line for p in places] == [2, 4]


def test_a_check_that_fails_leaves_its_file_unchecked_and_the_others_checked(monkeypatch):
    broken = Checker(Settings())
    detect = broken._detectors[1].detect

    class Fragile:
        name = "fragile"
        rules = ()
        origins = broken._detectors[0].origins
        reach = None

        def detect(self, text):
            if "boom" in text:
                raise RuntimeError("boom")
            return detect(text)

    monkeypatch.setattr(broken, "_detectors", (broken._detectors[0], Fragile()))
    outcome = broken.check([Blob("bad", b"boom"), Blob("good", f"k = '{PROVIDER}'".encode())])
    assert [u.place.path for u in outcome.unchecked] == ["bad"]
    assert "fragile" in outcome.unchecked[0].reason
    assert [f.result.place.path for f in outcome.found] == ["good"]


def test_more_findings_than_anybody_reads_are_said(monkeypatch):
    monkeypatch.setattr(checker, "FINDINGS_MAX", 20)
    blob = Blob("many", "".join(f"password{n} = '{GENERIC}{n}'\n" for n in range(60)).encode())
    outcome = CHECKER.check([blob, Blob("good", b"x")])
    assert [u.place.path for u in outcome.unchecked] == ["many"]
    assert "more than 20" in outcome.unchecked[0].reason


def test_outcomes_add_up():
    total = Outcome()
    total.add(CHECKER.check([Blob("a", b"1")]))
    total.add(CHECKER.check([Blob("b", b"22")]))
    assert (total.files, total.size) == (2, 3)


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 100, b"\xff" * 1000, b"PK\x03\x04", "😀".encode() * 100, b"\xed\xa0\x80"]
)
def test_any_bytes_can_be_checked(data):
    CHECKER.check([Blob("a", data)])


def test_every_rule_that_is_looked_for_is_told():
    ids = {rule.id for rule in CHECKER.rules}
    assert {"secret.anthropic_api", "secret.password", "secret.private_key_line"} <= ids
    assert "pii.email_address" in {rule.id for rule in Checker(Settings(pii=True)).rules}
