from __future__ import annotations

import time

import pytest

from stockade.detectors.secrets.names import Kind
from stockade.detectors.secrets.values import (
    is_code,
    is_stand_in,
    is_wordish,
    password_confidence,
    secret_confidence,
)


@pytest.mark.parametrize(
    "value",
    [
        "$PASSWORD", "${PW}", "pre${PW}post", "{{ pw }}", "%(pw)s", "%PW%", "<password>", "os.environ",
        "env:PW",
        "vault:kv/x", "changeme", "your-password", "xxxxxxxx", "********", "...", "None", "true", "REDACTED",
        "!vault", "&lt;pw&gt;", "https://x", "aaaa", "*name*",
    ],
)  # fmt: skip
def test_a_reference_or_placeholder_is_a_stand_in(value):
    assert is_stand_in(value)
    assert password_confidence(value, quoted=True, literal=True) == 0.0


@pytest.mark.parametrize(
    "value", ["access_token_v2", "gpt-4o-2024", "ServerlessV2PlatformVersions", "user.password"]
)
def test_words_with_small_numbers_are_words(value):
    assert is_wordish(value)
    assert secret_confidence(value, Kind.SECRET, quoted=True) == 0.0


@pytest.mark.parametrize(
    "value", ["Zf3D0LXCM3EIMbgJpUNnkRtOfOue" + "HznB", "AIhq5Xyb1Gga" + "9Q7", "c4ed6c21-9dd5-4a05"]
)
def test_random_strings_are_no_words(value):
    assert not is_wordish(value)


@pytest.mark.parametrize(
    "value", ["settings.PASSWORD", "get_password()", "cfg[0]", "DEFAULT_PASSWORD", "a->b"]
)
def test_an_unquoted_expression_is_code(value):
    assert is_code(value)
    assert password_confidence(value, quoted=False, literal=False) == 0.0


def test_a_quoted_password_needs_no_digit_but_a_bare_one_does():
    assert password_confidence("whiteduke", quoted=True, literal=False) == 0.55
    assert password_confidence("whiteduke", quoted=False, literal=False) == 0.0
    assert password_confidence("whiteduke", quoted=False, literal=True) == 0.55
    assert password_confidence("Summer" + "2024", quoted=True, literal=False) == 0.75
    assert password_confidence("dipPr" + "142Gg!", quoted=False, literal=False) == 0.75


@pytest.mark.parametrize(
    "value", ["abc", "new_password", "PASSWORD_FIELD", "/etc/app/password", "key.pem", "a" * 200]
)
def test_a_name_a_path_or_an_impossible_length_is_no_password(value):
    assert password_confidence(value, quoted=True, literal=True) == 0.0


def test_a_secret_is_random_and_the_longer_the_surer():
    assert secret_confidence("q8Zr2Lw0", Kind.SECRET, quoted=True) == 0.6
    assert secret_confidence("q8Zr2Lw0Vn5Ty7Bc", Kind.SECRET, quoted=True) == 0.75
    assert secret_confidence("correcthorsebattery", Kind.SECRET, quoted=True) == 0.0
    assert secret_confidence("m(h!o)p$e]nob", Kind.SECRET, quoted=True) == 0.6
    assert secret_confidence("12345678", Kind.SECRET, quoted=True) == 0.0


def test_behind_a_bare_key_only_long_values_count():
    assert secret_confidence("q8Zr2Lw0", Kind.KEY, quoted=True) == 0.0
    assert secret_confidence("q8Zr2Lw0Vn5Ty7Bc", Kind.KEY, quoted=True) == 0.75


@pytest.mark.parametrize("piece", ["aB1", "A", "a1", "-", "${", "<", "Aa", "a_"])
def test_hostile_values_cost_linear_time(piece):
    begun = time.process_time()
    for quoted in (True, False):
        password_confidence(piece * 40, quoted=quoted, literal=True)
        secret_confidence(piece * 170, Kind.SECRET, quoted=quoted)
        is_wordish(piece * 10_000)
        is_stand_in(piece * 10_000)
    assert time.process_time() - begun < 0.5
