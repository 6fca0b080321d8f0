"""Vault and OpenBao: sign-ins, engines of both versions, lost races. The contract is in tests/contracts."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.secrets.servers.programs import ROOT_TOKEN, bao_program, openbao
from tests.secrets.servers.stateful import Stateful, served

from stockade.core.errors import ConfigError, SecretError
from stockade.secrets.backends.vault import VaultBackend, open_backend
from stockade.secrets.https import Request, Web
from stockade.secrets.reference import Reference
from stockade.secrets.value import SecretValue

HERE = Reference("vault", "secret/app", "key")


@pytest.fixture(scope="module")
def bao():
    if bao_program() is None:
        pytest.skip("the OpenBao server has no package for this platform")
    with openbao() as environment:
        yield environment


def asked_as_root(bao, method, path, body=None):
    headers = {"x-vault-token": ROOT_TOKEN}
    reply = Web({}).send(Request.of_json(method, f"{bao['BAO_ADDR']}/v1/{path}", headers, body or {}))
    assert reply.ok, reply.status
    return reply


def test_an_engine_without_versions_is_read_and_written(bao):
    asked_as_root(bao, "POST", "sys/mounts/plain", {"type": "kv", "options": {"version": "1"}})
    backend = open_backend(bao)
    one, two = Reference("vault", "plain/app", "one"), Reference("vault", "plain/app", "two")
    backend.write(one, SecretValue("1"))
    backend.write(two, SecretValue("2"))
    assert [backend.read(ref).reveal() for ref in (one, two)] == ["1", "2"]
    for ref in (one, two):
        backend.retire(ref)
        with pytest.raises(SecretError):
            backend.read(ref)


def test_a_mount_of_several_steps_is_found(bao):
    asked_as_root(bao, "POST", "sys/mounts/team/kv", {"type": "kv", "options": {"version": "2"}})
    backend = open_backend(bao)
    reference = Reference("vault", "team/kv/app/prod", "key")
    backend.write(reference, SecretValue("deep"))
    assert backend.read(reference).reveal() == "deep"


def test_an_approle_signs_in_and_signs_in_again_when_its_token_is_revoked(bao):
    asked_as_root(bao, "POST", "sys/auth/approle", {"type": "approle"})
    rule = 'path "secret/data/*" { capabilities = ["read", "create", "update"] }'
    asked_as_root(bao, "POST", "sys/policies/acl/app", {"policy": rule})
    asked_as_root(bao, "POST", "auth/approle/role/app", {"token_policies": "app"})
    role_id = asked_as_root(bao, "GET", "auth/approle/role/app/role-id").text("data", "role_id")
    secret_id = asked_as_root(bao, "POST", "auth/approle/role/app/secret-id").text("data", "secret_id")
    environment = {"BAO_ADDR": bao["BAO_ADDR"], "BAO_ROLE_ID": role_id, "BAO_SECRET_ID": secret_id}
    backend = open_backend(environment)
    backend.write(HERE, SecretValue("by role"))
    assert backend.read(HERE).reveal() == "by role"
    asked_as_root(bao, "POST", "auth/token/revoke", {"token": backend._token})
    assert backend.read(HERE).reveal() == "by role"
    with pytest.raises(SecretError, match="refuses"):
        backend.read(Reference("vault", "elsewhere/app", "key"))


def test_a_wrong_proof_is_a_failed_sign_in(bao):
    environment = {"BAO_ADDR": bao["BAO_ADDR"], "BAO_ROLE_ID": "nobody", "BAO_SECRET_ID": "canary"}
    with pytest.raises(SecretError, match="sign-in") as failed:
        open_backend(environment).read(HERE)
    assert "canary" not in str(failed.value)


def test_no_credentials_is_a_configuration_error_that_says_what_to_set(bao, tmp_path):
    with pytest.raises(ConfigError) as failed:
        open_backend({"BAO_ADDR": bao["BAO_ADDR"], "HOME": str(tmp_path)}).read(HERE)
    assert "VAULT_ROLE_ID" in failed.value.hint


def test_the_token_file_of_the_command_line_is_used(bao, tmp_path):
    (tmp_path / ".vault-token").write_text(ROOT_TOKEN + "\n", "utf-8")
    backend = open_backend({"VAULT_ADDR": bao["BAO_ADDR"], "HOME": str(tmp_path)})
    backend.write(HERE, SecretValue("from file"))
    assert backend.read(HERE).reveal() == "from file"


def test_writers_of_different_fields_of_one_secret_lose_nothing(bao):
    start = threading.Barrier(4)

    def write(number):
        backend = open_backend(bao)
        start.wait(10)
        backend.write(Reference("vault", "secret/raced", f"f{number}"), SecretValue(str(number)))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    backend = open_backend(bao)
    read = [backend.read(Reference("vault", "secret/raced", f"f{number}")).reveal() for number in range(4)]
    assert read == ["0", "1", "2", "3"]


def test_a_value_that_is_not_text_is_refused(bao):
    asked_as_root(bao, "POST", "secret/data/odd", {"data": {"key": {"a": 1}, "empty": ""}})
    for field in ("key", "empty", "none"):
        with pytest.raises(SecretError, match="no text"):
            open_backend(bao).read(Reference("vault", "secret/odd", field))


@pytest.mark.parametrize("path", ["secret/../sys/seal", "secret/./a", "secret//a", "secret/a/.."])
def test_a_path_with_steps_elsewhere_is_refused(path):
    with pytest.raises(ConfigError):
        open_backend({"BAO_TOKEN": "t"}).read(Reference("vault", path, "key"))


class Kubernetes(Stateful):
    """A Vault that knows one service account."""

    def answer(self, asked):
        if asked.path == "/v1/auth/kubernetes/login":
            known = asked.json == {"role": "gateway", "jwt": "jwt-canary"}
            return (200, {"auth": {"client_token": "s.1", "lease_duration": 60}}) if known else (403, {})
        if asked.headers.get("x-vault-token") != "s.1" or asked.headers.get("x-vault-namespace") != "team":
            return 403, {}
        if "/sys/" in asked.path:
            return 403, {}
        return 200, {"data": {"data": {"key": "value"}, "metadata": {"version": 1}}}


def test_a_kubernetes_service_account_signs_in_within_a_namespace(tmp_path):
    token = tmp_path / "token"
    token.write_text("jwt-canary", "utf-8")
    now = [0.0]
    with served(Kubernetes()) as state:
        environment = {
            "VAULT_ADDR": state.url,
            "VAULT_NAMESPACE": "team",
            "VAULT_KUBERNETES_ROLE": "gateway",
            "VAULT_KUBERNETES_TOKEN_FILE": str(token),
        }
        backend = VaultBackend(environment, Web({}), monotonic=lambda: now[0])
        assert backend.read(HERE).reveal() == "value"
        assert backend.read(HERE).reveal() == "value"
        logins = [asked for asked in state.asked if asked.path.endswith("/login")]
        now[0] = 41.0
        assert backend.read(HERE).reveal() == "value"
        later = [asked for asked in state.asked if asked.path.endswith("/login")]
    assert len(later) > len(logins)


@pytest.mark.parametrize(("status", "word"), [(503, "sealed"), (500, "status 500"), (302, "status 302")])
def test_a_server_in_trouble_is_a_secret_error(status, word):
    with served(Kubernetes()) as state:
        state.fail_with = status
        with pytest.raises(SecretError, match=word):
            open_backend({"VAULT_ADDR": state.url, "VAULT_TOKEN": "t"}).read(HERE)


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b'{"data": []}', b'{"data": {"data": 5}}', b"\xff"])
def test_an_answer_of_another_shape_is_a_secret_error(body):
    class Odd(Stateful):
        def answer(self, asked):
            return 200, body

    with served(Odd()) as state, pytest.raises(SecretError):
        open_backend({"VAULT_ADDR": state.url, "VAULT_TOKEN": "t"}).read(HERE)
