"""Values that contradict each other or open what nobody asked to open are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from stockade.config.settings import EngineUpstream, RemoteUpstream, Settings, SettingsFile

REMOTE = {"base_url": "https://api.example/v1", "api_key": "env://KEY"}


def read(**sections) -> SettingsFile:
    return SettingsFile.model_validate(sections)


def upstream(**values) -> RemoteUpstream:
    return read(upstreams={"a": {**REMOTE, **values}}).upstreams["a"]


def test_the_defaults_need_no_file():
    settings = Settings(home=Path("/home"))
    assert (settings.listen.host, settings.listen.port) == ("127.0.0.1", 8400)
    assert settings.storage.url == "sqlite:///stockade.db"
    assert settings.upstreams == {"local": EngineUpstream(engine="llama.cpp")}
    assert {glob: alias.upstream for glob, alias in settings.aliases.items()} == {"*": "local"}
    assert settings.policies["default"].extends == "balanced"
    assert settings.under_home(settings.audit.path) == Path("/home/audit")
    assert settings.under_home("/elsewhere") == Path("/elsewhere")


def test_models_keep_their_order():
    upstreams = {"a": REMOTE, "b": REMOTE}
    models = {"z": {"upstream": "a"}, "a-*": {"upstream": "b"}, "*": {"upstream": "a"}}
    settings = Settings(home=Path("/home"), upstreams=upstreams, models=models)
    assert list(settings.aliases) == ["z", "a-*", "*"]


def test_several_upstreams_need_models():
    with pytest.raises(ValidationError, match="no models"):
        read(upstreams={"a": REMOTE, "b": REMOTE})


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "gateway.example"])
def test_an_address_that_others_reach_needs_tls(host):
    with pytest.raises(ValidationError, match="plain text"):
        read(listen={"host": host})
    assert read(listen={"host": host, "unsafe_plaintext": True})
    assert read(listen={"host": host, "tls": {"cert": "c.pem", "key": "k.pem"}})


@pytest.mark.parametrize("url", ["http://192.0.2.1/v1", "http://api.example/v1"])
def test_the_cloud_is_not_reached_in_plain_text(url):
    with pytest.raises(ValidationError, match="plain text"):
        upstream(base_url=url)
    assert upstream(base_url=url, boundary="private").boundary == "private"


def test_loopback_may_stand_for_the_cloud():
    assert upstream(base_url="http://127.0.0.1:9001/v1").boundary == "cloud"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.example",
        "ftp://api.example",
        "https://",
        "https://h:x/",
        "https://h/?a=b",
        "https://h/#a",
        "https://[/",
    ],
)
def test_what_is_no_address_is_refused(url):
    with pytest.raises(ValidationError, match="not an address"):
        upstream(base_url=url)


@pytest.mark.parametrize("url", ["https://me:word@api.example/v1", "https://token@api.example/v1"])
def test_credentials_in_an_address_are_refused_and_not_repeated(url):
    with pytest.raises(ValidationError, match="holds credentials") as refused:
        upstream(base_url=url)
    assert "word" not in str(refused.value)


@pytest.mark.parametrize(
    "key", ["hunter2", "env:KEY", "env://", "ENV://KEY", "file://relative", "s3://bucket/key", " env://A"]
)
def test_a_key_is_a_reference(key):
    with pytest.raises(ValidationError) as refused:
        upstream(api_key=key)
    assert "hunter2" not in str(refused.value)


def test_the_database_address_holds_no_password():
    with pytest.raises(ValidationError, match="password"):
        read(storage={"url": "postgresql://me:word@db/stockade"})
    assert read(storage={"url": "env://DATABASE_URL"})


@pytest.mark.parametrize(
    "sections",
    [
        {"listen": {"port": 65536}},
        {"listen": {"port": -1}},
        {"listen": {"port": "x"}},
        {"listen": {"host": "a b"}},
        {"listen": {"host": ""}},
        {"listen": {"tls": {"cert": "c"}}},
        {"listen": []},
        {"upstreams": {}},
        {"upstreams": {"a/b": REMOTE}},
        {"upstreams": {"a": {}}},
        {"upstreams": {"a": "openai"}},
        {"upstreams": {"a": {**REMOTE, "wire": "soap"}}},
        {"upstreams": {"a": {**REMOTE, "boundary": "moon"}}},
        {"upstreams": {"a": {**REMOTE, "engine": "llama.cpp"}}},
        {"upstreams": {"a": {"engine": "vllm"}}},
        {"upstreams": {"a": {"engine": "llama.cpp", "boundary": "cloud"}}},
        {"upstreams": {"a": {**REMOTE, "timeouts": {"connect_s": 0}}}},
        {"upstreams": {"a": {**REMOTE, "connections_max": 0}}},
        {"models": {"": {"upstream": "local"}}},
        {"models": {"a b": {"upstream": "local"}}},
        {"models": {"*": "local"}},
        {"policies": {"my policy": {"extends": "strict"}}},
        {"audit": {"sync_deadline_ms": 1}},
        {"audit": {"path": ""}},
        {"limits": {"body_bytes": 1}},
        {"limits": {"body_bytes": 10**9}},
        {"limits": {"uninspected": "maybe"}},
        {"secrets": {"ttl_ms": -1}},
        {"secret": {}},
    ],
)
def test_what_is_out_of_bounds_is_refused(sections):
    with pytest.raises(ValidationError):
        read(**sections)


def test_nothing_changes_afterwards():
    with pytest.raises(ValidationError):
        Settings(home=Path("/home")).listen.port = 1
