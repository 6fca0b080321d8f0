"""What the audit log costs: records per second and processor time per record, with and without the disk.

    python bench/audit_log.py [--records 100000] [--writers 32] [--directory DIR]

``record`` waits for each entry in one thread per writer. ``submit`` is what an event loop does: each writer
hands its next entry over when the one before it is durable, and the answers of a batch come in one hop.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from stockade.audit import AuditLog, verify
from stockade.audit.entry import GENESIS, chained, encoded
from stockade.audit.segment import DiskSegment, SegmentFile, open_segment

BODY = {
    "request": "req_0123456789abcdef",
    "key": "k_01234567",
    "policy": "default",
    "outcome": "anonymized",
    "findings": [{"rule": "pii.email", "count": 2}, {"rule": "pii.iban", "count": 1}],
    "commitment": "hmac:0123456789abcdef0123456789abcdef",
    "model": "some-model-2026",
    "latency_us": 1234,
    "detail": "x" * 120,
}


class NoSync(DiskSegment):
    """A segment that does not wait for the disk."""

    def sync(self) -> None:
        """Wait for nothing."""


def opener_without_sync(path: Path) -> SegmentFile:
    """Open a segment that does not wait for the disk."""
    inner = open_segment(path)
    assert isinstance(inner, DiskSegment)
    return NoSync(inner._fd)  # noqa: SLF001 - the same file, less its sync


def now_ms() -> int:
    """Return the time."""
    return time.time_ns() // 1_000_000


def by_threads(log: AuditLog, writers: int, records: int) -> None:
    """Record from threads that wait."""

    def work() -> None:
        for _ in range(records // writers):
            log.record("screened", BODY)

    threads = [threading.Thread(target=work) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def by_loop(log: AuditLog, writers: int, records: int) -> None:
    """Record from one event loop."""

    async def write(loop: asyncio.AbstractEventLoop) -> None:
        for _ in range(records // writers):
            future: asyncio.Future[None] = loop.create_future()
            log.submit("screened", BODY, lambda error, future=future: future.set_result(error))  # type: ignore[misc]
            await future

    async def everybody() -> None:
        loop = asyncio.get_running_loop()
        log.notify = loop.call_soon_threadsafe
        await asyncio.gather(*(write(loop) for _ in range(writers)))
        log.notify = None

    asyncio.run(everybody())


def measure(name: str, work: Callable[[AuditLog, int, int], None], options: argparse.Namespace) -> None:
    """Print what *work* costs with and without waiting for the disk."""
    for title, opener in (("fdatasync", open_segment), ("no sync", opener_without_sync)):
        with tempfile.TemporaryDirectory(dir=options.directory) as folder:
            log = AuditLog.open(Path(folder) / "audit", clock=now_ms, opener=opener)
            wall, cpu = time.perf_counter(), time.process_time()
            work(log, options.writers, options.records)
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            log.close()
            count = verify(Path(folder) / "audit").entries - 2
        rate, each = count / wall, cpu / count * 1e6
        print(f"{name:8} {title:10} {count:>8} records {rate:>9,.0f}/s  {each:6.1f} us CPU per record")


def steps(records: int) -> None:
    """Print what each step costs alone."""
    waiting = threading.Event()
    made, line = encoded("screened", BODY), b""
    begin = time.perf_counter()
    for _ in range(records):
        made = encoded("screened", BODY)
    encode = time.perf_counter() - begin
    begin = time.perf_counter()
    for seq in range(1, records + 1):
        line, _ = chained(seq, 1, made, GENESIS)
    chain = time.perf_counter() - begin
    with tempfile.TemporaryDirectory() as folder:
        log = AuditLog.open(Path(folder) / "audit", clock=now_ms, opener=opener_without_sync)
        spent = 0.0
        for _ in range(max(1, records // 5_000)):
            begin = time.perf_counter()
            for _ in range(5_000):
                log.submit("screened", BODY, lambda _: None)
            spent += time.perf_counter() - begin
            log.submit("screened", BODY, lambda _: waiting.set())
            waiting.wait()
            waiting.clear()
        log.close()
    submit = spent / (max(1, records // 5_000) * 5_000)
    each_encode, each_chain = encode / records * 1e6, chain / records * 1e6
    print(f"entry of {len(line)} bytes: encode {each_encode:.2f} us, chain {each_chain:.2f} us")
    print(f"submit {submit * 1e6:.2f} us of wall time, the writer thread competing for the interpreter")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--writers", type=int, default=32)
    parser.add_argument("--directory", default=None, help="where to write; decides which disk is measured")
    options = parser.parse_args()
    steps(min(options.records, 50_000))
    measure("record", by_threads, options)
    measure("submit", by_loop, options)


if __name__ == "__main__":
    main()
