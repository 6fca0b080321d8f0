from __future__ import annotations

import asyncio
import logging

from stockade.core.errors import StoreError
from stockade.gateway.upkeep import Chore, Upkeep


def run(chore, seconds):
    async def life():
        upkeep = Upkeep((chore,))
        upkeep.start(asyncio.get_running_loop())
        await asyncio.sleep(seconds)
        await upkeep.stop()
        await upkeep.stop()

    asyncio.run(life())


def test_a_chore_is_done_again_and_again_and_a_last_time_at_the_end():
    done = []
    run(Chore("x", 0.01, lambda: done.append(1)), 0.2)
    assert len(done) > 2
    done.clear()
    run(Chore("x", 60, lambda: done.append(1)), 0)
    assert done == [1]


def test_a_chore_that_fails_is_tried_again_and_its_words_are_not_told(caplog):
    tries = []

    def fail():
        tries.append(1)
        raise StoreError("the store is down") if len(tries) == 1 else RuntimeError("canary-4711")

    with caplog.at_level(logging.ERROR):
        run(Chore("noting", 0.01, fail), 0.2)
    assert len(tries) > 2
    assert "noting failed: the store is down" in caplog.text
    assert "noting failed: RuntimeError" in caplog.text
    assert "canary-4711" not in caplog.text


def test_nothing_is_done_by_one_that_was_never_started():
    done = []
    asyncio.run(Upkeep((Chore("x", 0, lambda: done.append(1)),)).stop())
    assert done == []
