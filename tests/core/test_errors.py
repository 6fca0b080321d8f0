"""Errors: one tree, with what a caller acts on as attributes."""

from __future__ import annotations

import pytest

from stockade.core import errors
from stockade.core.errors import (
    BlockedError,
    CheckError,
    ConfigError,
    InputError,
    SecretError,
    StockadeError,
    StoreError,
    TamperedError,
)
from stockade.core.policy import Decision
from stockade.core.screen import Verdict


def test_every_error_is_a_stockade_error_and_stands_in_the_drawing():
    classes = {k for k, v in vars(errors).items() if isinstance(v, type) and issubclass(v, Exception)}
    assert all(issubclass(getattr(errors, name), StockadeError) for name in classes)
    assert all(name in errors.__doc__ for name in classes)


@pytest.mark.parametrize("kind", [StockadeError, ConfigError, StoreError, SecretError])
def test_an_error_says_what_to_do_next(kind):
    error = kind("it is wrong", hint="mend it")
    assert (str(error), error.hint) == ("it is wrong", "mend it")
    assert kind("it is wrong").hint == ""


def test_an_input_error_names_reason_and_place():
    error = InputError("no", code="too_deep", pointer="/a/0", hint="flatten it")
    assert (error.code, error.pointer, error.hint) == ("too_deep", "/a/0", "flatten it")
    assert (InputError("no").code, InputError("no").pointer) == ("invalid_request", "")


def test_a_refusal_carries_the_verdict_and_does_not_show_the_text():
    verdict = Verdict(Decision(), text="canary")
    error = BlockedError("refused", verdict=verdict)
    assert error.verdict is verdict
    assert "canary" not in f"{error} {error!r} {error.verdict!r}"


def test_a_failed_check_is_named_by_its_error():
    assert CheckError("not run", checks=("structured",)).checks == ("structured",)
    assert CheckError("not run").checks == ()


def test_tampering_says_from_which_entry_on():
    assert TamperedError("changed", sequence=7).sequence == 7
