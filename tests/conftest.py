"""The on-device model for tests that need its weights: installed once for all of them, by the installer."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stockade.core.errors import StoreError
from stockade.models import install


@pytest.fixture(scope="session")
def model_home(request, tmp_path_factory) -> Path:
    """A STOCKADE_HOME with the built-in model, kept between runs; do not write into it."""
    cache = getattr(request.config, "cache", None)
    home = cache.mkdir("stockade-home") if cache is not None else tmp_path_factory.mktemp("home")
    try:
        install(home)
    except StoreError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"the on-device model could not be fetched: {error}")
    return home
