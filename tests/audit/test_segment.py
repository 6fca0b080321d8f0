from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from stockade.audit.segment import LOCK_NAME, WriterLock, open_segment, private_directory
from stockade.core.errors import StoreError


def test_a_segment_appends_cuts_and_says_its_size(tmp_path):
    segment = open_segment(tmp_path / "a")
    segment.write(b"one\n")
    segment.write(b"two\n")
    segment.sync()
    assert segment.size == 8
    segment.truncate(4)
    segment.write(b"three\n")
    segment.sync()
    segment.close()
    assert (tmp_path / "a").read_bytes() == b"one\nthree\n"


def test_a_segment_that_exists_is_continued(tmp_path):
    (tmp_path / "a").write_bytes(b"one\n")
    segment = open_segment(tmp_path / "a")
    segment.write(b"two\n")
    segment.close()
    assert (tmp_path / "a").read_bytes() == b"one\ntwo\n"


def test_only_the_owner_can_read_a_segment(tmp_path):
    open_segment(tmp_path / "a").close()
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match=r"symbolic|Too many"):
        open_segment(tmp_path / "a")
    assert not (tmp_path / "elsewhere").exists()


def test_a_segment_that_was_removed_is_not_reported_as_safe(tmp_path):
    segment = open_segment(tmp_path / "a")
    segment.write(b"one\n")
    (tmp_path / "a").unlink()
    with pytest.raises(OSError, match="removed"):
        segment.sync()
    segment.close()


def test_a_directory_is_made_for_its_owner_only(tmp_path):
    private_directory(tmp_path / "a" / "b")
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700


def test_a_directory_that_exists_is_closed_to_others(tmp_path):
    tmp_path.chmod(0o755)
    private_directory(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_a_file_in_place_of_the_directory_is_refused(tmp_path):
    (tmp_path / "a").touch()
    with pytest.raises(StoreError) as caught:
        private_directory(tmp_path / "a")
    assert caught.value.hint


def test_the_second_writer_is_refused_until_the_first_is_done(tmp_path):
    first = WriterLock(tmp_path)
    with pytest.raises(StoreError, match="another process"):
        WriterLock(tmp_path)
    first.release()
    first.release()
    second = WriterLock(tmp_path)
    second.release()
    assert stat.S_IMODE((tmp_path / LOCK_NAME).stat().st_mode) == 0o600


def test_a_lock_left_by_a_dead_process_is_no_lock(tmp_path):
    script = "import pathlib, os, sys; from stockade.audit.segment import WriterLock\n"
    script += "lock = WriterLock(pathlib.Path(sys.argv[1])); os.kill(os.getpid(), 9)"
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert done.returncode != 0
    assert (tmp_path / LOCK_NAME).exists()
    WriterLock(tmp_path).release()


def test_a_lock_file_that_cannot_be_opened_is_an_error_of_ours(tmp_path):
    (tmp_path / LOCK_NAME).mkdir()
    with pytest.raises(StoreError, match="lock file"):
        WriterLock(tmp_path)


def test_no_descriptor_is_lost(tmp_path):
    held = Path("/proc/self/fd")
    if not held.is_dir():
        pytest.skip("this system does not list descriptors")
    before = len(list(held.iterdir()))
    for _ in range(20):
        lock = WriterLock(tmp_path)
        with pytest.raises(StoreError):
            WriterLock(tmp_path)
        lock.release()
        open_segment(tmp_path / "a").close()
    assert len(list(held.iterdir())) == before
