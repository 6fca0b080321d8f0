from __future__ import annotations

import stat

import pytest

from stockade.audit.disk import Disk
from stockade.audit.key import PUBLIC_KEY, LogKey, log_key, seed_from
from stockade.core.errors import StoreError
from stockade_verify import VerifierKey, open_checkpoint
from stockade_verify.merkle import EMPTY

MASTER = b"m" * 32


def test_each_log_has_a_name_and_a_key_of_its_own(tmp_path):
    keys = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        keys.append(log_key(tmp_path / name, Disk(), seed_from(MASTER), new=True))
    one, two = keys
    assert one.origin != two.origin
    assert one.public.public != two.public.public
    again = log_key(tmp_path / "one", Disk(), seed_from(MASTER), new=False)
    assert again.public == one.public


def test_the_public_key_lies_beside_the_log_as_it_is_published(tmp_path):
    key = log_key(tmp_path, Disk(), seed_from(MASTER), new=True)
    text = (tmp_path / PUBLIC_KEY).read_text()
    assert text == f"{key.public}\n"
    assert VerifierKey.parse(text) == key.public


def test_what_is_signed_opens_with_the_public_key_only(tmp_path):
    key, other = LogKey("stockade/a", b"1" * 32), LogKey("stockade/a", b"2" * 32)
    note = key.sign(0, EMPTY)
    assert open_checkpoint(note, [key.public]).size == 0
    assert key.open(note) == open_checkpoint(note, [key.public])
    assert other.open(note) is None
    assert key.open(b"rubbish") is None


def test_a_log_begun_with_another_secret_key_is_not_continued(tmp_path):
    log_key(tmp_path, Disk(), seed_from(MASTER), new=True)
    with pytest.raises(StoreError, match="another secret key") as caught:
        log_key(tmp_path, Disk(), seed_from(b"n" * 32), new=False)
    assert caught.value.hint


@pytest.mark.parametrize("content", [b"", b"\xff", b"stockade/a+00000000+AAAA"])
def test_a_damaged_public_key_is_refused(tmp_path, content):
    (tmp_path / PUBLIC_KEY).write_bytes(content)
    with pytest.raises(StoreError, match="damaged"):
        log_key(tmp_path, Disk(), seed_from(MASTER), new=False)


def test_a_log_without_its_public_key_is_not_continued(tmp_path):
    with pytest.raises(StoreError, match="missing"):
        log_key(tmp_path, Disk(), seed_from(MASTER), new=False)


def test_without_an_installation_the_secret_lies_beside_the_log(tmp_path):
    key = log_key(tmp_path, Disk(), None, new=True)
    assert log_key(tmp_path, Disk(), None, new=False).public == key.public
    assert stat.S_IMODE((tmp_path / "log.key").stat().st_mode) == 0o600


def test_the_secret_shows_nowhere(tmp_path):
    key = LogKey("stockade/a", b"s" * 32)
    assert "ssss" not in repr(key) + str(vars(type(key)))
