"""Erasing one person: nothing of theirs opens, in no copy, and nobody else is touched."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace

import pytest

from stockade.audit import AuditLog, read, verify
from stockade.core.errors import StoreError
from stockade.sealing.binding import Binding
from stockade.sealing.subjects import FileSubjectStore, SubjectKeys

ANNA = Binding(tenant="acme", purpose="prompt", record="req_1", subject="anna")
BEN = Binding(tenant="acme", purpose="prompt", record="req_2", subject="ben")


@pytest.fixture
def keys(tmp_path, sealer):
    return SubjectKeys(FileSubjectStore(tmp_path / "subjects"), sealer, index_key=b"i" * 32)


def test_a_value_opens_under_its_own_subject_only(keys):
    blob = keys.seal(b"value", ANNA)
    assert keys.open(blob, ANNA) == b"value"
    keys.seal(b"other", BEN)
    for other in (BEN, replace(ANNA, subject="ben"), replace(ANNA, record="x"), replace(ANNA, purpose="x")):
        with pytest.raises(StoreError):
            keys.open(blob, other)
    keys.seal(b"x", replace(ANNA, tenant="other"))
    with pytest.raises(StoreError):
        keys.open(blob, replace(ANNA, tenant="other"))


def test_a_person_keeps_one_key_over_restarts_and_processes(keys, tmp_path, sealer):
    blob = keys.seal(b"value", ANNA)
    again = SubjectKeys(FileSubjectStore(tmp_path / "subjects"), sealer, index_key=b"i" * 32)
    assert again.open(blob, ANNA) == b"value"
    assert len(list((tmp_path / "subjects").rglob("*.key"))) == 1


def test_of_two_keys_made_at_once_one_counts_for_both(keys, tmp_path, sealer):
    store = FileSubjectStore(tmp_path / "subjects")
    assert store.add("abcd", b"first") == b"first"
    assert store.add("abcd", b"second") == b"first"
    assert store.get("abcd") == b"first"


def test_an_erased_person_s_values_do_not_open_and_the_neighbour_s_do(keys):
    anna, ben = keys.seal(b"value", ANNA), keys.seal(b"other", BEN)
    keys.erase("acme", "anna")
    with pytest.raises(StoreError, match="no key, as after an erasure") as caught:
        keys.open(anna, ANNA)
    assert caught.value.hint
    assert keys.open(ben, BEN) == b"other"


def test_an_erased_person_may_come_back_with_nothing_of_before(keys):
    old = keys.seal(b"old", ANNA)
    first = keys.erase("acme", "anna")
    new = keys.seal(b"new", ANNA)
    assert keys.open(new, ANNA) == b"new"
    with pytest.raises(StoreError):
        keys.open(old, ANNA)
    assert keys.erase("acme", "anna") != first
    with pytest.raises(StoreError):
        keys.open(new, ANNA)


def test_erasing_somebody_unknown_is_remembered_too(keys):
    assert keys.erase("acme", "nobody") != keys.erase("acme", "nobody")


def test_a_value_without_a_person_is_refused(keys):
    with pytest.raises(StoreError, match="names no person"):
        keys.seal(b"x", replace(ANNA, subject=""))


def test_no_file_says_who_is_in_it_or_was_erased(keys, tmp_path):
    blob = keys.seal(b"the value itself", ANNA)
    handle = keys.erase("acme", "anna")
    keys.seal(b"again", ANNA)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    names = "".join(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*"))
    for text in ("anna", "acme"):
        assert text not in names + handle
        assert text.encode() not in kept + blob


def test_a_store_that_does_not_serve_says_so(keys, tmp_path):
    keys.seal(b"x", ANNA)
    shutil.rmtree(tmp_path / "subjects")
    (tmp_path / "subjects").write_bytes(b"in the way")
    with pytest.raises(StoreError, match="does not serve"):
        keys.seal(b"x", ANNA)
    with pytest.raises(StoreError, match="does not serve"):
        keys.erase("acme", "anna")


@pytest.mark.parametrize("handle", ["../x", "a/b", "", "a.b"])
def test_a_handle_is_no_path(tmp_path, handle):
    with pytest.raises(ValueError):
        FileSubjectStore(tmp_path).destroyed(handle)


def store_values(path, keys):
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE kept (record TEXT, subject TEXT, value BLOB)")
    for place in (ANNA, BEN):
        value = keys.seal(b"plain text about " + place.subject.encode(), place)
        database.execute("INSERT INTO kept VALUES (?, ?, ?)", (place.record, place.subject[:1], value))
    return database


def opened(path, keys):
    database = sqlite3.connect(path)
    rows = database.execute("SELECT record, value FROM kept ORDER BY record").fetchall()
    database.close()
    values = []
    for (record, value), place in zip(rows, (ANNA, BEN), strict=True):
        assert record == place.record
        try:
            values.append(keys.open(value, place))
        except StoreError:
            values.append(None)
    return values


def test_an_erased_person_stays_erased_after_yesterday_s_backup_was_restored(tmp_path, keys, sealer):
    home = tmp_path / "home"
    home.mkdir()
    log = AuditLog.open(tmp_path / "audit", clock=lambda: 1)
    database = store_values(home / "data.db", keys)
    assert opened(home / "data.db", keys) == [b"plain text about anna", b"plain text about ben"]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name.endswith("-wal") and path.stat().st_size for path in files)
    assert [path for path in files if b"plain text" in path.read_bytes()] == []
    shutil.copytree(home, tmp_path / "yesterday")
    shutil.copytree(tmp_path / "subjects", tmp_path / "yesterday-keys")

    log.record("subject.erased", {"handle": keys.erase("acme", "anna")})
    log.close()
    assert opened(home / "data.db", keys) == [None, b"plain text about ben"]
    assert opened(tmp_path / "yesterday" / "data.db", keys) == [None, b"plain text about ben"]

    # The keys themselves are put back from a copy as well; the record brings the erasure back.
    database.close()
    for name, copy in (("home", "yesterday"), ("subjects", "yesterday-keys")):
        shutil.rmtree(tmp_path / name)
        shutil.copytree(tmp_path / copy, tmp_path / name)
    restored = SubjectKeys(FileSubjectStore(tmp_path / "subjects"), sealer, index_key=b"i" * 32)
    handles = [
        str(entry.body["handle"]) for entry in read(tmp_path / "audit") if entry.kind == "subject.erased"
    ]
    assert restored.replay(handles) == 1
    assert restored.replay(handles) == 0
    assert opened(tmp_path / "home" / "data.db", restored) == [None, b"plain text about ben"]
    assert verify(tmp_path / "audit").entries == 3
    record = b"".join(path.read_bytes() for path in (tmp_path / "audit").glob("*.jsonl"))
    assert b"anna" not in record
