from __future__ import annotations

import base64
import json
import time
from itertools import count

import pytest
from tests.detectors.secrets.tables import check_table, found

from stockade.detectors.secrets import standards
from stockade.detectors.secrets.standards import encoded_tokens, tokens

LONG = "k7Vq9z" + "R2mW4x"


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


TOKEN = f"{part({'alg': 'HS256'})}.{part({'sub': 'x' * 3000})}.{'q8Zr2Lw0' * 6}"


def test_every_rule_finds_its_own_probe():
    check_table(standards.specs())


def test_a_token_is_found_whole_however_long_its_payload():
    assert [(start, end) for start, end, _ in tokens(f"x {TOKEN} y".encode())] == [(2, 2 + len(TOKEN))]


def test_an_unsigned_token_is_found_less_surely():
    (found_one,) = tokens(TOKEN.rpartition(".")[0].encode() + b". ")
    assert found_one[2] < 0.9


def test_what_has_no_header_is_no_token():
    header = part({"name": "no algorithm here"})
    assert list(tokens(f"{header}.{header}.{'q8Zr2Lw0' * 6}".encode())) == []
    assert list(tokens(b"eyelash.eyebrow.eyelid eyJhbGciOiJIUzI1NiJ9")) == []


def test_a_token_inside_base64_is_found():
    again = base64.b64encode(TOKEN.encode()).decode()
    assert [(start, end) for start, end, _ in encoded_tokens(f"a={again};".encode())] == [(2, 2 + len(again))]
    assert list(encoded_tokens(base64.b64encode(b'{"json": "but no token at all, only words"}' * 3))) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (f"postgres://app:{LONG}@db.internal:5432/x", "url_basic_auth"),
        (f"Authorization: Bearer {LONG}", "bearer"),
        (f"authorization: token {LONG}", "bearer"),
        (f"-H 'X-Api-Key: {LONG}{LONG}'", "key_header"),
        ("Basic " + base64.b64encode(f"app:{LONG}".encode()).decode(), "basic_auth"),
    ],
    ids=count(),
)
def test_headers_and_addresses_give_credentials_away(text, rule):
    assert rule in found(standards.specs(), text)


@pytest.mark.parametrize(
    "text",
    [
        "https://user:password@example.com",
        "https://${USER}:${PASS}@example.com",
        "https://example.com:8080/@scope/package",
        "Authorization: Bearer $TOKEN",
        "Authorization: Bearer your-token-here",
        "Basic knowledge of the subject",
        "mailto:a@b.example",
    ],
    ids=count(),
)
def test_references_and_words_are_clean(text):
    assert found(standards.specs(), text) == set()


@pytest.mark.parametrize("piece", ["ey", "eyJhbGciOiJIUzI1NiJ9.", "a://b:c", "basic ", "ZXlK", "@", ":a@"])
def test_hostile_repetition_costs_linear_time(piece):
    begun = time.process_time()
    found(standards.specs(), piece * (200_000 // len(piece)))
    assert time.process_time() - begun < 3
