"""The keyring of the operating system. The contract is in tests/contracts."""

from __future__ import annotations

import keyring
import pytest
from keyring.backends import fail, null

from stockade.core.errors import SecretError
from stockade.secrets.backends.keyring import open_backend
from stockade.secrets.opening import OnUse
from stockade.secrets.reference import Reference
from stockade.secrets.value import SecretValue

HERE = Reference("keyring", "stockade/key")


@pytest.fixture
def use():
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def test_a_machine_without_a_keyring_is_a_secret_error(use):
    use(fail.Keyring())
    backend = OnUse("keyring", {})
    with pytest.raises(SecretError, match="NoKeyringError"):
        backend.write(HERE, SecretValue("x"))


def test_a_keyring_that_is_switched_off_has_no_entry(use):
    use(null.Keyring())
    with pytest.raises(SecretError) as failed:
        open_backend({}).read(HERE)
    assert "stockade secrets set" in failed.value.hint
