"""Questions about addresses that settings are checked with. Nothing is looked up or connected to."""

from __future__ import annotations

import ipaddress


def is_loopback(host: str) -> bool:
    """Say whether only this machine can reach *host*."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def has_credentials(url: str) -> bool:
    """Say whether *url* holds a password, or for HTTP anything that logs in."""
    scheme, _, rest = url.partition("://")
    # Up to the last @: a password may hold the characters that end an authority.
    login, at, _ = rest.rpartition("@")
    return bool(at) and (":" in login or scheme.lower() in {"http", "https"})
