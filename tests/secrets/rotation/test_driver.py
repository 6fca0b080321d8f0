"""What drivers share: fingerprints, hints of keys, options."""

from __future__ import annotations

import pytest

from stockade.core.errors import ConfigError
from stockade.secrets.rotation.driver import Access, Created, fingerprint, hinted
from stockade.secrets.value import SecretValue

KEY = SecretValue("sk-" + "canary-0123456789-wxyz")


@pytest.mark.parametrize(
    ("hint", "expected"),
    [
        ("sk-canar...wxyz", True), ("sk-c********************wxyz", True), ("sk-…wxyz", True),
        ("sk-canar...wxyy", False), ("sk-other...wxyz", False), ("sk-...z", False), ("...", False),
        ("", False), ("wxyz", False), ("sk-canary-0123456789-wxyz", False),
    ],
    ids=range(10),
)  # fmt: skip
def test_a_hint_fits_by_beginning_and_end_and_not_by_too_little(hint, expected):
    assert hinted(hint, KEY) is expected


def test_a_fingerprint_tells_keys_apart_and_does_not_hold_them():
    assert fingerprint(KEY) == fingerprint(SecretValue(KEY.reveal())) != fingerprint(SecretValue("other"))
    assert len(fingerprint(KEY)) == 64


def test_no_form_shows_a_credential_or_a_key():
    access = Access({"project": "p"}, lambda: KEY, {"TOKEN": "canary"})
    assert "canary" not in repr(access) + repr(Created("id", KEY))


def test_an_option_that_is_missing_is_named():
    access = Access({"project": "p", "empty": ""}, lambda: KEY)
    assert access.needed("project") == "p"
    for name in ("empty", "none"):
        with pytest.raises(ConfigError, match=name):
            access.needed(name)
