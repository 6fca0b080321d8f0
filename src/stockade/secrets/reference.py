"""References to secrets: ``scheme://path#field``, the only form in which a configuration names a secret.

It reads the form and nothing else: whether the secret exists, only a backend can tell. A refused text is
never repeated, because it may be the secret that somebody pasted in its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stockade.core.errors import ConfigError

SCHEMES = ("env", "file", "keyring", "vault", "aws-sm", "azure-kv", "gcp-sm")
REFERENCE_CHARS_MAX = 2_048

_SPLIT = re.compile(r"([a-z][a-z0-9-]{0,15})://([^#]*)(?:#(.*))?")
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff]")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SERVICE_AND_NAME = re.compile(r"[^/]+/[^/].*")
# What the path of each scheme looks like, and how to say it.
_PATHS = (
    ("env", _VARIABLE, "env://NAME"),
    ("file", re.compile(r"/[^/].*"), "file:///absolute/path"),
    ("keyring", _SERVICE_AND_NAME, "keyring://service/name"),
    ("vault", _SERVICE_AND_NAME, "vault://mount/path#field"),
    ("aws-sm", re.compile(r"[^/].*"), "aws-sm://name or aws-sm://name#field"),
    ("azure-kv", re.compile(r"[^/]+/[^/]+"), "azure-kv://vault/name"),
    ("gcp-sm", re.compile(r"[^/]+/[^/]+"), "gcp-sm://project/name"),
)
# With a field the value is one member of a JSON object; elsewhere it is the whole.
_FIELD_NEEDED = frozenset({"vault"})
_FIELD_ALLOWED = frozenset({"vault", "aws-sm"})
_LIST = "use one of " + ", ".join(f"{scheme}://" for scheme in SCHEMES)


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a secret is kept.

    Attributes:
        scheme: one of ``SCHEMES``: which backend to ask.
        path: where in that backend.
        field: which member of a structured secret; empty means the whole.
    """

    scheme: str
    path: str
    field: str = ""

    @classmethod
    def parse(cls, text: str) -> Reference:
        """Read a reference.

        Raises:
            ConfigError: it is a literal, of an unknown scheme, or its path has another form.
        """
        found = _SPLIT.fullmatch(text) if len(text) <= REFERENCE_CHARS_MAX else None
        if found is None:
            raise ConfigError(
                "a secret must be given as a reference, not as a literal value",
                hint=f"move the value to where secrets are kept and name the place; {_LIST}",
            )
        scheme, path, field = found[1], found[2], found[3]
        if scheme not in SCHEMES:
            raise ConfigError("a reference to a secret has an unknown scheme", hint=_LIST)
        _check_path(scheme, path)
        _check_field(scheme, field)
        return cls(scheme, path, field or "")

    def __str__(self) -> str:
        return f"{self.scheme}://{self.path}" + (f"#{self.field}" if self.field else "")


def is_reference(text: str) -> bool:
    """Say whether *text* is a reference that can be parsed."""
    try:
        Reference.parse(text)
    except ConfigError:
        return False
    return True


def _check_path(scheme: str, path: str) -> None:
    for known, pattern, form in _PATHS:
        if known == scheme and (_UNPRINTABLE.search(path) or not pattern.fullmatch(path)):
            raise ConfigError(f"the path of a {scheme}:// reference is malformed", hint=f"write {form}")


def _check_field(scheme: str, field: str | None) -> None:
    if field is None:
        if scheme in _FIELD_NEEDED:
            raise ConfigError(f"a {scheme}:// reference needs a field", hint="add #field at its end")
        return
    if scheme not in _FIELD_ALLOWED:
        raise ConfigError(f"a {scheme}:// reference has no field", hint="remove # and what follows it")
    if not field or "#" in field or _UNPRINTABLE.search(field):
        raise ConfigError(f"the field of a {scheme}:// reference is malformed", hint="name one field after #")
