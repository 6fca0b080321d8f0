"""What every section keeps: unknown keys are refused, nothing changes, no value is repeated."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from stockade.config.section import Section, refusal


class Sample(Section):
    word: int = 1


def test_an_unknown_key_is_refused_and_the_value_is_not_repeated():
    with pytest.raises(ValidationError) as refused:
        Sample.model_validate({"wrod": "hunter2hunter2"})
    assert "hunter2" not in str(refused.value)


def test_a_section_does_not_change():
    with pytest.raises(ValidationError):
        Sample().word = 2


def test_a_refusal_carries_what_to_do():
    error = refusal("it is {odd}", "mend it")
    assert error.message() == "it is {odd}"
    assert error.context == {"said": "it is {odd}", "hint": "mend it"}
