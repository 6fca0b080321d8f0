from __future__ import annotations

import pytest

from stockade.access.rights import ROUTES
from stockade.audit import MemoryLog
from stockade.core.errors import ConfigError
from stockade.core.message import Origin
from stockade.core.policy import Action, Clause, Mode, Policy
from stockade.gateway.connection import UpstreamError
from stockade.gateway.routing import Boundary
from stockade.gateway.wiring import check_names, chores_of, routes_of, services_of
from stockade.pipeline import Pipeline
from stockade.wires import WIRES
from tests.doors.gateway import installed

CONFIG = """
upstreams:
  cloud: {wire: openai, base_url: "http://127.0.0.1:9/v1", api_key: "env://UPSTREAM_KEY", boundary: cloud}
  near: {wire: openai, base_url: "http://127.0.0.1:9/v1", boundary: private}
models:
  "near": {upstream: near, model: m}
  "*": {upstream: cloud}
"""


def test_upstreams_are_what_the_settings_say(tmp_path, access):
    made = services_of(installed(tmp_path, CONFIG), log=MemoryLog(), access=access)
    near, name = made.routes.resolve("near", "openai")
    assert (near.boundary, name, near.key()) == (Boundary.PRIVATE, "m", "")
    assert made.routes.resolve("x", "openai")[0].key() == "provider-canary"


def test_every_wire_has_its_route_and_nothing_else_does(services):
    posts = {path for method, path in routes_of(services) if method == "POST"}
    assert set(WIRES) <= posts
    assert all(path in WIRES or path.startswith("/stockade/v1/") for path in posts)


def test_every_route_that_keys_may_call_is_served_and_every_served_one_has_its_row(services):
    open_to_all = {("GET", "/healthz"), ("GET", "/readyz"), ("GET", "/metrics")}
    assert {(method, path) for path, (method, _) in ROUTES.items()} | open_to_all == set(routes_of(services))


def test_the_use_of_keys_is_noted_from_time_to_time(access, key, store):
    access.authenticator.authenticate(key)
    for chore in chores_of(access):
        chore.run()
    assert store.list()[0].last_used_at_ms > 0


def test_every_rule_answers_its_probe(services):
    assert services.silent == ()


def test_a_model_that_is_not_installed_is_told_with_what_to_do(tmp_path, access):
    only = installed(tmp_path, "upstreams: {local: {engine: llama.cpp, model: builtin}}\n")
    with pytest.raises(ConfigError, match="not installed"):
        services_of(only, log=MemoryLog(), access=access)


def test_beside_other_upstreams_a_model_that_is_not_installed_is_just_not_there(tmp_path, access):
    beside = installed(
        tmp_path,
        CONFIG.replace(
            "models:",
            "  local: {engine: llama.cpp, model: builtin, boundary: device}\n"
            'models:\n  "local": {upstream: local}',
        ),
    )
    made = services_of(beside, log=MemoryLog(), access=access)
    upstream, _ = made.routes.resolve("local", "openai")
    with pytest.raises(UpstreamError):
        upstream.pool()
    assert made.routes.resolve("near", "openai") is not None


class Nothing:
    name = "nothing"
    origins = frozenset({Origin.USER})
    reach = 0

    def __init__(self, rules):
        self.rules = rules

    def detect(self, text):
        return []


def test_a_check_that_no_clause_enforces_is_named_as_watching():
    from stockade.core.finding import Rule

    rules = (Rule("pii.a", "A", probe="a"),)
    for mode, name in ((Mode.MONITOR, "nothing:monitor"), (Mode.ENFORCE, "nothing")):
        policy = Policy("p", (Clause(("pii.*",), Action.BLOCK, mode=mode),))
        pipeline = Pipeline(detectors=[Nothing(rules)], policy=policy, cache_key=bytes(32))
        assert check_names(pipeline) == {"nothing": name}


def test_every_route_has_a_row_in_the_table_of_rights(services):
    from stockade.access.rights import ROUTES
    from stockade.gateway.plain_routes import UNRECORDED

    open_to_all = {"/healthz", "/readyz", "/metrics"}
    assert open_to_all < set(UNRECORDED)
    reached = {path for _, path in routes_of(services)} - open_to_all
    assert reached <= set(ROUTES)
