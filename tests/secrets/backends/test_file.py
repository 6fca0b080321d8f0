"""Secrets in files of their own."""

from __future__ import annotations

import os
import traceback

import pytest

from stockade.core.errors import SecretError
from stockade.secrets.backends.file import FILE_BYTES_MAX, FileBackend
from stockade.secrets.reference import Reference

posix = pytest.mark.skipif(os.name != "posix", reason="permissions of other accounts are a matter of POSIX")


@pytest.fixture
def read(tmp_path):
    def write_and_read(content, mode=0o600):
        path = tmp_path / "key"
        path.write_bytes(content)
        path.chmod(mode)
        return FileBackend().read(Reference("file", str(path))).reveal()

    return write_and_read


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"key", "key"),
        (b"key\n", "key"),
        (b"key\r\n", "key"),
        (b"key\n\n", "key\n"),
        (b" key ", " key "),
        (b"a\nb\n", "a\nb"),
        (b"\xef\xbb\xbfkey", "key"),
        ("schlüssel".encode(), "schlüssel"),
        (b"k" * FILE_BYTES_MAX, "k" * FILE_BYTES_MAX),
    ],
)
def test_one_line_end_is_taken_off_and_nothing_else(read, content, text):
    assert read(content) == text


@pytest.mark.parametrize("content", [b"", b"\n", b"\r\n", b"  \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(read, content):
    with pytest.raises(SecretError, match="is empty"):
        read(content)


def test_a_file_that_is_too_large_is_refused(read):
    with pytest.raises(SecretError, match="larger than"):
        read(b"k" * (FILE_BYTES_MAX + 1))


def test_a_file_that_is_not_text_is_refused_without_showing_it(read):
    with pytest.raises(SecretError, match="not UTF-8") as failed:
        read(b"canary\xff")
    shown = "".join(traceback.format_exception_only(failed.value)) + failed.value.hint
    assert "canary" not in shown
    assert failed.value.__context__ is None


@posix
@pytest.mark.parametrize("mode", [0o604, 0o602, 0o601, 0o644, 0o666])
def test_a_file_that_every_account_can_touch_is_refused_with_the_fix(read, mode, tmp_path):
    with pytest.raises(SecretError, match="every account") as failed:
        read(b"key", mode)
    assert f"chmod o-rwx {tmp_path / 'key'}" in failed.value.hint


@posix
@pytest.mark.parametrize("mode", [0o400, 0o440, 0o600, 0o640])
def test_the_owner_and_the_group_may_read(read, mode):
    assert read(b"key", mode) == "key"


@posix
def test_a_link_is_followed_as_mounted_secrets_need_it(tmp_path):
    (tmp_path / "..data").write_text("key")
    (tmp_path / "..data").chmod(0o600)
    (tmp_path / "key").symlink_to("..data")
    assert FileBackend().read(Reference("file", str(tmp_path / "key"))).reveal() == "key"


@posix
def test_what_is_not_a_regular_file_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe", 0o600)
    for path in (tmp_path / "pipe", tmp_path):
        with pytest.raises(SecretError) as failed:
            FileBackend().read(Reference("file", str(path)))
        assert failed.value.hint


def test_a_path_that_no_system_takes_is_refused():
    with pytest.raises(SecretError, match="not a path"):
        FileBackend().read(Reference("file", "/a\0b"))
