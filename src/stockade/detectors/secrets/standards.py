"""Credentials in the forms of open standards: JSON web tokens, headers, addresses with passwords."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode, urlsafe_b64decode
from collections.abc import Iterator

from stockade.core.finding import Rule, Severity
from stockade.detectors.engine.manual import rule_row
from stockade.detectors.engine.spec import Spec
from stockade.detectors.secrets.keys import WORD
from stockade.detectors.secrets.plausible import is_basic, is_bearer, is_url_password

_JWT_START = re.compile(rb"(?<![A-Za-z0-9])ey[A-Za-z0-9_-]{15}")
_JWT_PART = re.compile(rb"[A-Za-z0-9_\\/-]+={0,2}")
# What every header of a signed or encrypted token names.
_JWT_HEADER = re.compile(rb'"(?:alg|enc|typ)"\s{0,4}:', re.IGNORECASE)

_ADDRESS = (
    rb"[a-z][a-z0-9+.-]{1,20}://[^ \t\r\n:/@\"'\x00<>\[\]{}\xe0-\xff]{0,80}:"
    rb"([^ \t\r\n/@\"'\x00<>{}\xe0-\xff]{3,100})@[A-Za-z0-9%\[$]"
)
_SAMPLE = "k7Vq9zR2mW4x"
_AT = rb"://[^ \t\r\n/\"'<>]{0,80}:[^ \t\r\n/\"'<>]{3,100}@"
_BASIC = rb"basic[ ]{1,3}([A-Za-z0-9+/_-]{8,400}={0,2})"
_BEARER = (
    rb"authorization[\"']?\]?[ ]?(?:[:=,]|=>)[ ]{0,2}[\"']?"
    rb"(?:(?:bearer|token|api-token|apikey|api-key|key|ntlm|negotiate|ssws|genie[kK]ey)[ ]{1,3}|token=[\"']?)"
    rb"([A-Za-z0-9_.~+/:=-]{12,1000})"
)
_HEADER = (
    rb"(?:x-(?:[a-z-]{0,20}-)?(?:api-?key|token|secret|auth)|api-?key|private-token|authorization)"
    rb"[\"']?[ ]?:[ ]{0,2}[\"']?([A-Za-z0-9_.~+/=-]{16,400})"
)


def tokens(data: bytes) -> Iterator[tuple[int, int, float]]:
    """Yield each JSON web token: a header that says how it is signed, a payload, a signature unless none."""
    at = 0
    while match := _JWT_START.search(data, at):
        start = match.start()
        header_end = _run(data, start)
        at = header_end
        if not _is_header(data[start:header_end]) or data[header_end : header_end + 1] != b".":
            continue
        end = payload_end = _run(data, header_end + 1)
        if payload_end - header_end < 3:
            continue
        if data[payload_end : payload_end + 1] == b".":
            end = _run(data, payload_end + 1)
        # An encrypted token has five parts.
        while data[end : end + 1] == b"." and _run(data, end + 1) - end > 8:
            end = _run(data, end + 1)
        at = end
        yield start, end, 0.95 if end > payload_end + 1 else 0.6


def _run(data: bytes, at: int) -> int:
    match = _JWT_PART.match(data, at)
    return match.end() if match is not None else at


def _is_header(part: bytes) -> bool:
    try:
        plain = urlsafe_b64decode(part[:400].rstrip(b"=") + b"=" * (-len(part[:400].rstrip(b"=")) % 4))
    except ValueError:
        return False
    return plain.startswith(b"{") and _JWT_HEADER.search(plain) is not None


def encoded_tokens(data: bytes) -> Iterator[tuple[int, int, float]]:
    """Yield each JSON web token that is inside base64 once more."""
    for match in re.finditer(rb"(?<![A-Za-z0-9+/])ZXlK[A-Za-z0-9+/]{60,}={0,2}", data):
        value = match.group().rstrip(b"=")
        plain = b64decode(value[: len(value) // 4 * 4])
        if next(tokens(plain), None) is not None:
            yield match.start(), match.end(), 0.9


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return (*_token_specs(), *_header_specs())


def _token_specs() -> tuple[Spec, ...]:
    token = ".".join(("eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiJhcHAifQ", _SAMPLE * 3))
    encoded = b64encode(token.encode()).decode()
    plain = _rule("JWT", "JSON web token", f"key {token} ", "A signed or encrypted token (RFC 7519).")
    again = _rule("JWT_ENCODED", "JSON web token inside base64", f"key {encoded} ")
    return (
        Spec(plain, words=(".ey",), finder=tokens),
        Spec(again, words=("zxlk",), finder=encoded_tokens),
    )


def _header_specs() -> tuple[Spec, ...]:
    address = _rule("URL_BASIC_AUTH", "Password in an address", f"amqp://app:{_SAMPLE}@db.internal/app")
    pair = f"app:{_SAMPLE}"
    basic = _rule("BASIC_AUTH", "Basic credentials in a header", f"Basic {b64encode(pair.encode()).decode()}")
    bearer = _rule("BEARER", "Bearer token in a header", f"Authorization: Bearer {_SAMPLE}")
    header = _rule("KEY_HEADER", "Key in a header of its own", f"X-Api-Key: {_SAMPLE * 2}")
    names = (rb"(?:api-?key|-token|-secret|-auth|authorization)[\"']? ?: {0,2}[\"']?[a-z0-9_.~+/=\-]{8}",)
    blanks = (rb"basic {1,3}[a-z0-9+/_-]{8}",)
    return (
        Spec(address, _ADDRESS, shapes=(_AT,), check=is_url_password, left=WORD, fold=True),
        Spec(basic, _BASIC, shapes=blanks, check=is_basic, right=WORD, fold=True),
        Spec(bearer, _BEARER, shapes=(rb"authorization[\"']?\]? ?(?:[:=,]|=>)",), check=is_bearer, fold=True),
        Spec(header, _HEADER, shapes=names, check=is_bearer, alone=0.8, fold=True),
    )


def _rule(label: str, title: str, probe: str, finds: str = "") -> Rule:
    return rule_row("credentials", label, title, probe, finds=finds, severity=Severity.CRITICAL)
