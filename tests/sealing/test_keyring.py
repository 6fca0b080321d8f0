"""The master key's file and the keys derived from it."""

from __future__ import annotations

import hmac
import multiprocessing
import os
import stat
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.core.errors import ConfigError
from stockade.sealing import keyring
from stockade.sealing.keyring import KEY_BYTES, derive, load_or_create_master_key

MASTER = bytes(range(KEY_BYTES))
posix = pytest.mark.skipif(os.name != "posix", reason="permissions of other accounts are a matter of POSIX")


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_key_is_made_once_and_then_read(tmp_path):
    path = tmp_path / "home" / "master.key"
    made = load_or_create_master_key(path)
    assert len(made) == KEY_BYTES
    assert load_or_create_master_key(path) == made == path.read_bytes()


def test_two_installations_have_different_keys(tmp_path):
    assert load_or_create_master_key(tmp_path / "a") != load_or_create_master_key(tmp_path / "b")


@posix
def test_only_the_owner_may_read_the_key_and_its_folder(tmp_path):
    path = tmp_path / "home" / "master.key"
    before = os.umask(0)
    try:
        load_or_create_master_key(path)
    finally:
        os.umask(before)
    assert (mode_of(path), mode_of(path.parent)) == (0o600, 0o700)


def test_no_draft_is_left_behind(tmp_path):
    load_or_create_master_key(tmp_path / "master.key")
    assert [entry.name for entry in tmp_path.iterdir()] == ["master.key"]


def test_no_draft_is_left_behind_when_publishing_fails(tmp_path, monkeypatch):
    def fail(*_):
        raise PermissionError(1, "not permitted")

    monkeypatch.setattr(keyring, "_publish", fail)
    with pytest.raises(ConfigError, match="not permitted"):
        load_or_create_master_key(tmp_path / "master.key")
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_made_where_there_are_no_hard_links(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(95, "not supported")

    monkeypatch.setattr(os, "link", fail)
    made = load_or_create_master_key(tmp_path / "master.key")
    assert load_or_create_master_key(tmp_path / "master.key") == made
    assert [entry.name for entry in tmp_path.iterdir()] == ["master.key"]


def make_and_report(path, barrier, answers):
    barrier.wait()
    answers.put(load_or_create_master_key(path))


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="needs fork")
def test_processes_that_start_together_get_the_same_key(tmp_path):
    context = multiprocessing.get_context("fork")
    barrier, answers = context.Barrier(4), context.Queue()
    work = (tmp_path / "home" / "master.key", barrier, answers)
    running = [context.Process(target=make_and_report, args=work) for _ in range(4)]
    for process in running:
        process.start()
    keys = {answers.get(timeout=30) for _ in running}
    for process in running:
        process.join()
    assert len(keys) == 1


@pytest.mark.parametrize("length", [0, 1, 31, 33, 4096])
def test_a_key_of_another_length_is_refused_and_kept(tmp_path, length):
    path = tmp_path / "master.key"
    path.write_bytes(b"k" * length)
    path.chmod(0o600)
    with pytest.raises(ConfigError, match="damaged") as refused:
        load_or_create_master_key(path)
    assert "backup" in refused.value.hint
    assert path.read_bytes() == b"k" * length


@posix
@pytest.mark.parametrize("mode", [0o640, 0o620, 0o604, 0o602, 0o601, 0o777])
def test_a_key_that_others_can_touch_is_refused_with_the_fix(tmp_path, mode):
    path = tmp_path / "master.key"
    load_or_create_master_key(path)
    path.chmod(mode)
    with pytest.raises(ConfigError, match="other accounts") as refused:
        load_or_create_master_key(path)
    assert f"chmod 600 {path}" in refused.value.hint


def test_a_folder_in_its_place_is_refused(tmp_path):
    with pytest.raises(ConfigError) as refused:
        load_or_create_master_key(tmp_path)
    assert refused.value.hint


@posix
def test_a_pipe_in_its_place_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "master.key", 0o600)
    with pytest.raises(ConfigError, match="not a regular file"):
        load_or_create_master_key(tmp_path / "master.key")


@posix
def test_a_link_to_nowhere_is_refused_and_not_followed(tmp_path):
    (tmp_path / "master.key").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ConfigError):
        load_or_create_master_key(tmp_path / "master.key")
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "home").write_text("")
    with pytest.raises(ConfigError, match="cannot be used") as refused:
        load_or_create_master_key(tmp_path / "home" / "master.key")
    assert "permission" in refused.value.hint


def test_no_message_holds_a_key(tmp_path):
    path = tmp_path / "master.key"
    path.write_bytes(b"CANARY" * 3)
    path.chmod(0o600)
    with pytest.raises(ConfigError) as refused:
        load_or_create_master_key(path)
    assert "CANARY" not in f"{refused.value!r} {refused.value.hint}"


def test_one_purpose_and_context_give_one_key():
    assert derive(MASTER, "vault", "tenant", "1") == derive(MASTER, "vault", "tenant", "1")
    assert len(derive(MASTER, "vault")) == KEY_BYTES


def test_what_was_derived_stays_derivable():
    # A change of this value would make everything sealed before unreadable.
    assert derive(MASTER, "vault", "a").hex() == (
        "70f1a3ad627c1ee9ecf3cc617ca12faab6037de130a4db32b0c5aa77066cd9aa"
    )


def test_the_derivation_is_the_one_of_the_rfc():
    # RFC 5869 written out: extract with an empty salt, then one block of expand.
    parts = [b"stockade/derive/1", b"vault", b"a"]
    info = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    extracted = hmac.digest(bytes(32), MASTER, "sha256")
    assert derive(MASTER, "vault", "a") == hmac.digest(extracted, info + b"\x01", "sha256")


PARTS = st.lists(st.text(max_size=6), min_size=1, max_size=4).filter(lambda parts: parts[0])


@given(PARTS, PARTS)
def test_different_purposes_and_contexts_never_share_a_key(one, other):
    assert (derive(MASTER, *one) == derive(MASTER, *other)) == (one == other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a", "bc"), ("ab", "c")),
        (("a", ""), ("a",)),
        (("a", "b"), ("a\0b",)),
        (("a", "\ud800"), ("a", "\udfff")),
    ],
)
def test_moving_a_boundary_changes_the_key(one, other):
    assert derive(MASTER, *one) != derive(MASTER, *other)


def test_another_master_key_gives_another_key():
    assert derive(MASTER, "vault") != derive(MASTER[::-1], "vault")


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_master_key_of_another_length_is_not_used(length):
    with pytest.raises(ConfigError, match="32 bytes"):
        derive(bytes(length), "vault")


def test_a_key_without_a_purpose_is_refused():
    with pytest.raises(ConfigError, match="purpose"):
        derive(MASTER, "")


def test_a_new_key_appears_complete_or_not_at_all(tmp_path):
    # A process that dies right before the key gets its name leaves no key, and the next one makes it.
    program = (
        "import os, sys, pathlib\n"
        "from stockade.sealing import keyring\n"
        "keyring._publish = lambda draft, path: os._exit(9)\n"
        "keyring.load_or_create_master_key(pathlib.Path(sys.argv[1]))\n"
    )
    path = tmp_path / "master.key"
    done = subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    assert done.returncode == 9
    assert not path.exists()
    assert len(load_or_create_master_key(path)) == KEY_BYTES
