"""The catalogue of backends. What each of them keeps is tested in tests/contracts."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

from stockade.secrets.backends import CATALOGUE, EXTRAS, SecretBackend, WritableBackend
from stockade.secrets.reference import SCHEMES


def test_every_scheme_has_a_backend_and_the_extras_are_theirs():
    assert set(CATALOGUE) == set(SCHEMES)
    assert set(EXTRAS) <= set(CATALOGUE)


@pytest.mark.parametrize("scheme", CATALOGUE)
def test_every_module_of_the_catalogue_opens_its_backend(scheme):
    module, _extra = CATALOGUE[scheme]
    backend: SecretBackend = importlib.import_module(module).open_backend({})
    assert backend.scheme == scheme
    assert isinstance(backend, WritableBackend) is (scheme != "env")


def test_no_package_of_an_extra_is_imported_before_it_is_used():
    program = (
        "import sys; from stockade.secrets.opening import open_backends; open_backends({});"
        "print([name for name in ('botocore', 'keyring', 'ssl') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
