from __future__ import annotations

import asyncio
import json
import logging

import pytest

from stockade.gateway.app import Gateway, place_of
from tests.gateway.asgi import call


async def fine(request, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": request.request_id.encode()})


async def broken(request, receive, send):
    raise RuntimeError("canary-in-an-exception")


@pytest.fixture
def app(services):
    return Gateway(services, {("GET", "/a"): fine, ("POST", "/b"): broken})


def test_a_known_path_reaches_its_handler_with_an_id_of_its_own(app):
    assert call(app, path="/a").body.startswith(b"req_")
    assert call(app, path="/a").body != call(app, path="/a").body


@pytest.mark.parametrize("path", ["/A", "/a/", "//a", "/b/../a", "/", ""])
def test_any_other_spelling_is_refused(app, path):
    said = call(app, path=path)
    assert (said.status, json.loads(said.body)["error"]["code"]) == (404, "uninspected_route")


def test_a_path_that_was_encoded_on_the_way_is_refused(app):
    assert call(app, path="/a", raw_path=b"/%61").status == 404


def test_another_method_is_told_apart(app):
    assert call(app, "DELETE", "/a").status == 405


def test_a_fault_is_a_plain_500_and_its_message_goes_nowhere(app, caplog):
    with caplog.at_level(logging.ERROR):
        said = call(app, "POST", "/b")
    assert said.status == 500
    assert "canary" not in said.body.decode() + caplog.text
    assert "RuntimeError at test_app.py:" in caplog.text
    assert said.headers["cache-control"] == "no-store"


def test_websockets_get_no_answer(app):
    async def nothing(*_):
        raise AssertionError

    asyncio.run(app({"type": "websocket"}, nothing, nothing))


def test_a_start_that_fails_is_told_to_the_server(services):
    from dataclasses import replace

    class Stuck:
        async def start(self):
            raise OSError("no")

    app = Gateway(replace(services, engines=(Stuck(),)), {})
    sent = []

    async def run():
        async def receive():
            return {"type": "lifespan.startup"}

        async def send(message):
            sent.append(message["type"])

        await app({"type": "lifespan"}, receive, send)

    asyncio.run(run())
    assert sent == ["lifespan.startup.failed"]


def test_the_place_of_an_error_holds_no_message():
    with pytest.raises(KeyError) as caught:
        {}["canary"]
    assert place_of(caught.value).startswith("KeyError at test_app.py:")
    assert place_of(ValueError("x")) == "ValueError at ?"
