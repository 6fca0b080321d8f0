"""What drives rotations is built from the configuration."""

from __future__ import annotations

import re

import pytest

from stockade.cli.rotation_targets import new_label, target_of
from stockade.config.rotation import RotationTarget
from stockade.core.errors import ConfigError
from stockade.secrets.reference import Reference
from stockade.secrets.value import SecretValue

SECTION = {
    "driver": "azure-openai",
    "reference": "vault://secret/llm#key",
    "options": {"account": "a"},
    "quiet_s": 7,
}


def test_a_target_is_what_its_section_says():
    section = RotationTarget.model_validate({**SECTION, "admin": "env://ADMIN"})
    target = target_of("azure", section, lambda text: SecretValue(f"value of {text}"))
    assert (target.name, target.reference) == ("azure", Reference("vault", "secret/llm", "key"))
    assert (target.quiet_ms, target.propagation_ms, target.every_ms) == (7000, 300_000, 90 * 86_400_000)
    assert target.access.secret().reveal() == "value of env://ADMIN"


def test_a_credential_that_is_not_configured_is_missed_when_it_is_asked_for():
    target = target_of("azure", RotationTarget.model_validate(SECTION), SecretValue)
    with pytest.raises(ConfigError, match="credential"):
        target.access.secret()


def test_a_label_is_a_name_that_every_provider_takes_and_comes_once():
    labels = {new_label() for _ in range(50)}
    assert len(labels) == 50
    assert all(re.fullmatch(r"stockade-\d{8}-[0-9a-f]{8}", label) for label in labels)
