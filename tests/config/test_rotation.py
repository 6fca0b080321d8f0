"""What may be said of keys that are rotated."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from stockade.config.rotation import RotationTarget

FINE = {
    "driver": "openai",
    "reference": "vault://secret/llm#key",
    "admin": "env://ADMIN",
    "options": {"project": "p"},
}


def test_a_target_has_the_usual_times():
    target = RotationTarget.model_validate(FINE)
    assert (target.every_days, target.propagation_s, target.quiet_s, target.probe_suffices) == (
        90,
        300,
        300,
        False,
    )


@pytest.mark.parametrize(
    "change",
    [
        {"driver": "nobody"}, {"reference": ""}, {"reference": "env://KEY"}, {"reference": "literal"},
        {"admin": ""}, {"admin": "literal"}, {"options": {"Bad Name": "x"}}, {"options": {"project": 5}},
        {"every_days": 0}, {"propagation_s": -1}, {"unknown": 1},
    ],
    ids=range(11),
)  # fmt: skip
def test_what_makes_no_sense_is_refused(change):
    with pytest.raises(ValidationError):
        RotationTarget.model_validate({**FINE, **change})


@pytest.mark.parametrize("driver", ["gateway-key", "azure-openai"])
def test_drivers_that_have_another_identity_need_no_credential(driver):
    assert RotationTarget.model_validate({**FINE, "driver": driver, "admin": ""}).driver == driver
