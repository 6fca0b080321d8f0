from __future__ import annotations

from stockade.gateway.metrics import Metrics


def test_requests_are_counted_by_route_status_action_and_upstream():
    metrics = Metrics()
    metrics.count("/v1/x", 200, "allow", "cloud")
    metrics.count("/v1/x", 200, "allow", "cloud")
    metrics.answered("/v1/x", 400, "block", "", 2_000_000)
    text = metrics.render().decode()
    assert 'stockade_requests_total{action="allow",route="/v1/x",status="200",upstream="cloud"} 2.0' in text
    assert "stockade_own_seconds_count 1.0" in text


def test_two_gateways_in_one_process_count_apart():
    one, two = Metrics(), Metrics()
    one.count("/v1/x", 200, "allow", "")
    assert "/v1/x" not in two.render().decode()
