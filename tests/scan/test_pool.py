from __future__ import annotations

import pytest
from tests.scan.planted import PROVIDER

from stockade.scan.pool import processors, run_jobs
from stockade.scan.reading import Job
from stockade.scan.settings import Settings
from stockade.scan.tree import Entry


@pytest.fixture
def jobs(tmp_path):
    made = []
    for number in range(9):
        path = tmp_path / f"{number}.py"
        path.write_text(f"x = {number}\nkey = '{PROVIDER}'\n", "utf-8")
        made.append(Job(files=(Entry(str(path), 1),)))
    return made


@pytest.mark.parametrize("processes", [1, 2])
def test_every_job_is_done_once_whoever_does_it(jobs, processes):
    done = list(run_jobs(jobs, Settings(), processes))
    assert sorted(job.files[0].path for job, _ in done) == sorted(job.files[0].path for job in jobs)
    assert all(len(outcome.found) == 1 for _, outcome in done)


def test_no_jobs_and_one_job_need_no_processes(jobs):
    assert list(run_jobs([], Settings(), 8)) == []
    assert len(list(run_jobs(jobs[:1], Settings(), 8))) == 1


def test_jobs_are_taken_as_they_are_needed(jobs):
    taken = []

    def source():
        for job in jobs:
            taken.append(job)
            yield job

    running = run_jobs(source(), Settings(), 1)
    next(running)
    assert len(taken) < len(jobs)


def test_there_is_at_least_one_processor():
    assert processors() >= 1
