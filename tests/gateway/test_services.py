from __future__ import annotations

import asyncio
from dataclasses import replace


def test_what_is_wrong_is_said_in_one_place(services, log):
    assert services.trouble == {}
    log.reason = "disk_full"
    assert replace(services, silent=("pii.x",)).trouble == {"silent_rules": ["pii.x"], "record": "disk_full"}


def test_the_policy_is_named_with_its_digest(services):
    assert services.policy_label == f"default@{services.pipeline.policy.digest}"


def test_everything_that_was_started_is_stopped_and_the_record_last(services, log):
    order = []

    class Engine:
        state = "up"

        async def start(self):
            order.append("start")

        async def stop(self):
            order.append("stop")

    log.close = lambda: order.append("record")
    made = replace(services, engines=(Engine(),), release=lambda: order.append("release"))

    async def run():
        await made.start(asyncio.get_running_loop())
        await made.stop()

    asyncio.run(run())
    assert order == ["start", "stop", "release", "record"]


def test_no_key_is_printed(services):
    assert services.keys.pepper.hex() not in repr(services)
    assert str(services.keys.pepper) not in repr(services)
