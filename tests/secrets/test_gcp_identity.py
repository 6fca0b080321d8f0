"""Tokens of Google Cloud by every way of the application default credentials."""

from __future__ import annotations

import base64
import json

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from tests.secrets.servers.google import Google
from tests.secrets.servers.stateful import served

from stockade.core.errors import ConfigError, SecretError
from stockade.secrets.gcp_identity import SCOPE, GcpIdentity
from stockade.secrets.https import Web


@pytest.fixture
def google():
    with served(Google()) as state:
        yield state


@pytest.fixture(scope="module")
def private_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def identity(tmp_path):
    def of(account, now=lambda: 1_800_000_000.0):
        file = tmp_path / "credentials.json"
        file.write_text(account if isinstance(account, str) else json.dumps(account), "utf-8")
        return GcpIdentity({"GOOGLE_APPLICATION_CREDENTIALS": str(file)}, Web({}), clock=now)

    return of


def service_account(google, private_key):
    pem = private_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return {
        "type": "service_account", "client_email": "gateway@p.example", "private_key_id": "k1",
        "private_key": pem.decode(), "token_uri": f"{google.url}/token",
    }  # fmt: skip


def unpacked(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def test_a_service_account_signs_for_itself(google, identity, private_key):
    token = identity(service_account(google, private_key)).token()
    assert token in google.tokens
    header, claims, signature = google.asked[0].form["assertion"].split(".")
    private_key.public_key().verify(
        unpacked(signature), f"{header}.{claims}".encode(), padding.PKCS1v15(), hashes.SHA256()
    )
    assert json.loads(unpacked(header)) == {"alg": "RS256", "typ": "JWT", "kid": "k1"}
    assert json.loads(unpacked(claims)) == {
        "iss": "gateway@p.example", "scope": SCOPE, "aud": f"{google.url}/token",
        "iat": 1_800_000_000, "exp": 1_800_003_600,
    }  # fmt: skip


def test_a_token_is_kept_until_shortly_before_it_ends(google, identity, private_key):
    now = [1_800_000_000.0]
    account = identity(service_account(google, private_key), now=lambda: now[0])
    first = account.token()
    now[0] += 3600 - 121
    assert account.token() == first
    now[0] += 2
    assert account.token() != first


def test_a_signed_in_user_is_known_by_the_refresh_token(google, identity):
    account = {
        "type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": "r",
        "token_uri": f"{google.url}/token",
    }  # fmt: skip
    assert identity(account).token() in google.tokens
    assert google.asked[0].form["grant_type"] == "refresh_token"


@pytest.mark.parametrize("as_json", [False, True])
def test_a_federated_workload_exchanges_its_token_and_impersonates(google, identity, tmp_path, as_json):
    subject = tmp_path / "subject"
    subject.write_text(json.dumps({"id_token": "jwt"}) if as_json else "jwt", "utf-8")
    form = {"type": "json", "subject_token_field_name": "id_token"} if as_json else {"type": "text"}
    account = {
        "type": "external_account", "audience": "//iam.example/pool", "token_url": f"{google.url}/token",
        "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "credential_source": {"file": str(subject), "format": form},
        "service_account_impersonation_url": f"{google.url}/v1/sa:generateAccessToken",
    }  # fmt: skip
    assert identity(account).token() in google.tokens
    assert google.asked[0].form["subject_token"] == "jwt"
    assert google.asked[1].json == {"scope": [SCOPE]}


@pytest.mark.parametrize(
    "account",
    [
        "", "[]", "not json", {"type": "executable"}, {"type": "service_account", "private_key": "x"},
        {"type": "external_account", "credential_source": {"file": "/nonexistent"}},
        {"type": "external_account", "credential_source": {"executable": {"command": "rm"}}},
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_a_configuration_error(identity, account):
    with pytest.raises(ConfigError):
        identity(account).token()


def test_a_refused_exchange_is_a_secret_error(google, identity):
    account = {"type": "authorized_user", "token_uri": f"{google.url}/token"}
    with pytest.raises(SecretError, match="400"):
        identity(account).token()


def test_a_file_that_is_named_and_missing_is_not_replaced_by_the_metadata_service(tmp_path):
    with pytest.raises(ConfigError):
        GcpIdentity({"GOOGLE_APPLICATION_CREDENTIALS": str(tmp_path / "none")}, Web({})).token()
