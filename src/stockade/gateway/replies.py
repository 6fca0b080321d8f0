"""What the gateway says when it says no: one table from our errors to HTTP, one shape for each wire.

No message here carries inspected text, a key, or what the upstream was sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from stockade.access.refusal import AccessRefusedError
from stockade.core.errors import (
    BlockedError,
    CheckError,
    ConfigError,
    InputError,
    SecretError,
    StockadeError,
    StoreError,
    TamperedError,
)
from stockade.core.screen import Verdict
from stockade.gateway.connection import UpstreamError
from stockade.wires.wire import WireError


@dataclass(slots=True, eq=False)
class Refusal(Exception):  # noqa: N818 - an answer, not a fault: most of them are the client's
    """A request that is answered with an error.

    Attributes:
        status: the HTTP status.
        code: the machine-readable reason.
        message: one sentence for people.
        kind: the ``type`` of the OpenAI error shape.
        param: RFC 6901 pointer or field the error is about.
        headers: extra headers, ``retry-after`` for example.
        details: what stands under ``error.stockade`` beside the request id.
    """

    status: int
    code: str
    message: str
    kind: str = "invalid_request_error"
    param: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    details: Mapping[str, object] = field(default_factory=dict)


_INPUT_STATUS = {"too_large": 413, "unsupported_encoding": 415, "timeout": 408}
_UNAVAILABLE: tuple[tuple[type[StockadeError], str, str], ...] = (
    (CheckError, "check_unavailable", "a mandatory check could not run, so nothing was sent"),
    (TamperedError, "audit_unavailable", "the audit log does not verify, so nothing was sent"),
    (StoreError, "audit_unavailable", "the record could not be written, so nothing was sent or shown"),
    (SecretError, "secret_unavailable", "a secret could not be read, so nothing was sent"),
    (ConfigError, "misconfigured", "the gateway's configuration does not allow this request"),
)


def refusal_for(error: Exception) -> Refusal:
    """Return how *error* is told to the client; what is unknown is a 500 without any detail."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, InputError):
        status = _INPUT_STATUS.get(error.code, 400)
        text = f"{error}" + (f"; {error.hint}" if error.hint else "")
        return Refusal(status, error.code, text, param=error.pointer)
    if isinstance(error, BlockedError):
        return policy_refusal(error.verdict, "")
    if isinstance(error, UpstreamError):
        return upstream_refusal(error)
    if isinstance(error, AccessRefusedError):
        return access_refusal(error)
    for kind, code, text in _UNAVAILABLE:
        if isinstance(error, kind):
            return Refusal(503, code, text, kind="service_unavailable", headers=(("retry-after", "5"),))
    return Refusal(500, "internal_error", "the gateway failed; nothing was let through", kind="server_error")


_ACCESS_CODE = {401: "invalid_api_key", 403: "not_allowed", 429: "rate_limited"}


def access_refusal(error: AccessRefusedError) -> Refusal:
    """Return the answer for a key that may not do what it asks for."""
    kind = "authentication_error" if error.status == 401 else "permission_error"
    headers: tuple[tuple[str, str], ...] = ()
    if error.status == 401:
        headers = (("www-authenticate", "Bearer"),)
    elif error.status == 429:
        kind = "rate_limit_error"
        # Where waiting helps nothing, no time is named.
        headers = (("retry-after", str(error.retry_after_s)),) if error.retry_after_s else ()
    text = f"{error}" + (f"; {error.hint}" if error.hint else "")
    # The reason in one word is told apart from the contract's code, which clients switch on.
    details = {"reason": error.code}
    return Refusal(
        error.status, _ACCESS_CODE[error.status], text, kind=kind, headers=headers, details=details
    )


def upstream_refusal(error: UpstreamError) -> Refusal:
    """Return the answer for an upstream that could not be used."""
    if error.code == "timeout":
        return Refusal(504, "upstream_timeout", "the upstream did not answer in time", kind="upstream_error")
    if error.code == "starting":
        retry = (("retry-after", "2"),)
        text = "the on-device model is still loading"
        return Refusal(503, "upstream_starting", text, kind="upstream_error", headers=retry)
    if error.code == "busy":
        retry = (("retry-after", "1"),)
        text = "all connections to the upstream are in use"
        return Refusal(503, "upstream_busy", text, kind="upstream_error", headers=retry)
    text = f"the upstream failed ({error.code})"
    return Refusal(502, "upstream_failed", text, kind="upstream_error")


def wire_error(refusal: Refusal, request_id: str) -> WireError:
    """Return *refusal* as the wires take it, to give it their own shape."""
    details = {"request_id": request_id, **refusal.details}
    return WireError(refusal.message, refusal.kind, refusal.code, refusal.param, details)


def policy_refusal(verdict: Verdict, pointer: str) -> Refusal:
    """Return the answer for a request that the policy refused."""
    finding = verdict.blocking
    rule = finding.rule if finding is not None else None
    labels = sorted({f.rule.label for f in verdict.findings if f.rule.label})
    return Refusal(
        400,
        "content_filter",
        "the request was refused by policy" + (f" (rule {rule.id})" if rule else ""),
        kind="policy_violation",
        param=pointer,
        details={"rule": rule.id if rule else "", "labels": labels},
    )
