"""Jobs over all processors, results in any order; a job at a time in this process where that is faster.

Processes, because detection holds the interpreter's lock. They are forked where that is safe: then the
compiled patterns come with them for nothing.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from itertools import islice

from stockade.core.errors import CheckError
from stockade.scan.checker import Outcome
from stockade.scan.reading import Job, work
from stockade.scan.settings import Settings

# About a second of work.
WARM_BYTES = 12_000_000
# Jobs that wait for a process: enough that none is idle, few enough that little is held.
_WAITING_PER_PROCESS = 4


def run_jobs(jobs: Iterable[Job], settings: Settings, processes: int) -> Iterator[tuple[Job, Outcome]]:
    """Yield each job with what came of it.

    Raises:
        CheckError: a process died (of memory, for example).
    """
    remaining = iter(jobs)
    size = 0
    # Small scans are done before a second process would have begun; and what is learned about patterns here
    # (the engine builds its automata as it meets text) forked processes need not learn again.
    while processes < 2 or size < WARM_BYTES:
        job = next(remaining, None)
        if job is None:
            return
        outcome = work(job, settings)
        size += outcome.size
        yield job, outcome
    first = list(islice(remaining, 2))
    try:
        with ProcessPoolExecutor(processes, mp_context=_context()) as pool:
            yield from _spread(pool, first, remaining, (settings, processes * _WAITING_PER_PROCESS))
    except BrokenExecutor:
        raise CheckError("a worker process died", checks=("scan",), hint="try again with --jobs 1") from None


def _spread(
    pool: ProcessPoolExecutor, first: Iterable[Job], remaining: Iterator[Job], how: tuple[Settings, int]
) -> Iterator[tuple[Job, Outcome]]:
    settings, most = how
    waiting: dict[Future[Outcome], Job] = {pool.submit(work, job, settings): job for job in first}
    while waiting:
        for job in islice(remaining, most - len(waiting)):
            waiting[pool.submit(work, job, settings)] = job
        done, _ = wait(waiting, return_when=FIRST_COMPLETED)
        for future in done:
            yield waiting.pop(future), future.result()


def _context() -> multiprocessing.context.BaseContext:
    methods = multiprocessing.get_all_start_methods()
    forking = "fork" in methods and os.uname().sysname == "Linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if forking else "spawn")


__all__ = ["run_jobs"]


def processors() -> int:
    """Return how many processors this process may use."""
    affinity: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1
