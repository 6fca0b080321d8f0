from __future__ import annotations

import pytest

from stockade.detectors.secrets.names import Kind, kind_of, words_of


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("DB_PASSWORD", ["db", "password"]),
        ("dbPassword2", ["db", "password", "2"]),
        ("HTTPProxyPass", ["http", "proxy", "pass"]),
        ("client-secret.value", ["client", "secret", "value"]),
        ("", []),
    ],
)
def test_a_name_is_cut_into_its_words(name, words):
    assert words_of(name) == words


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "DB_PASS",
        "rootpw",
        "userPwd",
        "mysql_passwd",
        "PSWD",
        "senha",
        "password_prod",
        "mypassword",
    ],
)
def test_a_name_that_ends_in_a_password_promises_one(name):
    assert kind_of(name) is Kind.PASSWORD


@pytest.mark.parametrize(
    "name",
    [
        "client_secret",
        "accessToken",
        "API_KEY",
        "apikey",
        "privateKey",
        "SECRET_KEY_BASE",
        "auth",
        "botToken1",
    ],
)
def test_a_name_that_ends_in_a_secret_promises_one(name):
    assert kind_of(name) is Kind.SECRET


def test_a_key_alone_promises_little():
    assert kind_of("key") is kind_of("lookup_key") is Kind.KEY


@pytest.mark.parametrize(
    "name",
    [
        "password_file",
        "token_count",
        "max_tokens",
        "keyboard",
        "compass",
        "secret_name",
        "authorUrl",
        "is_password",
        "hasToken",
        "nextToken",
        "client_request_token",
        "123",
        ".",
    ],
)
def test_the_last_word_says_what_the_thing_is(name):
    assert kind_of(name) is Kind.NOTHING
