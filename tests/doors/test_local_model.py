"""The main job with the real on-device model: client, gateway and language model on one machine."""

from __future__ import annotations

import openai
import pytest

from stockade.access.key import KeyClass, KeyRequest
from stockade.bootstrap import now_ms
from stockade.cli.keys import minted
from stockade.gateway.background import background
from stockade.gateway.server import Listen
from stockade.gateway.wiring import gateway_of, services_of
from tests.doors.gateway import installed

EMAIL = "jane.doe" + "@corp.example"
CONFIG = "upstreams: {local: {engine: llama.cpp, model: builtin, boundary: device}}\n"


@pytest.fixture(scope="module")
def client(model_home, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    (home / "models").symlink_to(model_home / "models")
    found = installed(home, CONFIG)
    access = found.access()
    key, text = minted(KeyRequest(KeyClass.PRODUCTION), pepper=found.keys.pepper, now_ms=now_ms())
    access.store.insert(key)
    services = services_of(found, log=found.log(), access=access)
    with (
        background(gateway_of(services), Listen(port=0)) as address,
        openai.OpenAI(base_url=address + "/v1", api_key=text.reveal(), max_retries=9) as made,
    ):
        yield made


@pytest.mark.model
def test_a_real_model_answers_through_the_gateway_and_saw_no_address(client):
    said = [{"role": "user", "content": f"Repeat exactly: {EMAIL}"}]
    raw = client.chat.completions.with_raw_response.create(
        model="local", messages=said, max_tokens=24, temperature=0
    )
    assert raw.headers["x-stockade-action"] == "transform"
    assert raw.headers["x-stockade-upstream"] == "local (device)"
    assert raw.parse().choices[0].message.content


@pytest.mark.model
def test_a_real_model_streams_through_the_gateway(client):
    said = [{"role": "user", "content": "Name three colours."}]
    events = client.chat.completions.create(model="local", messages=said, max_tokens=24, stream=True)
    pieces = [e.choices[0].delta.content or "" for e in events if e.choices]
    assert len(pieces) > 3
    assert "".join(pieces).strip()
