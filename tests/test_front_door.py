"""The front door: what ``import stockade`` gives, exactly."""

from __future__ import annotations

import subprocess
import sys

import stockade

PUBLIC = {
    "Action",
    "Anonymized",
    "BlockedError",
    "CheckError",
    "Clause",
    "ConfigError",
    "Decision",
    "Finding",
    "Guard",
    "InputError",
    "Message",
    "Mode",
    "Origin",
    "Policy",
    "Rule",
    "SecretError",
    "Severity",
    "Span",
    "StockadeError",
    "StoreError",
    "Style",
    "TamperedError",
    "Verdict",
    "__version__",
}


def test_the_front_door_offers_exactly_these_names():
    assert set(stockade.__all__) == PUBLIC
    assert list(stockade.__all__) == sorted(stockade.__all__)


def test_every_name_of_the_front_door_can_be_taken():
    assert [name for name in stockade.__all__ if not hasattr(stockade, name)] == []


def test_everything_behind_the_front_door_explains_itself():
    things = [getattr(stockade, name) for name in stockade.__all__ if name != "__version__"]
    assert [thing.__name__ for thing in things if not thing.__doc__] == []


def test_every_error_comes_through_the_front_door():
    from stockade.core import errors

    tree = {name for name in vars(errors) if name.endswith("Error")}
    assert tree <= set(stockade.__all__)


def test_importing_the_library_does_not_load_the_gateway():
    listed = (
        "import stockade, sys; print([m for m in ('asyncio', 'uvicorn', 'xllamacpp') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", listed], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
