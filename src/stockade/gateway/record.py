"""What the record says of an interaction: two entries, one before anything is sent, one before the answer.

An entry holds names, counts, places and keyed commitments; never a text, a value or a key.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from stockade.access.key import GatewayKey, KeyClass
from stockade.core.message import Message
from stockade.core.policy import Action, Mode
from stockade.core.screen import Verdict
from stockade.gateway.metering import Metered
from stockade.gateway.routing import Upstream

# Who asks, until that is known: it may do nothing.
NOBODY = GatewayKey(id="", key_class=KeyClass.READ_ONLY, tenant="")


@dataclass(slots=True)
class Call:
    """One request under way: who asks, what was decided, how long it took.

    Attributes:
        request_id: also told to the client and the upstream.
        route: the path.
        key: the authenticated key.
        policy: name and digest of what decides.
        model, stream: what the client asked for.
        action: the strictest decision so far.
        checks: what ran, as the header says it.
        upstream: where it goes.
        verdicts: on the request's texts, for the record of a refusal.
        entry: the record of the request.
        metered: what it took of the limits of its key, if that has any.
        sent: the record of the request is durable; from here on it may have been sent.
        answering: the head of the answer has been sent.
        finished: the client has been told all it will be told.
        started_ns: the monotonic clock when the head of the request was read.
        upstream_ns: time spent waiting for the upstream.
    """

    request_id: str
    route: str
    key: GatewayKey = field(default=NOBODY, repr=False)
    policy: str = ""
    model: str = ""
    stream: bool = False
    action: Action = Action.ALLOW
    checks: str = ""
    upstream: Upstream | None = None
    verdicts: tuple[tuple[str, Verdict], ...] = field(default=(), repr=False)
    entry: dict[str, object] = field(default_factory=dict, repr=False)
    metered: Metered | None = field(default=None, repr=False)
    sent: bool = False
    answering: bool = False
    finished: bool = False
    started_ns: int = field(default_factory=time.perf_counter_ns)
    upstream_ns: int = 0

    @property
    def own_ns(self) -> int:
        """Time spent in the gateway itself so far."""
        return time.perf_counter_ns() - self.started_ns - self.upstream_ns

    def headers(self) -> list[tuple[bytes, bytes]]:
        """Return the headers that tell the client what was done."""
        upstream = self.upstream.label if self.upstream is not None else ""
        timing = f"stockade;dur={self.own_ns / 1e6:.2f}, upstream;dur={self.upstream_ns / 1e6:.2f}"
        rates = self.metered.reservation.headers if self.metered is not None else ()
        return [
            *((name.encode(), value.encode()) for name, value in rates),
            (b"cache-control", b"no-store"),
            (b"x-stockade-request-id", self.request_id.encode()),
            (b"x-stockade-action", self.action.word.encode()),
            (b"x-stockade-policy", self.policy.encode()),
            (b"x-stockade-checks", self.checks.encode()),
            (b"x-stockade-upstream", upstream.encode()),
            (b"server-timing", timing.encode()),
        ]


def request_entry(call: Call, messages: Sequence[Message], commit: Callable[[str], str]) -> dict[str, object]:
    """Return the entry written before anything is sent."""
    return {
        **_asked(call),
        "action": call.action.word,
        "texts": len(messages),
        "input": commit("\x00".join(m.text for m in messages)),
        **_noted(call.verdicts),
    }


def refusal_entry(call: Call, status: int, code: str) -> dict[str, object]:
    """Return the only entry of a request that was refused before anything was sent."""
    return {
        **_asked(call),
        "action": call.action.word,
        "outcome": "refused",
        "status": status,
        "code": code,
        **_noted(call.verdicts),
    }


def _asked(call: Call) -> dict[str, object]:
    upstream = call.upstream
    return {
        "request_id": call.request_id,
        "route": call.route,
        "key_id": call.key.id,
        "tenant": call.key.tenant,
        "model": call.model,
        "upstream": upstream.name if upstream else "",
        "boundary": upstream.boundary.word if upstream else "",
        "policy": call.policy,
        "stream": call.stream,
    }


def answer_entry(call: Call, outcome: str, status: int, verdicts: Iterable[Verdict]) -> dict[str, object]:
    """Return the entry written before the answer is complete.

    Args:
        call: the request.
        outcome: what the client saw: ``answered``, ``blocked``, ``refused``, ``upstream_failed``,
            ``upstream_truncated``, ``client_gone`` or ``failed``.
        status: the HTTP status sent.
        verdicts: on the answer's texts.
    """
    entry: dict[str, object] = {
        "request_id": call.request_id,
        "key_id": call.key.id,
        "outcome": outcome,
        "status": status,
        "own_us": call.own_ns // 1000,
        "upstream_us": call.upstream_ns // 1000,
    }
    return {**entry, **_noted(("model", v) for v in verdicts)}


def _noted(pairs: Iterable[tuple[str, Verdict]]) -> dict[str, object]:
    """Return what was found, by author and rule, what only watched, and what did not run."""
    found: dict[str, dict[str, int]] = {}
    would: dict[str, str] = {}
    not_run: set[str] = set()
    for origin, verdict in pairs:
        not_run.update(verdict.not_run)
        if verdict.findings:
            counts = found.setdefault(origin, {})
            for finding in verdict.findings:
                counts[finding.rule.id] = counts.get(finding.rule.id, 0) + 1
            would |= {
                reason.finding.rule.id: reason.action.word
                for reason in verdict.decision.reasons
                if reason.mode is Mode.MONITOR
            }
    noted = {"findings": found, "monitored": would, "not_run": sorted(not_run)}
    return {name: value for name, value in noted.items() if value}


def checks_header(verdicts: Iterable[Verdict], names: Mapping[str, str]) -> str:
    """Return what ran, for ``x-stockade-checks``.

    Args:
        verdicts: what became of each text.
        names: how each check is named there, ``name:monitor`` for one that only watches.
    """
    seen: dict[str, str] = {}
    for verdict in verdicts:
        for name in verdict.checks:
            seen.setdefault(name, names.get(name, name))
        for name in verdict.not_run:
            seen[name] = f"{name}:not_run"
    return ",".join(seen.values())
