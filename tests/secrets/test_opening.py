"""Opening backends: on use, the extra named where a package is missing, nothing of clients repeated."""

from __future__ import annotations

import sys

import pytest

from stockade.core.errors import ConfigError, SecretError
from stockade.secrets.backends import CATALOGUE
from stockade.secrets.opening import OnUse, open_backends
from stockade.secrets.reference import Reference
from stockade.secrets.value import SecretValue


def test_there_is_a_backend_for_every_scheme():
    opened = open_backends({})
    assert {scheme: backend.scheme for scheme, backend in opened.items()} == {s: s for s in CATALOGUE}


def test_the_environment_that_was_handed_in_is_read():
    assert open_backends({"KEY": "value"})["env"].read(Reference("env", "KEY")).reveal() == "value"


@pytest.mark.parametrize(("scheme", "package", "extra"), [("aws-sm", "botocore", "aws"), ("keyring",) * 3])
def test_a_package_that_is_missing_is_named_by_its_extra(monkeypatch, scheme, package, extra):
    monkeypatch.setitem(sys.modules, package, None)
    if package == "botocore":
        monkeypatch.setitem(sys.modules, "botocore.session", None)
    with pytest.raises(ConfigError) as failed:
        OnUse(scheme, {}).read(Reference(scheme, "a/b"))
    assert f"stockade[{extra}]" in failed.value.hint


def test_what_a_foreign_client_raises_is_not_repeated(monkeypatch):
    class Foreign:
        scheme = "file"

        def read(self, reference):
            raise NotImplementedError

        def write(self, reference, value):
            raise RuntimeError(value.reveal())

        def retire(self, reference):
            raise RuntimeError("canary")

    backend = OnUse("file", {})
    backend._opened = Foreign()
    for act in (
        lambda: backend.write(Reference("file", "/x"), SecretValue("canary")),
        lambda: backend.retire(Reference("file", "/x")),
    ):
        with pytest.raises(SecretError, match="RuntimeError") as failed:
            act()
        assert "canary" not in str(failed.value)
        assert failed.value.__context__ is None
    assert repr(backend) == "OnUse(file)"
