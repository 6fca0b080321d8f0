from __future__ import annotations

import os

from stockade.gateway.record import Call
from stockade.gateway.routing import Boundary, Upstream
from stockade.gateway.work import Work
from stockade.pipeline import Exchange
from stockade.wires import WIRES


def test_nothing_that_was_asked_and_no_key_is_printed(services):
    wire = WIRES["/v1/chat/completions"]
    upstream = Upstream("u", "openai", Boundary.CLOUD, lambda: None, str)
    exchange = Exchange(services.pipeline, key=os.urandom(32))
    work = Work(
        Call("req_1", wire.path),
        wire,
        exchange,
        upstream,
        {"anthropic-beta": "canary"},
        b"canary-body",
        "canary-key",
    )
    assert "canary" not in repr(work)
