"""A target keeps its credential to itself."""

from __future__ import annotations

from stockade.secrets.reference import Reference
from stockade.secrets.rotation.driver import Access
from stockade.secrets.rotation.target import DAY_MS, Target
from stockade.secrets.value import SecretValue


def test_a_target_has_the_usual_times_and_shows_no_credential():
    access = Access({"token": "canary"}, lambda: SecretValue("canary"))
    target = Target("cloud", "openai", Reference("file", "/key"), access)
    assert (target.every_ms, target.propagation_ms) == (90 * DAY_MS, 300_000)
    assert "canary" not in repr(target)
