"""The catalogue of backends: what it names exists, and keeps the port's promises."""

from __future__ import annotations

import importlib

import pytest

from stockade.core.errors import SecretError
from stockade.secrets.backends import CATALOGUE, EXTRAS
from stockade.secrets.backends.env import EnvBackend
from stockade.secrets.backends.file import FileBackend
from stockade.secrets.reference import SCHEMES, Reference


def in_the_environment(_folder):
    return EnvBackend({"KEY": "canary-value", "EMPTY": ""}), Reference("env", "KEY"), Reference("env", "NONE")


def in_a_file(folder):
    path = folder / "key"
    path.write_text("canary-value", "utf-8")
    path.chmod(0o600)
    return FileBackend(), Reference("file", str(path)), Reference("file", str(folder / "none"))


BACKENDS = {"env": in_the_environment, "file": in_a_file}


@pytest.fixture(params=BACKENDS)
def backend(request, tmp_path):
    return BACKENDS[request.param](tmp_path)


def test_every_backend_of_the_catalogue_is_tested_here():
    assert set(BACKENDS) == set(CATALOGUE)


def test_every_scheme_has_a_backend_or_an_extra():
    assert set(CATALOGUE) | set(EXTRAS) == set(SCHEMES)


def test_every_module_of_the_catalogue_can_be_imported():
    for module, _extra in CATALOGUE.values():
        importlib.import_module(module)


def test_a_secret_that_exists_is_read(backend):
    reader, there, _ = backend
    assert reader.scheme == there.scheme
    assert reader.read(there).reveal() == "canary-value"


def test_a_secret_that_does_not_exist_is_a_secret_error(backend):
    reader, _, missing = backend
    with pytest.raises(SecretError) as failed:
        reader.read(missing)
    assert missing.path in str(failed.value)
    assert failed.value.hint


def test_a_backend_does_not_show_what_it_reads(backend):
    reader, there, _ = backend
    assert "canary" not in f"{reader!r}{reader.read(there)!r}"
