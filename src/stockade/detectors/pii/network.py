"""Addresses of machines: IP version 4 and 6, MAC."""

from __future__ import annotations

from stockade.core.finding import Severity
from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii import checks, words, words_papers
from stockade.detectors.pii.rows import pii

_OCTET = rb"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_AFTER = rb"(?:[^0-9A-Za-z_.\-]|[.\-](?:[^0-9]|$)|$)"


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return (*address_specs(), *hardware_specs())


def address_specs() -> tuple[Spec, ...]:
    """Return the patterns of addresses of hosts."""
    ip = pii(
        "IP_ADDRESS",
        "IP address",
        "10.20.30.40 connected",
        "An IPv4 or IPv6 address of a host.",
        Severity.MEDIUM,
    )
    version = words.context("version", words_papers.VERSION, 16)
    return (
        Spec(
            ip,
            rb"\b(" + _OCTET + rb"(?:\." + _OCTET + rb"){3})" + _AFTER,
            shapes=(rb"\d\.\d{1,3}\.\d{1,3}\.\d",),
            check=checks.ip_v4,
            veto=version,
            left=b".-/_=",
            alone=0.9,
        ),
        Spec(
            ip,
            rb"\b(" + _OCTET + rb"(?:\." + _OCTET + rb"){3})" + _AFTER,
            shapes=(rb"[/=-]\d{1,3}\.\d{1,3}\.\d{1,3}\.\d",),
            check=checks.ip_v4,
            near=words.context(
                "ip",
                "ip, src_ip, src, dst, host, hosts, addr, address, client, remote, from, server, "
                "http:, https:, ssh, ftp:",
            ),
            left=b".",
            alone=0.0,
        ),
        Spec(
            ip,
            rb"([0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})(?:[^0-9A-Za-z_:.]|\.(?:[^0-9]|$)|$)",
            shapes=(rb":[0-9a-f]{1,4}:[0-9a-f]{1,4}:", rb"::[0-9a-f]"),
            check=checks.ip_v6,
            left=b":._-ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
        ),
    )


def hardware_specs() -> tuple[Spec, ...]:
    """Return the pattern of addresses of network cards."""
    mac = pii(
        "MAC_ADDRESS",
        "MAC address",
        "3a:c4:e1:00:4f:a5",
        "The hardware address of a network card.",
        Severity.MEDIUM,
    )
    return (
        Spec(
            mac,
            rb"\b[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}\b",
            shapes=(rb"[:-][0-9a-f]{2}[:-][0-9a-f]{2}[:-][0-9a-f]{2}[:-]",),
            left=b":-",
            right=b":-",
        ),
    )
