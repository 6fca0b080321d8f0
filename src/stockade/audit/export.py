"""Entries in the formats that others read: JSON Lines, CSV, and OCSF events.

One entry at a time, so that a log of any size needs no memory. Every format holds what the entry holds and
nothing more; none of them proves anything, for that there are proofs.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final, TypeAlias

from stockade.audit.entry import Entry, ascii_json
from stockade.audit.query import rules_in

# Turns an entry into bytes, its line end included.
Render: TypeAlias = Callable[[Entry], bytes]

_COLUMNS: Final = (
    "seq", "time", "kind", "run", "key", "key_seq", "request_id", "tenant", "route", "model", "upstream",
    "boundary", "policy", "action", "outcome", "status", "code", "rules", "not_run",
)  # fmt: skip
# A spreadsheet takes these for the beginning of a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")

# OCSF 1.3: API Activity for traffic and administration, Application Lifecycle for the log's own entries.
_OCSF_VERSION: Final = "1.3.0"
_API_ACTIVITY: Final = 6003
_LIFECYCLE: Final = 6002
_LIFECYCLE_ACTIVITIES: Final = MappingProxyType({"start": 3, "stop": 4})
_OTHER: Final = 99
# What was decided: OCSF's action_id (security_control profile).
_ACTIONS: Final = MappingProxyType({"allow": 1, "block": 2, "flag": 3, "transform": 4, "route_local": 4})
# What the client saw: OCSF's status_id.
_SUCCESS, _FAILURE = 1, 2
_INFORMATIONAL, _MEDIUM = 1, 3


def as_json_line(entry: Entry) -> bytes:
    """Return *entry* as one line of JSON."""
    return ascii_json(_members(entry)) + b"\n"


def as_csv_row(entry: Entry) -> bytes:
    """Return *entry* as a row under ``csv_header``."""
    body = entry.body
    rules = ";".join(f"{rule}={count}" for rule, count in sorted(rules_in(entry).items()))
    not_run = body.get("not_run")
    known: dict[str, object] = {
        **{name: body[name] for name in _COLUMNS if name in body},
        "seq": entry.seq,
        "time": when(entry.at_ms),
        "kind": entry.kind,
        "run": entry.run,
        "key": entry.key,
        "key_seq": entry.key_seq,
        "rules": rules,
        "not_run": ";".join(map(str, not_run)) if isinstance(not_run, list) else "",
    }
    return _row([_cell(known.get(name, "")) for name in _COLUMNS])


def csv_header() -> bytes:
    """Return the first row of a CSV export."""
    return _row(_COLUMNS)


def as_ocsf(entry: Entry) -> bytes:
    """Return *entry* as one line that holds an OCSF event."""
    own = entry.kind in {"start", "stop", "recovered", "clock"}
    class_uid = _LIFECYCLE if own else _API_ACTIVITY
    activity = _LIFECYCLE_ACTIVITIES.get(entry.kind, _OTHER) if own else _OTHER
    event: dict[str, object] = {
        "activity_id": activity,
        "activity_name": entry.kind,
        "category_uid": 6,
        "class_uid": class_uid,
        "type_uid": class_uid * 100 + activity,
        "time": entry.at_ms,
        "severity_id": _MEDIUM if entry.body.get("action") == "block" else _INFORMATIONAL,
        "metadata": {
            "version": _OCSF_VERSION,
            "product": {"name": "Stockade", "vendor_name": "Stockade"},
            "uid": f"{entry.run}.{entry.seq}",
            "sequence": entry.seq,
            "profiles": ["security_control"],
        },
        "unmapped": {"body": dict(entry.body), "run": entry.run, "key_seq": entry.key_seq},
    }
    event |= {"app": {"name": "stockade-audit"}} if own else _api(entry)
    return ascii_json(event) + b"\n"


RENDERERS: Mapping[str, Render] = MappingProxyType(
    {"jsonl": as_json_line, "csv": as_csv_row, "ocsf": as_ocsf}
)


def _api(entry: Entry) -> dict[str, object]:
    body = entry.body
    status = body.get("status")
    failed = isinstance(status, int) and status >= 400
    members: dict[str, object] = {
        "actor": {"user": {"uid": entry.key, "domain": body.get("tenant", "")}},
        "src_endpoint": {"name": entry.key or "unknown"},
        "api": {
            "operation": body.get("route") or entry.kind,
            "request": {"uid": body.get("request_id", "")},
            "service": {"name": body.get("upstream", "")},
        },
        "status_id": _FAILURE if failed else _SUCCESS,
        "resources": [{"name": body.get("model", ""), "type": "model"}],
    }
    if isinstance(status, int):
        members["status_code"] = str(status)
    action = body.get("action")
    if isinstance(action, str):
        members |= {"action_id": _ACTIONS.get(action, _OTHER), "action": action}
    rules = rules_in(entry)
    if rules:
        members["enrichments"] = [
            {"name": "rule", "value": rule, "data": {"count": count}} for rule, count in sorted(rules.items())
        ]
    return members


def _members(entry: Entry) -> dict[str, object]:
    return {
        "seq": entry.seq,
        "at_ms": entry.at_ms,
        "kind": entry.kind,
        "run": entry.run,
        "key": entry.key,
        "key_seq": entry.key_seq,
        "body": dict(entry.body),
    }


def when(at_ms: int) -> str:
    """Return a time as it is read."""
    try:
        return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds")
    except (ValueError, OverflowError, OSError):
        return str(at_ms)  # a clock that was far off; what it said is kept


def _cell(value: object) -> str:
    text = value if isinstance(value, str) else str(value)
    text = "".join(c if c.isprintable() else " " for c in text)
    return f"'{text}" if text.startswith(_FORMULA) and isinstance(value, str) else text


def _row(cells: tuple[str, ...] | list[str]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue().encode("utf-8", "backslashreplace")
