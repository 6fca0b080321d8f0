"""From file and environment to settings; every refusal says where and what to do, and repeats no value."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stockade.config import compile_policy, json_schema, load_settings
from stockade.core.errors import ConfigError

CONTRACT = """
listen: {host: 127.0.0.1, port: 8400}            # a non-loopback host needs tls
storage: {url: "sqlite:///stockade.db"}
upstreams:
  cloud: {wire: openai, base_url: "http://127.0.0.1:9001/v1", api_key: "env://UPSTREAM_KEY", boundary: cloud}
  claude: {wire: anthropic, base_url: "http://127.0.0.1:9002", api_key: "env://CLAUDE_KEY", boundary: cloud}
  local: {engine: llama.cpp, model: builtin, boundary: device}
models:
  "local": {upstream: local}
  "claude-*": {upstream: claude}
  "*": {upstream: cloud}
policies:
  default: {extends: balanced}
"""
SECRET = "sk-" + "ant-" + "api03-" + "aB3dE5gH7jK9" * 8


def nothing(text: str) -> list:
    return []


def load(tmp_path, text, environment=None, find_secrets=nothing):
    file = tmp_path / "stockade.yaml"
    file.write_text(text, "utf-8")
    return load_settings(file, environment=environment or {}, find_secrets=find_secrets)


def refused(tmp_path, text, environment=None):
    with pytest.raises(ConfigError) as error:
        load(tmp_path, text, environment)
    assert error.value.hint
    return str(error.value).replace(str(tmp_path), "")


def test_the_contract_is_accepted(tmp_path):
    settings = load(tmp_path, CONTRACT, {"STOCKADE_HOME": str(tmp_path / "home")})
    assert settings.upstreams["cloud"].api_key == "env://UPSTREAM_KEY"
    assert settings.upstreams["local"].engine == "llama.cpp"
    assert list(settings.models) == ["local", "claude-*", "*"]
    assert settings.home == tmp_path / "home"
    assert settings.source == tmp_path / "stockade.yaml"
    assert compile_policy(settings).digest == compile_policy(settings, "balanced").digest


def test_without_a_file_the_defaults_apply_and_nothing_is_made(tmp_path):
    settings = load_settings(environment={"STOCKADE_HOME": str(tmp_path / "home")})
    assert settings.source is None
    assert settings.upstreams["local"].model == "builtin"
    assert not (tmp_path / "home").exists()


def test_without_a_home_the_platform_says_where(tmp_path):
    home = load_settings(environment={}).home
    assert home.is_absolute()
    assert home.name == "stockade"


def test_a_relative_home_is_made_absolute(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert load_settings(environment={"STOCKADE_HOME": "state"}).home == tmp_path / "state"


def test_the_environment_names_the_file(tmp_path):
    file = tmp_path / "other.yaml"
    file.write_text("listen: {port: 9000}\n", "utf-8")
    assert load_settings(environment={"STOCKADE_CONFIG": str(file)}, find_secrets=nothing).listen.port == 9000


def test_the_environment_wins_over_the_file(tmp_path):
    settings = load(tmp_path, "listen: {port: 9000}\n", {"STOCKADE_LISTEN__PORT": "9001"})
    assert settings.listen.port == 9001


def test_the_process_environment_is_what_counts_unless_told(monkeypatch):
    monkeypatch.setenv("STOCKADE_LISTEN__PORT", "9002")
    monkeypatch.delenv("STOCKADE_CONFIG", raising=False)
    assert load_settings().listen.port == 9002


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("listen: {port: 1}\nlimits:\n  body_bites: 1\n", "/stockade.yaml line 3: `limits.body_bites`"),
        ("models:\n  x: {upstream: loca}\n", "/stockade.yaml line 2: there is no upstream 'loca'"),
        ("policies:\n  default:\n    extends: balancd\n", "line 3: there is no policy to extend"),
        ("policies:\n  strict: {extends: balanced}\n", "line 2: 'strict' is the name of a shipped policy"),
        ("policies:\n  default: {}\n", "has no clause"),
        ("policies:\n  a: {extends: b}\n  b: {extends: a}\n", "extends itself"),
        ("", "is empty"),
        ("listen: {host: 0.0.0.0}\n", "line 1: `listen`"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, text, said):
    assert said in refused(tmp_path, text)


def test_a_wrong_variable_is_named(tmp_path):
    assert refused(tmp_path, "listen: {port: 1}\n", {"STOCKADE_LISTEN__PROT": "1"}).startswith(
        "STOCKADE_LISTEN__PROT:"
    )


def test_a_literal_secret_is_refused_by_the_products_own_detectors(tmp_path):
    with pytest.raises(ConfigError, match="line 2: a literal secret") as error:
        load(tmp_path, f"upstreams:\n  a: {{base_url: 'https://a.example', api_key: {SECRET}}}\n", None, None)
    assert SECRET not in str(error.value) + error.value.hint
    assert error.value.__cause__ is None


@pytest.mark.parametrize("name", ["missing.yaml", ".", "nul\0byte"])
def test_a_file_that_cannot_be_read_is_told(tmp_path, name):
    with pytest.raises(ConfigError, match="cannot be read"):
        load_settings(tmp_path / name, environment={})


def test_the_schema_describes_every_setting_and_accepts_one_clause_or_several():
    schema = json_schema()
    assert json.loads(json.dumps(schema)) == schema
    for definition in (schema, *schema["$defs"].values()):
        for name, value in definition.get("properties", {}).items():
            assert (
                value.get("description") or schema["$defs"][value["$ref"].rpartition("/")[2]]["description"]
            ), name
    clause = schema["$defs"]["PolicyRules"]["properties"]["rules"]["additionalProperties"]
    assert {option.get("type", "one") for option in clause["anyOf"]} == {"one", "array"}


def test_loading_is_not_confused_by_a_path_object_or_a_string(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text("listen: {port: 1}\n", "utf-8")
    by_path, by_text = (
        load_settings(p, environment={}, find_secrets=nothing) for p in (Path(file), str(file))
    )
    assert by_path == by_text


@pytest.mark.parametrize(
    ("rule", "hint"),
    [
        ("pii.emial", "did you mean `pii.email`?"),
        ("phi.any", "this family has no rules yet; name it with .*"),
        ("core.detector_failed", "did you mean `core.detector-failed`?"),
    ],
)
def test_a_rule_that_does_not_exist_is_refused(tmp_path, rule, hint):
    file = tmp_path / "stockade.yaml"
    file.write_text(
        f"policies:\n  default:\n    extends: balanced\n    rules:\n      {rule}: {{mode: off}}\n", "utf-8"
    )
    with pytest.raises(ConfigError, match=r"line 5: there is no rule") as error:
        load_settings(file, environment={}, find_secrets=nothing, known_rules=lambda: ["pii.email"])
    assert error.value.hint == hint


def test_rules_are_asked_for_only_if_one_is_named(tmp_path):
    text = "policies:\n  default: {extends: balanced, rules: {'pii.*': {mode: off}}}\n"
    file = tmp_path / "stockade.yaml"
    file.write_text(text, "utf-8")
    load_settings(file, environment={}, find_secrets=nothing, known_rules=lambda: pytest.fail("asked"))


def test_the_products_own_rules_are_known(tmp_path):
    load(
        tmp_path, "policies: {default: {extends: balanced, rules: {core.detector-failed: {action: block}}}}\n"
    )
    assert "there is no rule" in refused(
        tmp_path, "policies: {default: {extends: balanced, rules: {secret.nothing: {mode: off}}}}\n"
    )
