"""Sealing under the term's key: AES-256-GCM, a key of its own for each process, counted and bound.

Layout: ``STK`` (3 bytes), version 2 (1), term (8), salt (16), nonce (12), ciphertext with 16-byte tag. The
key is derived from the term's key and the salt. A sealer takes a fresh salt when it begins, after a fork, and
when its key has been used 2^30 times, so no key is ever shared by two processes or used up, and nobody has
to keep a counter on a disk. It does not hide the length of what it seals.
"""

from __future__ import annotations

import os
import secrets
from collections import OrderedDict
from threading import Lock
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from stockade.core.errors import StoreError
from stockade.sealing.binding import Binding
from stockade.sealing.keyring import derive
from stockade.sealing.terms import ID_BYTES, Term, TermRing

BUDGET: Final = 2**30
_HEADER: Final = b"STK\x02"
_SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16
_SALT_AT: Final = len(_HEADER) + ID_BYTES
_NONCE_AT: Final = _SALT_AT + _SALT_BYTES
_SEALED_AT: Final = _NONCE_AT + _NONCE_BYTES
_PURPOSE: Final = "sealed-value"
_CIPHERS_MAX: Final = 256


class Sealer:
    """Seals and opens values under a ring of term keys.

    Args:
        ring: the keys.
        budget: how often one key is used; smaller only in tests.
    """

    def __init__(self, ring: TermRing, *, budget: int = BUDGET) -> None:
        self._ring = ring
        self._budget = budget
        self._lock = Lock()
        self._pid = 0
        self._used = 0
        self._salt = b""
        self._term_id = b""
        self._ciphers: OrderedDict[tuple[bytes, bytes], AESGCM] = OrderedDict()

    def seal(self, plaintext: bytes, binding: Binding) -> bytes:
        """Encrypt *plaintext* so that it opens only under the same binding.

        Raises:
            StoreError: it is larger than one envelope takes, or no term has begun.
        """
        term = self._ring.current()
        salt = self._salt_for(term)
        head = _HEADER + term.id + salt
        nonce = secrets.token_bytes(_NONCE_BYTES)
        try:
            sealed = self._cipher(term, salt).encrypt(nonce, plaintext, head + binding.encode())
        except OverflowError:
            raise StoreError("the value is larger than one envelope takes", hint="seal it in parts") from None
        return head + nonce + sealed

    def open(self, blob: bytes, binding: Binding) -> bytes:
        """Return what was sealed into *blob* under *binding*.

        Raises:
            StoreError: it is no such envelope, belongs elsewhere, was changed, or its term is gone.
        """
        term_id = term_of(blob)
        salt = blob[_SALT_AT:_NONCE_AT]
        try:
            cipher = self._cipher(self._ring.of(term_id), salt)
            return cipher.decrypt(
                blob[_NONCE_AT:_SEALED_AT], blob[_SEALED_AT:], blob[:_NONCE_AT] + binding.encode()
            )
        except (InvalidTag, OverflowError):
            raise StoreError(
                "a sealed value does not open: it belongs to another tenant, subject, purpose or record, "
                "or was changed",
                hint="look it up under its own record, or restore it from a backup",
            ) from None

    def reseal(self, blob: bytes, binding: Binding) -> bytes:
        """Return *blob* sealed under the current term; as it is where that is so already."""
        if term_of(blob) == self._ring.current().id:
            return blob
        return self.seal(self.open(blob, binding), binding)

    def _salt_for(self, term: Term) -> bytes:
        """Return the salt to seal with, a fresh one where the present key must not be used again."""
        with self._lock:
            pid = os.getpid()
            if (self._term_id, self._pid) != (term.id, pid) or self._used >= self._budget:
                self._term_id, self._pid, self._used = term.id, pid, 0
                self._salt = secrets.token_bytes(_SALT_BYTES)
            self._used += 1
            return self._salt

    def _cipher(self, term: Term, salt: bytes) -> AESGCM:
        place = (term.id, salt)
        with self._lock:
            cipher = self._ciphers.get(place)
            if cipher is None:
                cipher = AESGCM(derive(term.key, _PURPOSE, salt.hex()))
                self._ciphers[place] = cipher
            self._ciphers.move_to_end(place)
            if len(self._ciphers) > _CIPHERS_MAX:
                self._ciphers.popitem(last=False)
            return cipher


def term_of(blob: bytes) -> bytes:
    """Return the id of the term that sealed *blob*.

    Raises:
        StoreError: it is no such envelope.
    """
    if len(blob) < _SEALED_AT + _TAG_BYTES or not blob.startswith(_HEADER):
        raise StoreError("the bytes are not a sealed value", hint="check that the right value was read")
    return blob[len(_HEADER) : _SALT_AT]
