from __future__ import annotations

import pytest

from stockade.access.refusal import AccessRefusedError
from stockade.core import errors
from stockade.core.policy import Decision
from stockade.core.screen import Verdict
from stockade.gateway.connection import UpstreamError
from stockade.gateway.replies import Refusal, refusal_for, wire_error

CASES = [
    (errors.InputError("x", code="invalid_json"), 400, "invalid_json"),
    (errors.InputError("x", code="too_large"), 413, "too_large"),
    (errors.CheckError("x"), 503, "check_unavailable"),
    (errors.StoreError("x"), 503, "audit_unavailable"),
    (errors.TamperedError("x", sequence=3), 503, "audit_unavailable"),
    (errors.SecretError("x"), 503, "secret_unavailable"),
    (errors.ConfigError("x"), 503, "misconfigured"),
    (errors.BlockedError("x", verdict=Verdict(Decision())), 400, "content_filter"),
    (AccessRefusedError("x", status=401, code="invalid_key"), 401, "invalid_api_key"),
    (AccessRefusedError("x", status=403, code="model_not_allowed"), 403, "not_allowed"),
    (AccessRefusedError("x", status=429, code="rate"), 429, "rate_limited"),
    (UpstreamError("reset"), 502, "upstream_failed"),
    (UpstreamError("timeout"), 504, "upstream_timeout"),
    (UpstreamError("busy"), 503, "upstream_busy"),
    (UpstreamError("starting"), 503, "upstream_starting"),
    (RuntimeError("canary"), 500, "internal_error"),
]


@pytest.mark.parametrize(("error", "status", "code"), CASES, ids=[c[2] + str(i) for i, c in enumerate(CASES)])
def test_every_error_has_its_status_and_code(error, status, code):
    refusal = refusal_for(error)
    assert (refusal.status, refusal.code) == (status, code)
    assert "canary" not in refusal.message


def test_whoever_may_come_back_is_told_when():
    for error in (
        errors.CheckError("x"),
        UpstreamError("busy"),
        AccessRefusedError("x", status=429, code="rate", retry_after_s=7),
    ):
        assert dict(refusal_for(error).headers)["retry-after"].isdigit()


def test_no_time_is_named_where_waiting_helps_nothing():
    waited = refusal_for(AccessRefusedError("x", status=429, code="rate", retry_after_s=7))
    assert waited.headers == (("retry-after", "7"),)
    assert refusal_for(AccessRefusedError("x", status=429, code="spend_limited")).headers == ()


def test_a_refusal_is_itself():
    refusal = Refusal(418, "teapot", "no")
    assert refusal_for(refusal) is refusal


def test_the_wire_is_given_the_request_id_and_the_details():
    error = wire_error(Refusal(400, "c", "m", param="/x", details={"rule": "pii.x"}), "req_1")
    assert (error.code, error.param, error.details) == ("c", "/x", {"request_id": "req_1", "rule": "pii.x"})
