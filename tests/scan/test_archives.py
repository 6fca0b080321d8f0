from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import time
import zipfile

import pytest

from stockade.reports import Unchecked
from stockade.scan.archives import is_archive, unpacked
from stockade.scan.blob import Blob
from stockade.scan.settings import ARCHIVE_DEPTH_MAX


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w") -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return made.getvalue()


def opened(name: str, data: bytes, **bounds: int) -> dict[str, bytes | str]:
    told: dict[str, bytes | str] = {}
    for found in unpacked(Blob(name, data), **bounds):
        if isinstance(found, Unchecked):
            told[found.place.path] = found.reason
        else:
            told[found.path] = found.data
    return told


def test_what_is_no_archive_is_itself():
    assert opened("a.txt", b"text") == {"a.txt": b"text"}
    assert not is_archive(b"text")


@pytest.mark.parametrize(
    ("name", "data", "inside"),
    [
        ("a.zip", zipped({"x/y.txt": b"1"}), "a.zip!x/y.txt"),
        ("a.tar", tarred({"x/y.txt": b"1"}), "a.tar!x/y.txt"),
        ("a.tar.gz", tarred({"y.txt": b"1"}, "w:gz"), "a.tar.gz!a.tar!y.txt"),
        ("a.tgz", tarred({"y.txt": b"1"}, "w:gz"), "a.tgz!a.tar!y.txt"),
        ("a.txt.gz", gzip.compress(b"1"), "a.txt.gz!a.txt"),
        ("a.txt.bz2", bz2.compress(b"1"), "a.txt.bz2!a.txt"),
        ("a.txt.xz", lzma.compress(b"1"), "a.txt.xz!a.txt"),
        ("a.jar", zipped({"in.zip": zipped({"y.txt": b"1"})}), "a.jar!in.zip!y.txt"),
    ],
    ids=["zip", "tar", "tar.gz", "tgz", "gz", "bz2", "xz", "nested"],
)
def test_every_kind_of_archive_is_opened(name, data, inside):
    assert opened(name, data) == {inside: b"1"}


def test_the_bytes_decide_not_the_name():
    assert opened("picture.png", zipped({"y": b"1"})) == {"picture.png!y": b"1"}
    assert opened("notes.zip", b"only text") == {"notes.zip": b"only text"}


def test_nesting_is_bounded_and_said():
    data = b"1"
    for _ in range(ARCHIVE_DEPTH_MAX + 2):
        data = zipped({"a": data})
    (reason,) = opened("deep.zip", data).values()
    assert "nested" in reason


def test_a_bomb_is_not_expanded():
    bomb = zipped({f"{n}": b"0" * 1_000_000 for n in range(20)})
    begun = time.process_time()
    told = opened("bomb.zip", bomb, bytes_max=3_000_000)
    assert time.process_time() - begun < 2
    assert "holds more than" in told["bomb.zip"]
    assert sum(len(v) for v in told.values() if isinstance(v, bytes)) <= 3_000_000
    many = opened("many.zip", zipped({f"{n}": b"" for n in range(30)}), members_max=10)
    assert "10 files" in many["many.zip"]


@pytest.mark.parametrize(
    "data",
    [zipped({"a": b"1" * 500}), tarred({"a": b"1" * 500}, "w:gz"), gzip.compress(b"1" * 500)],
    ids=["zip", "tgz", "gz"],
)
def test_a_broken_archive_is_reported_not_passed_over(data):
    told = opened("broken", data[: len(data) // 2])
    assert told
    assert any(isinstance(reason, str) for reason in told.values())


def test_a_wrong_checksum_inside_costs_only_that_file():
    data = bytearray(zipped({"a": b"first", "b": b"second"}))
    at = data.index(b"second") if b"second" in data else data.index(b"b", 60)
    data[at + 1] ^= 0xFF
    told = opened("x.zip", bytes(data))
    assert told["x.zip!a"] == b"first"


@pytest.mark.parametrize("mark", [b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x28\xb5\x2f\xfd", b"MSCF"])
def test_kinds_that_cannot_be_read_are_said(mark):
    assert "cannot be read" in opened("a", mark + b"\0" * 50)["a"]


def test_an_encrypted_member_is_said():
    data = bytearray(zipped({"a": b"1"}))
    for header, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(header) + offset] |= 1
    assert opened("x.zip", bytes(data)) == {"x.zip!a": "the file is encrypted"}


def test_links_and_folders_of_a_tar_hold_nothing():
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, kind in (("up", tarfile.SYMTYPE), ("dir", tarfile.DIRTYPE), ("hard", tarfile.LNKTYPE)):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
    assert opened("x.tar", made.getvalue()) == {}
