"""What narrows a key beyond its class and its models: routes, tools, hours and networks.

Each part that is empty narrows nothing. A part that cannot be judged, because the door did not say what it
needs, refuses.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache

from stockade.access.hours import parse_hours
from stockade.access.refusal import AccessRefusedError
from stockade.core.errors import ConfigError

ENTRIES_MAX = 64
ENTRY_CHARS_MAX = 200
_PARTS = ("routes", "tools", "hours", "networks")


@dataclass(frozen=True, slots=True)
class Scope:
    """The narrowing of a key; each entry as its owner wrote it.

    Attributes:
        routes: paths; the only ones that may be called.
        tools: globs of the tools that a request may offer to the model.
        hours: windows, for example ``mon-fri 08:00-18:00 Europe/Berlin``.
        networks: address ranges, for example ``10.0.0.0/8``.
    """

    routes: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it narrows nothing."""
        return not (self.routes or self.tools or self.hours or self.networks)

    def as_dict(self) -> dict[str, object]:
        """Return the JSON form."""
        return {part: list(getattr(self, part)) for part in _PARTS}

    @classmethod
    def of_dict(cls, stored: Mapping[str, object]) -> Scope:
        """Read the JSON form; what no release wrote is a ``ValueError``."""
        parts = []
        for part in _PARTS:
            entries = stored.get(part, [])
            # Anything else would read as "not narrowed".
            if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
                raise ValueError(part)
            parts.append(tuple(entries))
        return cls(*parts)


UNSCOPED = Scope()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for, as far as scopes look at it.

    Attributes:
        route: the path, or method and path.
        at_ms: when.
        tools: names of the tools that it offers to the model.
        address: where it comes from; empty where the door does not know.
    """

    route: str
    at_ms: int
    tools: Sequence[str] = ()
    address: str = ""


def check_scope(scope: Scope) -> None:
    """Refuse a scope that has an entry which nothing could ever match.

    Raises:
        ConfigError: it has one.
    """
    for part in _PARTS:
        entries: tuple[str, ...] = getattr(scope, part)
        if len(entries) > ENTRIES_MAX or not all(_printable(entry) for entry in entries):
            raise ConfigError(
                f"a key cannot have these {part}",
                hint=f"give at most {ENTRIES_MAX}, each of up to {ENTRY_CHARS_MAX} printable characters",
            )
    for hours in scope.hours:
        parse_hours(hours)
    for network in scope.networks:
        _network(network)
    for route in scope.routes:
        if not route.startswith("/"):
            raise ConfigError("a key cannot have these routes", hint="write paths, /v1/chat/completions")


def refuse_outside(scope: Scope, asked: Asked) -> None:
    """Refuse what lies outside *scope*.

    Raises:
        AccessRefusedError: it does; the code names the part.
    """
    if scope.routes and asked.route.rpartition(" ")[2] not in scope.routes:
        raise _refusal("call this route", "route_not_allowed")
    if scope.tools and not all(_tool_allowed(scope.tools, tool) for tool in asked.tools):
        raise _refusal("offer one of these tools", "tool_not_allowed")
    if scope.hours and not _hour_allowed(scope.hours, asked.at_ms // 60_000):
        raise _refusal("be used at this hour", "outside_hours")
    if scope.networks and not _address_allowed(scope.networks, asked.address):
        raise _refusal("be used from this address", "network_not_allowed")


def _tool_allowed(globs: tuple[str, ...], tool: str) -> bool:
    return len(tool) <= ENTRY_CHARS_MAX and any(fnmatchcase(tool, glob) for glob in globs)


# Remembered, here and below: parsing an address and asking a calendar takes longer than all the rest.
@lru_cache(maxsize=1024)
def _hour_allowed(windows: tuple[str, ...], minute: int) -> bool:
    return any(parse_hours(window).contains(minute * 60_000) for window in windows)


@lru_cache(maxsize=4096)
def _address_allowed(networks: tuple[str, ...], address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    # ::ffff:10.0.0.1 is how a socket for both families writes 10.0.0.1.
    mapped = getattr(parsed, "ipv4_mapped", None)
    return any((mapped or parsed) in _network(network) for network in networks)


@lru_cache(maxsize=1024)
def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    try:
        return ipaddress.ip_network(text)
    except ValueError:
        raise ConfigError(
            "a key cannot have these networks", hint="write ranges such as 10.0.0.0/8 or 2001:db8::/32"
        ) from None


def _printable(entry: str) -> bool:
    return 0 < len(entry) <= ENTRY_CHARS_MAX and entry.isascii() and entry.isprintable()


def _refusal(what: str, code: str) -> AccessRefusedError:
    return AccessRefusedError(
        f"this key may not {what}", status=403, code=code, hint="ask its owner for a key with a wider scope"
    )
