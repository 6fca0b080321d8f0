"""Prometheus metrics: counts and times by route, outcome and upstream. No label holds a key or a person."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import generate_latest

_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Metrics:
    """The gateway's own registry: importing creates nothing global."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry(auto_describe=True)
        self.requests = Counter(
            "stockade_requests_total",
            "Requests by route, status, action and upstream",
            ("route", "status", "action", "upstream"),
            registry=self.registry,
        )
        self.findings = Counter(
            "stockade_findings_total",
            "Findings by rule, author of the text and what was done",
            ("rule", "origin", "action"),
            registry=self.registry,
        )
        self.own_seconds = Histogram(
            "stockade_own_seconds",
            "Time spent in the gateway itself, without the upstream",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.inflight = Gauge("stockade_inflight_requests", "Requests under way", registry=self.registry)
        self._children: dict[tuple[str, ...], object] = {}

    def count(self, route: str, status: int, action: str, upstream: str) -> None:
        """Count one answered request."""
        key = (route, str(status), action, upstream)
        child = self._children.get(key)
        if child is None:
            # Looking a labelled child up costs more than counting; there are few combinations.
            child = self._children[key] = self.requests.labels(*key)
        assert isinstance(child, Counter)
        child.inc()

    def answered(self, route: str, status: int, action: str, upstream: str, own_ns: int) -> None:
        """Count one request that an upstream answered, and the gateway's own time in it."""
        self.count(route, status, action, upstream)
        self.own_seconds.observe(own_ns / 1e9)

    def render(self) -> bytes:
        """Return the text exposition format."""
        return generate_latest(self.registry)
