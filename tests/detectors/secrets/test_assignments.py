from __future__ import annotations

import time
from itertools import count

import pytest
from tests.detectors.secrets.tables import check_table, found

from stockade.detectors.secrets import assignments
from stockade.detectors.secrets.assignments import passwords, secrets

LONG = "k7Vq9z" + "R2mW4x"
RANDOM = "Zf3D0LXCM3EIMbgJ" + "pUNnkRtOfOueHznB"


def values(finder, text: str) -> list[str]:
    data = text.encode()
    return [data[start:end].decode() for start, end, _ in finder(data)]


def test_both_rules_find_their_own_probes():
    check_table(assignments.specs())


@pytest.mark.parametrize(
    "text",
    [
        f'password = "{LONG}"',
        f"'password': '{LONG}',",
        f"DB_PASSWORD={LONG}",
        f"export DB_PASS={LONG}",
        f"  password: {LONG}",
        f'"password" => "{LONG}"',
        f"password := `{LONG}`",
        f'if password == "{LONG}":',
        f'setProperty("db.password", "{LONG}")',
        f'String dbPassword = "{LONG}";',
        f'password: str = "{LONG}"',
        f"<password>{LONG}</password>",
        f"<password>\n  {LONG}\n</password>",
        f'<add key="DbPassword" value="{LONG}" />',
        f"- name: DB_PASSWORD\n  value: {LONG}",
        f"CREATE USER app IDENTIFIED BY '{LONG}';",
        f"ALTER USER app IDENTIFIED WITH mysql_native_password BY '{LONG}'",
        f"CREATE ROLE app LOGIN PASSWORD '{LONG}'",
        f"the password is '{LONG}'",
        f"Server=db;User Id=app;Password={LONG};Database=x",
        f'password = b"{LONG}"',
        f'\\"password\\": \\"{LONG}\\"',
        f"account:app pw:{LONG}",
    ],
    ids=count(),
)
def test_a_password_is_found_in_every_notation(text):
    assert values(passwords, text) == [LONG]


@pytest.mark.parametrize(
    "text",
    [
        "password = get_password()",
        "password = settings.PASSWORD",
        'password = f"{user}{number1}"',
        "password: str | None = None",
        'password_file = "secrets1.txt"',
        "PASSWORD=${PASSWORD1}",
        'password = os.getenv("DB_PASSWORD1")',
        "types = ['text', 'password', 'checkbox1']",
        'passwordLabel:"Password:",rememberMe:"1"',
        'label = "password is required"',
        "The password field takes 8 characters",
        'assert response.json()["password"] == expected',
        "password",
        'password = "',
        "password = ",
    ],
    ids=count(),
)
def test_code_that_only_speaks_of_passwords_is_clean(text):
    assert values(passwords, text) == []


@pytest.mark.parametrize(
    "text",
    [
        f'api_key = "{RANDOM}"',
        f"CLIENT_SECRET={RANDOM}",
        f'"access_token": "{RANDOM}"',
        f"https://x.example/y?token={RANDOM}&b=1",
        f'System.setProperty("APP_TOKEN", "{RANDOM}")',
        f"<apiToken>{RANDOM}</apiToken>",
        f'secrets = {{"key": "{RANDOM}"}}',
    ],
    ids=count(),
)
def test_a_random_secret_is_found_in_every_notation(text):
    assert values(secrets, text) == [RANDOM]


@pytest.mark.parametrize(
    "text",
    [
        "max_tokens=4096",
        "token = await client.get_token(scope)",
        'cache_key = "user-profile-v2"',
        'next_token: "Marker"',
        'sort_key = "created_at_2024"',
        "auth = HTTPAuth(name, 12)",
        '"a repeated key": (b\'{"model":"a","messages":[{"role":"user"}]}\', 400)',
        'token_url = "https://auth.example/oauth2/token"',
        "API_KEY: ${{ secrets.API_KEY_2 }}",
    ],
    ids=count(),
)
def test_code_that_only_speaks_of_secrets_is_clean(text):
    assert values(secrets, text) == []


def test_what_is_found_does_not_depend_on_what_follows_the_value():
    text = f"password: {LONG}"
    for more in ("", " ", "\n", " more", "\nmore = 1", '" x'):
        assert values(passwords, text + more) == [LONG]


def test_wide_characters_end_a_value():
    assert values(passwords, f"password={LONG}日本") == [LONG]


@pytest.mark.parametrize(
    "piece",
    ["password=", "password ", 'key="', "token:", "secret", "pass", "password: a ", "key\\", "auth(", "pw> "],
)
def test_hostile_repetition_costs_linear_time(piece):
    begun = time.process_time()
    found(assignments.specs(), piece * (200_000 // len(piece)))
    assert time.process_time() - begun < 3
