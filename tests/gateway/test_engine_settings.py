"""What an engine is started with is checked before anything is started."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from stockade.core.errors import ConfigError
from stockade.gateway.engine_settings import Endpoint, EngineSettings
from stockade.models import chat_template, pinned

SETTINGS = EngineSettings(Path("model.gguf"))


def test_half_of_the_processors_are_left_to_others():
    assert 1 <= SETTINGS.threads <= max(1, (os.cpu_count() or 1) // 2)


@pytest.mark.parametrize("field", ["threads", "context_tokens", "parallel"])
@pytest.mark.parametrize("value", [-1, 0, 10**9])
def test_a_number_out_of_range_is_refused_by_name(field, value):
    with pytest.raises(ConfigError, match=field):
        replace(SETTINGS, **{field: value})


@pytest.mark.parametrize("value", ["x", "A" * 64, "a" * 63, "a" * 65, " " + "a" * 63])
def test_a_hash_that_is_none_is_refused(value):
    with pytest.raises(ConfigError, match="sha256"):
        replace(SETTINGS, sha256=value)


def test_the_builtin_model_must_be_installed_first(tmp_path):
    with pytest.raises(ConfigError) as caught:
        EngineSettings.builtin(tmp_path)
    assert caught.value.hint == "run: stockade local install"


def test_the_builtin_model_is_always_checked_and_has_its_chat_format(tmp_path):
    pin = pinned()
    path = tmp_path / "models" / pin.name / pin.file
    path.parent.mkdir(parents=True)
    with path.open("wb") as sparse:
        sparse.truncate(pin.bytes)
    settings = EngineSettings.builtin(tmp_path)
    assert (settings.model_path, settings.sha256) == (path, pin.sha256)
    assert settings.chat_template == chat_template()


def test_the_key_of_an_endpoint_is_not_in_its_repr():
    assert "secret" not in repr(Endpoint("127.0.0.1", 1, "secret"))
