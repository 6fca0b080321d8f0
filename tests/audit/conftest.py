"""A disk that can be told to fail, and that remembers what was asked of it, in order."""

from __future__ import annotations

import threading
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest

from stockade.audit.disk import Disk
from stockade.audit.log import AuditLog, Sealing
from stockade.audit.segment import SegmentFile, open_segment


def secret(origin):
    return sha256(origin.encode()).digest()


# A test's clock does not move with the real one.
SEALING = Sealing(seed=secret, skew_ms_max=1e15)


class PlantedDisk(Disk):
    """Opens real segments; ``fail`` names the operations that fail from now on, and how."""

    def __init__(self) -> None:
        self.fail: dict[str, int] = {}
        self.asked: list[tuple[str, str, object]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.honest = True

    def segment(self, path: Path) -> SegmentFile:
        self.ask("open", path.name, None)
        return PlantedSegment(self, path.name, open_segment(path))

    def put(self, directory: Path, name: str, data: bytes, *, durable: bool = False) -> None:
        self.ask("put", name, (data, durable))
        super().put(directory, name, data)

    def ask(self, what: str, name: str, argument: object) -> None:
        if what in self.fail:
            self.asked.append((f"failed {what}", name, argument))
            raise OSError(self.fail[what], "planted")
        self.asked.append((what, name, argument))


class PlantedSegment:
    """One segment of such a disk. A write that fails leaves half of it behind, as a full disk does."""

    def __init__(self, disk: PlantedDisk, name: str, inner: SegmentFile) -> None:
        self._disk, self._name, self._inner = disk, name, inner

    @property
    def size(self) -> int:
        return self._inner.size

    def write(self, data: bytes) -> None:
        if "write" in self._disk.fail:
            half = data[: len(data) // 2]
            self._inner.write(half)
            self._disk.asked.append(("write", self._name, half))
        self._disk.ask("write", self._name, data)
        self._inner.write(data)

    def sync(self) -> None:
        self._disk.gate.wait(20)
        if self._disk.honest:
            self._disk.ask("sync", self._name, None)

    def truncate(self, size: int) -> None:
        self._disk.ask("truncate", self._name, size)
        self._inner.truncate(size)

    def close(self) -> None:
        self._inner.close()


@pytest.fixture
def disk():
    planted = PlantedDisk()
    yield planted
    planted.gate.set()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "audit"


@pytest.fixture
def open_log(folder, disk):
    """Open logs that are closed when the test ends."""
    ticks = count(1_700_000_000_000)
    opened = []

    def opening(**options):
        log = AuditLog.open(
            folder, clock=lambda: next(ticks), **{"disk": disk, "sealing": SEALING, **options}
        )
        opened.append(log)
        return log

    yield opening
    disk.fail.clear()
    disk.gate.set()
    for log in opened:
        log.close()
