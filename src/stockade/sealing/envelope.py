"""The envelope around sealed bytes: AES-256-GCM, a header that names the version, a fresh nonce each.

Layout: ``STK`` (3 bytes), version (1), nonce (12), ciphertext with its 16-byte tag. The header is
authenticated together with what the caller says the bytes belong to. It does not compress (lengths would
tell about content), does not hide the length, and does not choose or store keys.
"""

from __future__ import annotations

import secrets
from typing import NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from stockade.core.errors import StoreError

_MAGIC = b"STK"
_VERSION = 1
_HEADER = _MAGIC + bytes([_VERSION])
# NIST SP 800-38D: 96 random bits allow 2^32 envelopes under one key; every purpose has a key of its own.
_NONCE_BYTES = 12
_TAG_BYTES = 16
_KEY_BYTES = 32
_START = len(_HEADER) + _NONCE_BYTES


def seal(key: bytes, plaintext: bytes, associated: bytes) -> bytes:
    """Encrypt *plaintext* so that it opens only with *key* and the same *associated* bytes.

    Raises:
        StoreError: the key does not have 32 bytes, or the plaintext is larger than the cipher takes.
    """
    nonce = secrets.token_bytes(_NONCE_BYTES)
    cipher = _cipher(key)
    try:
        sealed = cipher.encrypt(nonce, plaintext, _HEADER + associated)
    except OverflowError:
        raise StoreError(
            "the bytes to seal are larger than one envelope takes", hint="seal them in several parts"
        ) from None
    return _HEADER + nonce + sealed


def open_sealed(key: bytes, blob: bytes, associated: bytes) -> bytes:
    """Return what was sealed into *blob* under *key* and *associated*.

    Raises:
        StoreError: it is not an envelope, of a version unknown here, or does not open.
    """
    cipher = _cipher(key)
    _check_header(blob)
    try:
        return cipher.decrypt(blob[len(_HEADER) : _START], blob[_START:], blob[: len(_HEADER)] + associated)
    except (InvalidTag, OverflowError):
        raise StoreError(
            "the sealed bytes do not open: another key, another purpose, or they were changed",
            hint="use the installation (its master key) that sealed them, or a copy that is intact",
        ) from None


def _cipher(key: bytes) -> AESGCM:
    # AESGCM would take 16 and 24 bytes too, and silently be a weaker cipher.
    if len(key) != _KEY_BYTES:
        raise StoreError(
            f"a sealing key has {_KEY_BYTES} bytes, not {len(key)}", hint="derive it from the master key"
        )
    return AESGCM(key)


def _check_header(blob: bytes) -> None:
    if len(blob) < _START + _TAG_BYTES or blob[: len(_MAGIC)] != _MAGIC:
        _refuse("the bytes are not a sealed envelope", "check that the right file was given, and all of it")
    if blob[len(_MAGIC)] != _VERSION:
        _refuse(
            "the sealed envelope has a version that this release does not know",
            "open it with a newer release of stockade",
        )


def _refuse(message: str, hint: str) -> NoReturn:
    raise StoreError(message, hint=hint)
