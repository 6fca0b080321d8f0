from __future__ import annotations

import pytest

from stockade.gateway.routing import Alias, Boundary, Routes, Upstream


def upstream(name, boundary=Boundary.CLOUD, wire="openai", key="k-1"):
    return Upstream(name, wire, boundary, pool=lambda: None, key=lambda: key)


CLOUD, DEVICE, CLAUDE = (
    upstream("cloud"),
    upstream("here", Boundary.DEVICE),
    upstream("claude", wire="anthropic"),
)
ROUTES = Routes(
    [
        Alias("local", DEVICE, "small"),
        Alias("claude-*", CLAUDE),
        Alias("gpt-*", CLOUD),
        Alias("*", CLOUD, "other"),
    ]
)


@pytest.mark.parametrize(
    ("model", "wire", "name", "sent"),
    [
        ("local", "openai", "here", "small"),
        ("gpt-9", "openai", "cloud", "gpt-9"),
        ("claude-1", "anthropic", "claude", "claude-1"),
        ("claude-1", "openai", "cloud", "other"),
        ("LOCAL", "openai", "cloud", "other"),
    ],
)
def test_the_first_line_that_matches_the_model_and_speaks_the_wire_wins(model, wire, name, sent):
    found = ROUTES.resolve(model, wire)
    assert (found[0].name, found[1]) == (name, sent)


def test_a_model_without_a_line_leads_nowhere():
    assert ROUTES.resolve("gpt-9", "anthropic") is None


def test_only_an_upstream_on_the_device_is_on_the_device():
    assert ROUTES.on_device("openai")[0] is DEVICE
    assert ROUTES.on_device("anthropic") is None


def test_plain_names_are_listed_and_globs_are_not():
    assert [name for name, _ in ROUTES.models()] == ["local"]


def test_the_key_goes_into_the_header_and_not_into_a_repr():
    headers = CLOUD.headers("req_1", "k-1", {})
    assert headers["authorization"] == "Bearer k-1"
    assert "authorization" not in CLOUD.headers("req_1", "", {})
    assert "k-1" not in repr(CLOUD)


def test_the_dialect_decides_which_header_holds_the_key():
    headers = CLAUDE.headers("req_1", "k-1", {"anthropic-beta": "x"})
    assert (headers["x-api-key"], headers["anthropic-version"]) == ("k-1", "2023-06-01")
    assert headers["anthropic-beta"] == "x"
    assert "authorization" not in headers
    assert "anthropic-beta" not in CLOUD.headers("req_1", "k-1", {"anthropic-beta": "x"})


def test_boundaries_are_ordered_from_near_to_far():
    assert Boundary.DEVICE < Boundary.PRIVATE < Boundary.CLOUD
    assert CLOUD.label == "cloud (cloud)"


def test_closing_hangs_up_every_upstream():
    hung = []
    one = Upstream("a", "openai", Boundary.CLOUD, lambda: None, str, lambda: hung.append("a"))
    Routes([Alias("*", one), Alias("x", one)]).close()
    assert hung == ["a"]
