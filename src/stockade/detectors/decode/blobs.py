"""What a run of letters and digits says in base64, base32 or hexadecimal, packed or not.

A run is decoded only if it says a text; most long runs are identifiers, digests and addresses, and one look
at every fourth character tells. It does not look for keys or passwords that would open what is encrypted.
"""

from __future__ import annotations

import binascii
import zlib
from base64 import b32decode

# Shorter runs hold less than ten characters.
RUN_BYTES_MIN = 16
# What one packed run may unpack to, and all of one text together. A prompt has no use for more.
UNPACKED_BYTES_MAX = 1024 * 1024

_UPPER = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LOWER = b"abcdefghijklmnopqrstuvwxyz"
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_HEX = b"0123456789abcdefABCDEF"
_BASE32 = _UPPER + b"234567"
# The first of four characters of base64 (of eight in base32, of two in hex) has the highest bits of a byte,
# and in ASCII the highest is zero.
_FIRST_OF_FOUR = _UPPER + b"abcdef"
_FIRST_OF_EIGHT = _UPPER[:16]
_FIRST_OF_TWO = b"0234567"
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r") + b"\x7f"
# One character in four may be something else than ASCII.
_FOREIGN_SHARE = 4
_PACKED = (b"\x1f\x8b", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_PACKED_AS = (b"H4sI", b"eJ", b"eN", b"eA", b"eF")


class TooMuchError(Exception):
    """A packed run unpacks to more than is looked at."""


def decoded(run: bytes) -> bytes:
    """Return the text that *run* says, in UTF-8, or nothing.

    Raises:
        TooMuchError: if it unpacks to more than `UNPACKED_BYTES_MAX`.
    """
    plain = run.rstrip(b"=")
    for decode in (_from_hex, _from_base32, _from_base64):
        raw = decode(plain)
        if raw:
            text = readable(raw)
            if text:
                return text
    return b""


def _from_hex(run: bytes) -> bytes:
    if len(run) % 2 or run.translate(None, _HEX) or len(run[::2].translate(None, _FIRST_OF_TWO)):
        return b""
    return binascii.unhexlify(run)


def _from_base32(run: bytes) -> bytes:
    if run.translate(None, _BASE32) or run[::8].translate(None, _FIRST_OF_EIGHT):
        return b""
    whole = len(run) - len(run) % 8
    rest = len(run) % 8
    # Lengths of 1, 3 and 6 do not occur; what is too much is dropped.
    kept = whole + rest - (rest in {1, 3, 6})
    try:
        return b32decode(run[:kept] + b"=" * (-kept % 8))
    except binascii.Error:
        return b""


def _from_base64(run: bytes) -> bytes:
    firsts = run[::4]
    odd = len(firsts.translate(None, _FIRST_OF_FOUR))
    if odd * _FOREIGN_SHARE > len(firsts) and not run.startswith(_PACKED_AS):
        return b""
    kept = len(run) - (len(run) % 4 == 1)
    plain = run[:kept].translate(_URL_SAFE)
    try:
        return binascii.a2b_base64(plain + b"=" * (-kept % 4))
    except binascii.Error:
        return b""


def readable(raw: bytes) -> bytes:
    """Return *raw* as a text in UTF-8, unpacked if it is packed, or nothing if it is none."""
    if raw.startswith(_PACKED):
        raw = _unpacked(raw)
    if raw[1:2] == b"\0" and not raw[1::2].strip(b"\0"):
        raw = raw[::2]  # UTF-16, as some shells encode their commands
    if len(raw.translate(None, _CONTROLS)) < len(raw):
        return b""
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        # The last character may have been cut off.
        cut = raw[: error.start]
        return cut if error.start >= len(raw) - 3 and cut.isascii() else b""
    return raw


def _unpacked(raw: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        text = unpacker.decompress(raw, UNPACKED_BYTES_MAX)
    except zlib.error:
        return b""
    if unpacker.unconsumed_tail:
        raise TooMuchError
    return text
