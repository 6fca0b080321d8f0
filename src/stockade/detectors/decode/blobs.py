"""What a run of letters and digits says in base64, base32 or hexadecimal, packed or not.

A run is decoded only if it says a text; most long runs are identifiers, digests and addresses, and one look
at every fourth character tells. It does not look for keys or passwords that would open what is encrypted.
"""

from __future__ import annotations

import binascii
import zlib
from base64 import b32decode

# What one packed run may unpack to. A prompt has no use for more.
UNPACKED_BYTES_MAX = 1024 * 1024

# In ASCII the highest bit of a byte is zero. So the first of four characters of base64 is an A to f, the
# first of eight of base32 an A to P, and the first of two digits in hexadecimal a 2 to 7 (or 0, for the
# ends of lines). Sixteen characters in a row that are so by chance are rare; shorter runs hold no value.
_BASE64 = rb"(?:[A-Za-f][A-Za-z0-9+/_\-]{3}){4,}[A-Za-z0-9+/_\-]{0,3}={0,2}"
_BASE32 = rb"(?:[A-P][A-Z2-7]{7}){2,}[A-Z2-7]{0,7}={0,6}"
_HEX = rb"(?:[2-7][0-9A-Fa-f]|0[9AaDd]){8,}"
# What base64 of the first bytes of gzip and zlib begins with.
_PACKED = rb"(?:H4sI|eJ[wx]|eNo|eAF|eF4)[A-Za-z0-9+/_\-]{16,}={0,2}"
RUN = b"|".join((_HEX, _BASE32, _PACKED, _BASE64))

_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_HEX_DIGITS = b"0123456789abcdefABCDEF"
_BASE32_SIGNS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r") + b"\x7f"
_MAGIC = (b"\x1f\x8b", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
# One character in eight may be none: the last one cut off, or a few letters that the run was broken at.
_BROKEN_SHARE = 8


class TooMuchError(Exception):
    """A packed run unpacks to more than is looked at."""


def decoded(run: bytes) -> bytes:
    """Return the text that *run* says, in UTF-8, or nothing.

    Raises:
        TooMuchError: if it unpacks to more than `UNPACKED_BYTES_MAX`.
    """
    plain = run.rstrip(b"=")
    for decode in (_from_hex, _from_base32, _from_base64):
        text = readable(decode(plain))
        if text:
            return text
    return b""


def _from_hex(run: bytes) -> bytes:
    if len(run) % 2 or run.translate(None, _HEX_DIGITS):
        return b""
    return binascii.unhexlify(run)


def _from_base32(run: bytes) -> bytes:
    if run.translate(None, _BASE32_SIGNS):
        return b""
    # Lengths of 1, 3 and 6 more than a multiple of eight do not occur; what is too much is dropped.
    kept = len(run) - (len(run) % 8 in {1, 3, 6})
    try:
        return b32decode(run[:kept] + b"=" * (-kept % 8))
    except binascii.Error:
        return b""


def _from_base64(run: bytes) -> bytes:
    kept = len(run) - (len(run) % 4 == 1)
    plain = run[:kept].translate(_URL_SAFE)
    try:
        return binascii.a2b_base64(plain + b"=" * (-kept % 4))
    except binascii.Error:
        return b""


def readable(raw: bytes) -> bytes:
    """Return *raw* as a text in UTF-8, unpacked if it is packed, or nothing if it is none."""
    if raw.startswith(_MAGIC):
        raw = _unpacked(raw)
    if raw[1:2] == b"\0" and not raw[1::2].strip(b"\0"):
        raw = raw[::2]  # UTF-16, as some shells encode their commands
    if not raw or len(raw.translate(None, _CONTROLS)) < len(raw):
        return b""
    if raw.isascii():
        return raw
    text = raw.decode("utf-8", "replace")
    return b"" if text.count("\ufffd") * _BROKEN_SHARE > len(text) else text.encode()


def _unpacked(raw: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        text = unpacker.decompress(raw, UNPACKED_BYTES_MAX)
    except zlib.error:
        return b""
    if unpacker.unconsumed_tail:
        raise TooMuchError
    return text
