from __future__ import annotations

import base64

import pytest

from stockade.detectors.secrets.plausible import (
    entropy,
    is_basic,
    is_bearer,
    is_placeholder,
    is_plausible,
    is_random,
    is_url_password,
)


def test_entropy_counts_bits_a_character():
    assert entropy("") == entropy("aaaa") == 0.0
    assert entropy("ab") == 1.0
    assert entropy("0123456789abcdef") == 4.0


@pytest.mark.parametrize(
    "value",
    [
        "your-api-key-here",
        "<token>",
        "${TOKEN}",
        "{{ token }}",
        "xxxxxxxx1",
        "changeme",
        "aaab",
        "EXAMPLEKEY1",
    ],
)
def test_a_stand_in_is_no_secret(value):
    assert is_placeholder(value)
    assert not is_random(value)


def test_a_random_value_has_letters_and_digits():
    assert is_random("q8Zr2Lw0Vn5Ty7Bc")
    assert not is_random("correcthorsebattery")
    assert not is_random("1111111122222222")


def test_a_key_with_few_different_characters_is_not_plausible():
    assert is_plausible("tok_" + "q8Zr2Lw0Vn5Ty7Bc")
    assert not is_plausible("tok_" + "a" * 40)
    assert not is_plausible("tok_" + "q8Zr2Lw0XXXXTy7Bc")
    assert not is_plausible("tok_" + "q8Zr2...y7Bc")


@pytest.mark.parametrize("value", ["$PASS", "%s", "{pw}", "<pw>", "***", "password", "changeme"])
def test_a_variable_in_an_address_is_no_password(value):
    assert not is_url_password(value)


def test_a_word_of_its_own_in_an_address_is_a_password():
    assert is_url_password("Sommer" + "2024")


def test_basic_credentials_are_base64_of_name_and_password():
    assert is_basic(base64.b64encode(b"app:k7Vq9zR2").decode())
    assert is_basic(base64.b64encode(b"app:k7Vq9zR2").decode().rstrip("="))
    assert not is_basic(base64.b64encode(b"no colon here").decode())
    assert not is_basic(base64.b64encode(b"\x00\x01:\x02").decode())
    assert not is_basic("not base64 at all")


def test_a_bearer_token_is_no_word():
    assert is_bearer("k7Vq9z" + "R2mW4x")
    assert not is_bearer("authentication")
    assert not is_bearer("${TOKEN_1}")
