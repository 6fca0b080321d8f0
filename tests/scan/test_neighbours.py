from __future__ import annotations

import hashlib
import json

import pytest
from tests.scan.planted import PROVIDER, pem

from stockade.core.errors import InputError
from stockade.scan.blob import Blob
from stockade.scan.checker import Checker, Found
from stockade.scan.neighbours import read
from stockade.scan.settings import Settings

CHECKER = Checker(Settings())


def found(path: str, text: str, commit: str = "") -> Found:
    (one,) = CHECKER.check([Blob(path, text.encode(), commit)]).found
    return one


def test_a_folder_without_their_files_accepts_nothing(tmp_path):
    accepted = read(str(tmp_path))
    assert not accepted.knows(found(str(tmp_path / "a.py"), PROVIDER + " "))


def test_gitleaks_ignores_by_place(tmp_path):
    (tmp_path / ".gitleaksignore").write_text(
        "# comment\n\nsrc/a.py:generic-api-key:2\ncafe0123beef:b.py:aws-access-token:1\nnot a line\na:b:c\n",
        "utf-8",
    )
    accepted = read(str(tmp_path))
    text = f"x\nkey = '{PROVIDER}'\n"
    assert accepted.knows(found(str(tmp_path / "src" / "a.py"), text))
    assert not accepted.knows(found(str(tmp_path / "src" / "a.py"), "\n" + text))
    assert accepted.knows(found(str(tmp_path / "b.py"), PROVIDER + " ", "cafe0123beef" + "0" * 28))
    assert not accepted.knows(found(str(tmp_path / "b.py"), PROVIDER + " ", "0" * 40))
    assert not accepted.knows(found(str(tmp_path / "b.py"), PROVIDER + " "))


def baseline(tmp_path, **entry) -> None:
    hashed = {"hashed_secret": hashlib.sha1(PROVIDER.encode()).hexdigest(), "line_number": 9, **entry}
    (tmp_path / ".secrets.baseline").write_text(json.dumps({"results": {"a.py": [hashed, "odd"]}}), "utf-8")


def test_detect_secrets_accepts_by_hash_in_its_file(tmp_path):
    baseline(tmp_path)
    accepted = read(str(tmp_path))
    assert accepted.knows(found(str(tmp_path / "a.py"), f"key = '{PROVIDER}'"))
    assert not accepted.knows(found(str(tmp_path / "b.py"), f"key = '{PROVIDER}'"))
    assert PROVIDER not in repr(accepted)


def test_what_was_audited_as_real_is_not_accepted(tmp_path):
    baseline(tmp_path, is_secret=True)
    assert not read(str(tmp_path)).knows(found(str(tmp_path / "a.py"), f"key = '{PROVIDER}'"))


def test_detect_secrets_knows_a_private_key_by_its_header(tmp_path):
    header = "BEGIN RSA " + "PRIVATE KEY"
    baseline(tmp_path, hashed_secret=hashlib.sha1(header.encode()).hexdigest())
    assert read(str(tmp_path)).knows(found(str(tmp_path / "a.py"), pem()))


@pytest.mark.parametrize("content", ["{", "[]", '{"results": []}'])
def test_a_broken_file_of_theirs_is_said(tmp_path, content):
    (tmp_path / ".secrets.baseline").write_text(content, "utf-8")
    with pytest.raises(InputError):
        read(str(tmp_path))
