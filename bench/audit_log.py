"""What the audit log costs and how fast it is checked.

    python bench/audit_log.py [--records 100000] [--writers 64] [--directory DIR] [--proof-size 10000000]

``record`` waits for each entry in one thread per writer. ``submit`` is what an event loop does: each writer
hands its next entry over when the one before it is durable, and the answers of a batch come in one hop. The
latency is from handing an entry over to its answer. ``--proof-size 0`` leaves the proofs in a large log out.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import tempfile
import threading
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from stockade.audit import AuditLog, verify
from stockade.audit.disk import Disk
from stockade.audit.entry import encoded, line_of
from stockade.audit.key import PUBLIC_KEY, LogKey
from stockade.audit.prove import Prover
from stockade.audit.seal import Seals
from stockade.audit.segment import DiskSegment, SegmentFile, open_segment
from stockade_verify import Tree, check_inclusion, leaf_hash, tree_hash
from stockade_verify.log import CHECKPOINT
from stockade_verify.tiles import tile_name

BODY = {
    "request_id": "req_0123456789abcdef",
    "key_id": "k_01234567",
    "policy": "default@0123456789ab",
    "outcome": "answered",
    "findings": {"user": {"pii.email": 2, "pii.iban": 1}},
    "input": "hmac:0123456789abcdef0123456789abcdef",
    "model": "some-model-2026",
    "own_us": 1234,
    "detail": "x" * 120,
}


class NoSync(DiskSegment):
    """A segment that does not wait for the disk."""

    def sync(self) -> None:
        """Wait for nothing."""


class DiskWithoutSync(Disk):
    """A disk that does not wait."""

    __slots__ = ()

    def segment(self, path: Path) -> SegmentFile:
        """Open a segment that does not wait for the disk."""
        inner = open_segment(path)
        assert isinstance(inner, DiskSegment)
        return NoSync(inner._fd)  # noqa: SLF001 - the same file, less its sync


def now_ms() -> int:
    """Return the time."""
    return time.time_ns() // 1_000_000


def by_threads(log: AuditLog, writers: int, records: int) -> list[float]:
    """Record from threads that wait; return how long each entry took."""
    took: list[float] = []

    def work() -> None:
        for _ in range(records // writers):
            begin = time.perf_counter()
            log.record("request", BODY)
            took.append(time.perf_counter() - begin)

    threads = [threading.Thread(target=work) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def by_loop(log: AuditLog, writers: int, records: int) -> list[float]:
    """Record from one event loop; return how long each entry took."""
    took: list[float] = []

    async def write(loop: asyncio.AbstractEventLoop) -> None:
        for _ in range(records // writers):
            future: asyncio.Future[None] = loop.create_future()
            begin = time.perf_counter()
            log.submit("request", BODY, lambda error, future=future: future.set_result(error))  # type: ignore[misc]
            await future
            took.append(time.perf_counter() - begin)

    async def everybody() -> None:
        loop = asyncio.get_running_loop()
        log.notify = loop.call_soon_threadsafe
        await asyncio.gather(*(write(loop) for _ in range(writers)))
        log.notify = None

    asyncio.run(everybody())
    return took


def measure(
    name: str, work: Callable[[AuditLog, int, int], list[float]], options: argparse.Namespace
) -> None:
    """Print what *work* costs with and without waiting for the disk."""
    for title, disk in (("fdatasync", Disk()), ("no sync", DiskWithoutSync())):
        with tempfile.TemporaryDirectory(dir=options.directory) as folder:
            log = AuditLog.open(Path(folder) / "audit", clock=now_ms, disk=disk)
            wall, cpu = time.perf_counter(), time.process_time()
            took = sorted(work(log, options.writers, options.records))
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            log.close()
            count = len(took)
        middle, late = took[count // 2] * 1e3, took[count * 99 // 100] * 1e3
        print(
            f"{name:7} {title:10} {count:>8} records {count / wall:>9,.0f}/s"
            f"  {cpu / count * 1e6:6.1f} us CPU each  p50 {middle:.1f} ms  p99 {late:.1f} ms"
        )


def writer_alone(records: int, batch: int) -> None:
    """Print the processor time of the writer's part: encode, number, write, hash, sign once a second."""
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder)
        disk = DiskWithoutSync()
        from stockade.audit.sink import Sink

        sink = Sink(directory, disk, Seals(directory, disk, LogKey("stockade/bench", b"k" * 32)))
        sink.start(1)
        sealed, begin = time.perf_counter(), time.process_time()
        for _ in range(records // batch):
            sink.append([encoded("request", BODY) for _ in range(batch)], 1)
            if time.perf_counter() - sealed > 1:
                sink.seal()
                sealed = time.perf_counter()
        cpu = time.process_time() - begin
        sink.close()
    line = line_of(1, 1, 1, 1, encoded("request", BODY))
    print(f"writer alone, batches of {batch}: {cpu / records * 1e6:.1f} us CPU an entry of {len(line)} bytes")


def checking(options: argparse.Namespace) -> None:
    """Print how fast a whole log is verified and opened."""
    with tempfile.TemporaryDirectory(dir=options.directory) as folder:
        directory = Path(folder) / "audit"
        log = AuditLog.open(directory, clock=now_ms, disk=DiskWithoutSync())
        for _ in range(max(1, options.records // 5_000)):
            done = threading.Event()
            for _ in range(4_999):
                log.submit("request", BODY, lambda _: None)
            log.submit("request", BODY, lambda _, done=done: done.set())  # type: ignore[misc]
            done.wait()
        log.close()
        begin, cpu = time.perf_counter(), time.process_time()
        report = verify(directory)
        wall, cpu = time.perf_counter() - begin, time.process_time() - cpu
        rate, by_cpu = report.entries / wall, report.entries / cpu
        print(f"verify {report.entries} entries: {rate:,.0f}/s, {by_cpu:,.0f} per CPU second")
        begin = time.perf_counter()
        AuditLog.open(directory, clock=now_ms).close()
        print(f"open, take up and close again: {(time.perf_counter() - begin) * 1e3:.0f} ms")


def large_tree(home: Path, size: int, key: LogKey) -> bytes:
    """Lay out the tiles and the checkpoint of a log of *size* equal entries; return the hash of one.

    Equal entries make equal tiles, so that one file a level serves for all: proofs cost what they cost in
    any tree of this size, and nobody waits for ten million hashes.
    """
    leaf = row = leaf_hash(b"entry")
    edge: list[list[bytes]] = []
    for level in range(8):
        count = size // 256**level
        if count == 0:
            break
        edge.append([row] * (count % 256))
        first = home / tile_name(level, 0)
        for index in range(count // 256):
            path = home / tile_name(level, index)
            path.parent.mkdir(parents=True, exist_ok=True)
            if index % 30_000:  # a file system allows so many names of one file
                path.hardlink_to(first)
            else:
                path.write_bytes(row * 256)
                first = path
        row = tree_hash([row] * 256)
    tree = Tree.resumed(size, edge, None)
    for level, hashes in enumerate(tree.edge()):
        if hashes:
            path = home / tile_name(level, size // 256 ** (level + 1), len(hashes))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"".join(hashes))
    (home / CHECKPOINT).write_bytes(key.sign(size, tree.root()))
    (home / PUBLIC_KEY).write_text(f"{key.public}\n")
    return leaf


def proofs(size: int, directory: str | None) -> None:
    """Print how long a proof of inclusion in a log of *size* entries takes to make and to check."""
    with tempfile.TemporaryDirectory(dir=directory) as folder:
        home, chance = Path(folder), random.Random(1)
        leaf = large_tree(home, size, LogKey("stockade/bench", b"k" * 32))
        made, checked, path = list[float](), list[float](), list[bytes]()
        cpu = time.process_time()
        for _ in range(200):
            index = chance.randrange(size)
            begin = time.perf_counter()
            prover = Prover(home)
            path = prover._path_of(index, size)  # noqa: SLF001 - the proof without looking for the line
            made.append(time.perf_counter() - begin)
            begin = time.perf_counter()
            check_inclusion(leaf, index, size, path, prover.checkpoint.root)
            checked.append(time.perf_counter() - begin)
        cpu = (time.process_time() - cpu) / 200
        made.sort()
        print(
            f"proof of 1 in {size}: {len(path)} hashes, made in p50 {made[100] * 1e3:.2f} ms"
            f" p99 {made[197] * 1e3:.2f} ms, checked in {sorted(checked)[100] * 1e6:.0f} us,"
            f" {cpu * 1e3:.2f} ms CPU for both"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--writers", type=int, default=64)
    parser.add_argument("--proof-size", type=int, default=10_000_000)
    parser.add_argument("--directory", default=None, help="where to write; decides which disk is measured")
    options = parser.parse_args()
    begin = time.perf_counter()
    for _ in range(100_000):
        sha256(bytes(500)).digest()
    hashing = (time.perf_counter() - begin) * 10
    print(f"load {os.getloadavg()[0]:.1f}; hashing 500 bytes takes {hashing:.2f} us on this machine now")
    for batch in (1, 16, 64):
        writer_alone(min(options.records, 30_000), batch)
    measure("record", by_threads, options)
    measure("submit", by_loop, options)
    checking(options)
    if options.proof_size:
        proofs(options.proof_size, options.directory)


if __name__ == "__main__":
    main()
