from __future__ import annotations

import json
from dataclasses import replace

import pytest

from stockade.access.key import KeyClass, KeyRequest
from stockade.bootstrap import now_ms
from stockade.cli.keys import minted
from stockade.gateway.wiring import gateway_of
from tests.doors.gateway import installed
from tests.gateway.asgi import call


def test_health_needs_no_key_and_says_nothing_else(services):
    assert json.loads(call(gateway_of(services), path="/healthz").body) == {"status": "ok"}


def test_readiness_names_what_is_wrong(services, log):
    app = gateway_of(services)
    assert call(app, path="/readyz").status == 200
    log.reason = "sync_failed"
    said = call(app, path="/readyz")
    assert said.status == 503
    assert json.loads(said.body)["record"] == "sync_failed"
    log.reason = ""
    silent = gateway_of(replace(services, silent=("pii.x",)))
    assert json.loads(call(silent, path="/readyz").body)["silent_rules"] == ["pii.x"]


def test_metrics_have_the_exposition_formats_type(services):
    said = call(gateway_of(services), path="/metrics")
    assert said.headers["content-type"].startswith("text/plain; version=0.0.4")


def test_models_need_a_key(services):
    assert call(gateway_of(services), path="/v1/models").status == 401


@pytest.mark.parametrize(
    ("request_", "seen"),
    [
        (KeyRequest(KeyClass.PRODUCTION), ["large", "small"]),
        (KeyRequest(KeyClass.READ_ONLY), ["large", "small"]),
        (KeyRequest(KeyClass.SCOPED, models=("small",)), ["small"]),
    ],
)
def test_a_key_sees_the_models_it_may_call(tmp_path, services, access, request_, seen):
    config = (
        'upstreams: {cloud: {wire: openai, base_url: "http://127.0.0.1:9/v1"}}\n'
        'models: {"large": {upstream: cloud}, "small": {upstream: cloud}, "*": {upstream: cloud}}\n'
    )
    from stockade.gateway.wiring import services_of

    found = installed(tmp_path, config)
    made, text = minted(request_, pepper=found.keys.pepper, now_ms=now_ms())
    access.store.insert(made)
    wired = services_of(found, log=services.ledger._log, access=access)
    said = call(gateway_of(wired), path="/v1/models", headers=[("authorization", f"Bearer {text.reveal()}")])
    assert [m["id"] for m in json.loads(said.body)["data"]] == seen
