"""Keys by term: a ring of data keys, each wrapped under the key-encryption key, one of them in use.

A new term is added before it begins, so that every process knows its key before anybody seals with it. What
an older term sealed opens as long as its key is in the ring. Turning the key-encryption key over wraps the
ring's few keys again and touches no sealed value.
"""

from __future__ import annotations

import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from stockade.core.errors import ConfigError, StoreError
from stockade.sealing.binding import joined
from stockade.sealing.envelope import open_sealed, seal
from stockade.sealing.keyring import KEY_BYTES
from stockade.sealing.whole_file import replace_file

ID_BYTES: Final = 8
_VERSION: Final = 1
_BYTES_MAX: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of time and the key that is used in it.

    Attributes:
        id: names the key in what it sealed.
        from_ms: when it begins, in milliseconds since 1970; it ends where the next one begins.
        key: 32 bytes.
    """

    id: bytes
    from_ms: int
    key: bytes = field(repr=False)


class TermRing:
    """The data keys in a file.

    Args:
        path: the file; made with a first term where there is none.
        kek: the 32-byte key-encryption key.
        clock: the time in milliseconds since 1970.

    Raises:
        ConfigError: the file is damaged, or wrapped under another key.
    """

    __slots__ = ("_clock", "_kek", "_path", "_terms")

    def __init__(self, path: Path, kek: bytes, *, clock: Callable[[], int]) -> None:
        self._path = path
        self._kek = kek
        self._clock = clock
        self._terms: dict[bytes, Term] = {}
        self.reload()
        if not self._terms:
            self.add(0)

    @property
    def terms(self) -> Sequence[Term]:
        """All terms, oldest first."""
        return sorted(self._terms.values(), key=lambda term: (term.from_ms, term.id))

    def current(self) -> Term:
        """Return the term that seals now: the newest that has begun.

        Raises:
            StoreError: none has begun.
        """
        now = self._clock()
        begun = [term for term in self.terms if term.from_ms <= now]
        if not begun:
            raise StoreError("no term of the keyring has begun", hint="check the clock of this machine")
        return begun[-1]

    def of(self, term_id: bytes) -> Term:
        """Return a term by its id; one that another process added is read from the file.

        Raises:
            StoreError: the ring has none of this id.
        """
        if term_id not in self._terms:
            self.reload()
        try:
            return self._terms[term_id]
        except KeyError:
            raise StoreError(
                "the keyring has no key of the term that sealed this",
                hint="Restore the keyring of the installation; if the term was destroyed, so was this.",
            ) from None

    def add(self, from_ms: int) -> Term:
        """Add a term that begins at *from_ms*; let every process read the file before that."""
        self.reload()
        term = Term(secrets.token_bytes(ID_BYTES), from_ms, secrets.token_bytes(KEY_BYTES))
        self._save([*self.terms, term], self._kek)
        return term

    def destroy(self, term_id: bytes) -> None:
        """Forget the key of a term: nothing that it sealed will ever open again.

        Raises:
            StoreError: it is the term in use, or there is none of this id.
        """
        if self.of(term_id) == self.current():
            raise StoreError("the term in use cannot be destroyed", hint="add a later term first")
        self._save([term for term in self.terms if term.id != term_id], self._kek)

    def rewrap(self, kek: bytes) -> None:
        """Wrap every key under another key-encryption key; sealed values stay as they are."""
        self.reload()
        self._save(self.terms, kek)
        self._kek = kek

    def reload(self) -> None:
        """Read the file again, if there is one.

        Raises:
            ConfigError: it is damaged, or wrapped under another key.
        """
        try:
            if not self._path.exists():
                return
            with self._path.open("rb") as file:
                listed = json.loads(file.read(_BYTES_MAX))
            terms = [self._unwrapped(row) for row in listed["terms"]]
        except OSError as error:
            raise ConfigError(
                f"the keyring {self._path} cannot be read ({error.strerror})",
                hint="give the account that runs stockade permission to read it",
            ) from None
        except (ValueError, KeyError, TypeError, RecursionError, StoreError):
            raise ConfigError(
                f"the keyring {self._path} is damaged, or wrapped under another key",
                hint="use the key-encryption key that wrapped it, or restore it from a backup",
            ) from None
        self._terms = {term.id: term for term in terms}

    def _save(self, terms: Sequence[Term], kek: bytes) -> None:
        rows = [
            {
                "id": term.id.hex(),
                "from_ms": term.from_ms,
                "wrapped": b64encode(seal(kek, term.key, _place(term.id, term.from_ms))).decode(),
            }
            for term in terms
        ]
        content = json.dumps({"version": _VERSION, "terms": rows}, indent=1).encode()
        try:
            replace_file(self._path, content)
        except OSError as error:
            raise StoreError(
                f"the keyring {self._path} cannot be written ({error.strerror})", hint="free space or mend it"
            ) from None
        self._terms = {term.id: term for term in terms}

    def _unwrapped(self, row: dict[str, object]) -> Term:
        term_id, from_ms = bytes.fromhex(str(row["id"])), row["from_ms"]
        if not isinstance(from_ms, int) or len(term_id) != ID_BYTES:
            raise ValueError("a term is malformed")
        key = open_sealed(self._kek, b64decode(str(row["wrapped"])), _place(term_id, from_ms))
        return Term(term_id, from_ms, key)


def _place(term_id: bytes, from_ms: int) -> bytes:
    # A wrapped key serves only for its own term: ids and beginnings cannot be exchanged in the file.
    return joined("stockade/term/1", term_id.hex(), str(from_ms))
