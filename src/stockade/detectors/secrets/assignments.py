"""Passwords and secrets that no provider's shape gives away: what is assigned to a name that promises one.

Assignments of programs, shells, INI, YAML, JSON, XML and SQL, and plain words ("the password is ..."). The
name decides what is looked for, the value whether it is there. A value with white space in it is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from stockade.core.finding import Severity
from stockade.detectors.engine.manual import rule_row
from stockade.detectors.engine.matching import Matcher, compile_pattern
from stockade.detectors.engine.spec import Spec
from stockade.detectors.secrets.names import Kind, kind_of
from stockade.detectors.secrets.values import VALUE_CHARS_MAX, password_confidence, secret_confidence

NAME_CHARS_MAX = 48
_PASSWORD_CORE = (
    rb"(?:pass(?:phrase|code|wort)?|pa?ss?w(?:o?r)?d|pwd?|"
    rb"kennwort|contrasena|senha|mdp|wachtwoord|haslo|parola|identified)"
)
_SECRET_CORE = rb"(?:secrets?|tokens?|keys?|credentials?|creds?|auth(?:orization)?|bearer)"
_ANY_CORE = b"(?:" + _PASSWORD_CORE + b"|" + _SECRET_CORE + b")"
_ANY_KIND = frozenset({Kind.PASSWORD, Kind.SECRET, Kind.KEY})
_SUFFIX = rb"[A-Za-z0-9_.\-]{0,24}"
# What may stand between the name and what assigns: quotes, brackets, an escaped quote.
_CLOSERS = rb"(?:\\{0,3}[\"'\])\x60]|&quot;){0,3}"
_SPACE = rb"[ \t]{0,16}"
_QUOTE = rb"[\"'\x60]"
_ASSIGNS = rb"===?|!==?|=>|->|:{1,3}=|\?=|\+=|:|="
_IN_XML = rb"[ \t\r\n]{0,40}[\"']?value[\"']?[ ]{0,4}[:=]"
# As selective as one pass of the fast engine can be; the slower pattern below says what is what. No value is
# shorter than five characters.
_GIVEN = rb"[^ \t\r\n\"'\x60]"
_FIND = (
    rb"(?:(?:" + _ASSIGNS + rb")[ \t]{0,16}"
    rb"(?:[^ \t\r\n]{0,4}" + _QUOTE + _GIVEN + rb"{5}|[^ \t\r\n(){}\[\],;<\"'\x60]" + _GIVEN + rb"{4})|"
    rb":[ ]{0,2}[A-Za-z][A-Za-z0-9_\[\]<>|., ]{0,30}=[ ]{0,2}[^ \t\r\n=]|"
    rb">[ \t\r\n]{0,40}[^ \t\r\n<]{5}|[,(][ \t]{0,4}[^ \t\r\n]{0,4}" + _QUOTE + _GIVEN + rb"{5}|"
    rb"(?:is|was|are|by):?[ ]{1,2}[^ \t]{5}|with[ ][A-Za-z_' ]{1,40}by[ ]|"
    rb"[ \t]\\{0,3}" + _QUOTE + _GIVEN + rb"{5}|" + _IN_XML + rb")"
)
_TAIL = re.compile(
    rb"(?P<closers>" + _CLOSERS + rb")(?P<space>" + _SPACE + rb")"
    rb"(?P<operator>(?:(?:is|was|are):?[ ]|(?:with[ ][\w']{1,40}[ ])?by[ ]|" + _IN_XML + rb"|"
    rb":[ ]{0,2}[A-Za-z][\w\[\]<>|., ]{0,30}=(?!=)|" + _ASSIGNS + rb"|,|\(|>)?)"
    rb"(?P<opener>(?:(?<=>)[ \t\r\n]{0,40}|[ \t]{0,16})"
    rb"(?:(?:\[|\()?[ ]?[bBuUrRfFLN@$]{0,2}(?:\\{0,3}(?:\"\"\"|'''|[\"'\x60])|&quot;|&#34;|\\u0022))?)",
    re.IGNORECASE,
)
_NAME = re.compile(rb"[A-Za-z0-9_.$\-]*")
_BARE_END = re.compile(rb"[ \t\r\n\x0b\x0c\x00\"'\x60<>;,)|\\&\xe0-\xff]|$")
_BROKEN = re.compile(rb"[ \t\r\n\x0b\x0c\x00\xe0-\xff]")
_LINE_START = re.compile(rb"(?:^|\n)[ \t]*(?:export[ ]+|set[ ]+|-[ ]+|ENV[ ]+|ARG[ ]+|#[ ]*|;[ ]*|//[ ]*)?$")
_TEMPLATED = re.compile(rb"[fF$]\\{0,3}[\"'\x60]$")


class _Name(NamedTuple):
    text: str
    start: int
    end: int

    @property
    def is_sql(self) -> bool:
        """Whether this may be the ``identified`` of ``IDENTIFIED BY``."""
        return self.text[-10:].lower() == "identified"


class _Value(NamedTuple):
    start: int
    end: int
    quoted: bool


@cache
def _finder(core: bytes) -> tuple[Matcher, re.Pattern[bytes]]:
    return compile_pattern(rb"(?i)" + _shape(core)), re.compile(core + _SUFFIX, re.IGNORECASE)


def _shape(core: bytes) -> bytes:
    """Return what an assignment to a name with such a core looks like, up to its value."""
    return core + _SUFFIX + _CLOSERS + _SPACE + _FIND


# Any name that promises something, and what assigns.
SHAPE = _shape(_ANY_CORE)


def passwords(data: bytes) -> Iterator[tuple[int, int, float]]:
    """Yield the passwords: start, end and confidence."""
    return _found(data, _PASSWORD_CORE, frozenset({Kind.PASSWORD}))


def secrets(data: bytes) -> Iterator[tuple[int, int, float]]:
    """Yield the secrets, tokens and keys: start, end and confidence."""
    return _found(data, _SECRET_CORE, frozenset({Kind.SECRET, Kind.KEY}))


def promising(data: bytes, first: int) -> tuple[int, int] | None:
    """Return where the value is that is assigned to the promising name at *first*, if there is one."""
    found = _judged(data, _ANY_CORE, first, _ANY_KIND)
    return None if found is None else found[:2]


def _found(data: bytes, core: bytes, kinds: frozenset[Kind]) -> Iterator[tuple[int, int, float]]:
    find = _finder(core)[0].find
    at, length, reached = 0, len(data), 0
    while at < length:
        spans = find(data, at, length)
        if spans is None:
            return
        first = spans[0][0]
        at = first + 2
        found = _judged(data, core, first, kinds)
        if found is not None and found[0] >= reached:
            reached = found[1]
            yield found


def _judged(data: bytes, core: bytes, first: int, kinds: frozenset[Kind]) -> tuple[int, int, float] | None:
    """Return the value that is assigned to the name with such a core at *first*: start, end, confidence."""
    name = _name(data, core, first)
    kind = kind_of(name.text)
    tail = _TAIL.match(data, name.end) if kind in kinds or name.is_sql else None
    if tail is None:
        return None
    if name.is_sql:
        kind = Kind.PASSWORD if b"by" in tail["operator"].lower() else Kind.NOTHING
    value = _value(data, tail) if kind in kinds else None
    if value is None or not _stands(data, name, tail, value):
        return None
    sure = _confidence(data, name, tail, (kind, value))
    return (value.start, value.end, sure) if sure else None


def _confidence(data: bytes, name: _Name, tail: re.Match[bytes], what: tuple[Kind, _Value]) -> float:
    kind, value = what
    text = data[value.start : value.end].decode("latin-1")
    if kind is Kind.PASSWORD:
        return password_confidence(text, quoted=value.quoted, literal=_is_literal(data, name, tail))
    return secret_confidence(text, kind, quoted=value.quoted)


def _name(data: bytes, core: bytes, first: int) -> _Name:
    """Return the whole name whose core begins at *first*."""
    match = _finder(core)[1].match(data, first)
    end = first + 2 if match is None else match.end()
    # The rest of the name, to the left: a search from the right costs its own length only.
    before = _NAME.match(data[max(0, first - NAME_CHARS_MAX) : first][::-1])
    start = first if before is None else first - before.end()
    return _Name(data[start:end].decode("latin-1").rstrip(".-"), start, end)


def _value(data: bytes, tail: re.Match[bytes]) -> _Value | None:
    """Return where the value is; ``None`` for an unfinished, templated or broken-up one."""
    opener, start = tail["opener"].strip(), tail.end()
    limit = min(len(data), start + VALUE_CHARS_MAX)
    if not opener or opener in {b"[", b"("}:
        end = _BARE_END.search(data, start, limit)
        if end is None or data.startswith(b"(", end.start()):
            return None
        return _Value(start, end.start(), quoted=False)
    if _TEMPLATED.search(opener):
        return None
    closing = opener[-1:] if opener[-1:] in b"\"'\x60" else opener[-6:]
    end_at = data.find(closing, start, limit)
    if end_at < 0 or _BROKEN.search(data, start, end_at):
        return None
    while end_at > start and data[end_at - 1] == ord("\\"):
        end_at -= 1
    return _Value(start, end_at, quoted=True)


def _stands(data: bytes, name: _Name, tail: re.Match[bytes], value: _Value) -> bool:
    """Say whether name, operator and value stand together as they do in an assignment."""
    if value.end <= value.start:
        return False
    operator = tail["operator"].strip()
    if not operator:
        return value.quoted and name.text.lower() != "pass"
    if operator in {b",", b"("}:
        # The name is a call's own argument (``set("PASSWORD", "...")``), not one of a list of words.
        listed = data[name.start - 1 : name.start] in {b'"', b"'"} if name.start else False
        return value.quoted and (not listed or data[max(0, name.start - 2) : name.start - 1] == b"(")
    return True


def _is_literal(data: bytes, name: _Name, tail: re.Match[bytes]) -> bool:
    """Say whether the name stands where only a literal value can follow: a shell's or INI file's line."""
    if tail["operator"] != b"=" or tail["space"] or tail["closers"] or tail["opener"]:
        return False
    return name.text.isupper() and _LINE_START.search(data, max(0, name.start - 40), name.start) is not None


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    value = "k7Vq9zR2mW4x"
    password = rule_row(
        "credentials",
        "PASSWORD",
        "Password beside its name",
        f'password = "{value}"',
        finds="A value that is assigned to a name that promises a password, in whatever notation.",
        severity=Severity.HIGH,
    )
    secret = rule_row(
        "credentials",
        "SECRET",
        "Secret, token or key beside its name",
        f'app_secret: "{value}{value[::-1]}"',
        finds="A random value that is assigned to a name that promises a secret, a token or a key.",
        severity=Severity.HIGH,
    )
    return (
        # Names that promise something are in most texts, and what assigns is in nearly all; both rarely.
        Spec(password, shapes=(_shape(_PASSWORD_CORE),), finder=passwords),
        Spec(secret, shapes=(_shape(_SECRET_CORE),), finder=secrets),
    )
