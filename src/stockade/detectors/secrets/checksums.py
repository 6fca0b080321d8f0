"""Keys that carry a checksum of their own: whether it is right, and how to make one that is.

GitHub and npm end their tokens with the CRC-32 of the rest in six base-62 digits; our own gateway keys end
with it in eight hexadecimal digits. One that is right cannot be chance. A wrong one of ours is nobody's key.
A wrong one of the others is still reported, less surely: tokens were altered before they were pasted, and
those issued before 2021 have none.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from types import MappingProxyType

_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SUM_CHARS = 6
_HEX_CHARS = 8


def base62(number: int, width: int = _SUM_CHARS) -> str:
    """Return *number* in base 62, padded with zeros."""
    digits: list[str] = []
    while number:
        number, digit = divmod(number, 62)
        digits.append(_BASE62[digit])
    return "".join(reversed(digits)).rjust(width, "0")


def summed(value: str) -> bool:
    """Check the last six characters of a token with a prefix against those before them."""
    body, given = value.rpartition("_")[2][:-_SUM_CHARS], value[-_SUM_CHARS:]
    return base62(zlib.crc32(body.encode())) == given


def stockade(value: str) -> bool:
    """Check the CRC-32 that ends one of our own gateway keys."""
    body, given = value[:-_HEX_CHARS], value[-_HEX_CHARS:]
    return f"{zlib.crc32(body.encode()):08x}" == given.lower()


def _summed_probe(sampled: str) -> str:
    prefix, mark, body = sampled.rpartition("_")
    return f"{prefix}{mark}{body[:-_SUM_CHARS]}{base62(zlib.crc32(body[:-_SUM_CHARS].encode()))}"


def _stockade_probe(sampled: str) -> str:
    body = sampled[:-_HEX_CHARS]
    return f"{body}{zlib.crc32(body.encode()):08x}"


PROBES: MappingProxyType[str, Callable[[str], str]] = MappingProxyType(
    {"stockade": _stockade_probe, "summed": _summed_probe}
)
