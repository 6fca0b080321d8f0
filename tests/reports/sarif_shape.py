"""The part of the SARIF 2.1.0 schema that a report of ours can violate, written out as checks.

Follows the schema of the standard (OASIS, sarif-schema-2.1.0): required properties, no properties beside
those it names, types, allowed values, minima and formats.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Check = Callable[[object, str], list[str]]
URI = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")


def text(value: object, at: str) -> list[str]:
    return [] if isinstance(value, str) else [f"{at}: not a string"]


def whole(least: int) -> Check:
    def check(value: object, at: str) -> list[str]:
        good = isinstance(value, int) and not isinstance(value, bool) and value >= least
        return [] if good else [f"{at}: not a number from {least}"]

    return check


def truth(value: object, at: str) -> list[str]:
    return [] if isinstance(value, bool) else [f"{at}: not a boolean"]


def one_of(*allowed: str) -> Check:
    return lambda value, at: [] if value in allowed else [f"{at}: {value!r} is not allowed"]


def address(value: object, at: str) -> list[str]:
    good = isinstance(value, str) and URI.fullmatch(value) and "%" not in re.sub(r"%[0-9A-F]{2}", "", value)
    return [] if good else [f"{at}: not an address"]


def many(item: Check, *, least: int = 0, unique: bool = False) -> Check:
    def check(value: object, at: str) -> list[str]:
        if not isinstance(value, list) or len(value) < least:
            return [f"{at}: not a list of {least} or more"]
        faults = [fault for n, one in enumerate(value) for fault in item(one, f"{at}[{n}]")]
        return faults + (["not unique"] if unique and len(value) != len({str(one) for one in value}) else [])

    return check


def thing(required: dict[str, Check], optional: dict[str, Check]) -> Check:
    def check(value: object, at: str) -> list[str]:
        if not isinstance(value, dict):
            return [f"{at}: not an object"]
        known = required | optional
        faults = [f"{at}: {name} is missing" for name in required if name not in value]
        faults += [f"{at}: {name} is not in the schema" for name in value if name not in known]
        return faults + [
            f for name, one in value.items() if name in known for f in known[name](one, f"{at}.{name}")
        ]

    return check


def any_object(value: object, at: str) -> list[str]:
    return [] if isinstance(value, dict) else [f"{at}: not an object"]


def texts(value: object, at: str) -> list[str]:
    good = isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
    return [] if good else [f"{at}: not an object of strings"]


MESSAGE = thing({"text": text}, {"markdown": text})
REGION = thing(
    {}, {"startLine": whole(1), "startColumn": whole(1), "endLine": whole(1), "endColumn": whole(1)}
)
LOCATION = thing(
    {},
    {"physicalLocation": thing({"artifactLocation": thing({}, {"uri": address})}, {"region": REGION})},
)
LEVEL = one_of("none", "note", "warning", "error")
PROPERTIES = any_object
RULE = thing(
    {"id": text},
    {
        "shortDescription": MESSAGE,
        "help": MESSAGE,
        "defaultConfiguration": thing({}, {"level": LEVEL}),
        "properties": PROPERTIES,
    },
)
RESULT = thing(
    {"message": MESSAGE},
    {
        "ruleId": text,
        "ruleIndex": whole(-1),
        "level": LEVEL,
        "locations": many(LOCATION),
        "partialFingerprints": texts,
        "properties": PROPERTIES,
    },
)
NOTIFICATION = thing({"message": MESSAGE}, {"level": LEVEL, "locations": many(LOCATION, unique=True)})
RUN = thing(
    {
        "tool": thing(
            {"driver": thing({"name": text}, {"version": text, "rules": many(RULE, unique=True)})}, {}
        )
    },
    {
        "columnKind": one_of("utf16CodeUnits", "unicodeCodePoints"),
        "invocations": many(
            thing({"executionSuccessful": truth}, {"toolExecutionNotifications": many(NOTIFICATION)}),
            unique=True,
        ),
        "results": many(RESULT),
    },
)
LOG = thing({"version": one_of("2.1.0"), "runs": many(RUN)}, {"$schema": address})


def faults(log: object) -> list[str]:
    """Return what of *log* the schema does not allow."""
    return LOG(log, "log")
