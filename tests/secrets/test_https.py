"""The HTTPS client: certificates, bounds, proxies, plain text, and what its errors say."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
import threading
import time
import traceback

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.secrets.servers.stateful import Stateful, served

from stockade.core.errors import ConfigError, SecretError
from stockade.secrets.https import REPLY_BYTES_MAX, Request, Web, at, quoted


class Echo(Stateful):
    def answer(self, asked):
        if asked.path == "/large":
            return 200, b"x" * (REPLY_BYTES_MAX + 1)
        if asked.path == "/redirect":
            return 302, {"location": "/elsewhere"}
        return 200, {"method": asked.method, "query": asked.query, "body": asked.raw.decode()}


@pytest.fixture(scope="module")
def echo():
    with served(Echo()) as state:
        yield state


def test_what_is_asked_arrives_and_what_is_answered_comes_back(echo):
    reply = Web({}).send(Request.of_json("PUT", f"{echo.url}/a?b=c", {"x-token": "t"}, {"v": 1}))
    assert (reply.ok, reply.text("method"), reply.text("body")) == (True, "PUT", '{"v":1}')
    assert at(reply.json(), "query") == {"b": "c"}
    assert reply.text("query", "none") == reply.text("method", "deeper") == ""


def test_a_redirect_is_an_answer_and_is_not_followed(echo):
    assert Web({}).send(Request("GET", f"{echo.url}/redirect")).status == 302


def test_an_answer_that_is_too_large_is_no_answer(echo):
    with pytest.raises(SecretError, match="does not answer"):
        Web({}).send(Request("GET", f"{echo.url}/large"))


@pytest.mark.parametrize(
    "url",
    [
        "http://vault.example/x", "http://10.0.0.1/", "ftp://127.0.0.1/", "127.0.0.1", "", "https://",
        "https://user:pw@127.0.0.1/", "http://127.0.0.1:x/", "http://localhost.example/", "http://[::1",
    ],
)  # fmt: skip
def test_an_address_that_is_unsafe_or_malformed_is_refused(url):
    with pytest.raises(ConfigError) as failed:
        Web({}).send(Request("GET", url))
    assert "pw" not in str(failed.value)


def test_a_server_that_trickles_is_given_up_at_the_deadline():
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def trickle():
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n")
            while not stop.wait(0.05):
                try:
                    connection.sendall(b"x")
                except OSError:
                    return

    thread = threading.Thread(target=trickle, daemon=True)
    thread.start()
    begun = time.monotonic()
    with pytest.raises(SecretError):
        Web({}, timeout_s=0.4).send(Request("GET", f"http://127.0.0.1:{listener.getsockname()[1]}/"))
    assert time.monotonic() - begun < 3
    stop.set()
    thread.join(5)
    listener.close()


def test_no_form_of_request_web_or_error_shows_headers_or_body():
    request = Request("POST", "http://127.0.0.1:9/", {"authorization": "canary"}, b"canary")
    web = Web({"HTTPS_PROXY": "http://u:canary@p"})
    with pytest.raises(SecretError) as failed:
        web.send(request)
    assert "canary" not in "".join(traceback.format_exception(failed.value)) + repr(request) + repr(web)


def certificate(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1)).add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return folder / "cert.pem", folder / "key.pem"


@pytest.fixture
def tls(tmp_path):
    """Serve TLS with a certificate of its own; yield the address and the certificate."""
    cert, key = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(5)

    def serve():
        try:
            connection, _ = listener.accept()
            with context.wrap_socket(connection, server_side=True) as secured:
                secured.recv(10_000)
                secured.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
        except OSError:
            return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"https://127.0.0.1:{listener.getsockname()[1]}/", cert
    thread.join(6)
    listener.close()


def test_a_certificate_that_nobody_vouches_for_is_refused(tls):
    with pytest.raises(SecretError, match="SSLCertVerificationError"):
        Web({}).send(Request("GET", tls[0]))


def test_a_certificate_that_the_environment_names_is_trusted(tls):
    web = Web({"OUR_CA": str(tls[1])}, ca_variable="OUR_CA")
    assert web.send(Request("GET", tls[0])).ok


def test_a_proxy_is_used_except_for_hosts_that_are_excluded():
    web = Web({"HTTPS_PROXY": "http://proxy.example:8080", "no_proxy": "inside.example"})
    assert web._proxy_for("vault.example") == ("proxy.example", 8080)
    assert web._proxy_for("vault.inside.example") is None
    assert Web({})._proxy_for("vault.example") is None


@pytest.mark.parametrize(("path", "expected"), [("a/b c", "a/b%20c"), ("a/b?c#d", "a/b%3Fc%23d")])
def test_a_path_is_quoted_for_an_address(path, expected):
    assert quoted(path) == expected


@pytest.mark.parametrize("path", ["", "a//b", "../a", "a/..", "a/./b", "/a"])
def test_a_path_that_steps_elsewhere_is_refused(path):
    with pytest.raises(ConfigError):
        quoted(path)
