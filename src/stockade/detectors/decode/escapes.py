r"""What escaped characters stand for: in addresses, HTML, mail, JSON strings and source code.

``%40``, ``&#64;`` and ``&commat;``, ``=40`` and the soft line break of mail, ``\u0040`` and ``\x40`` are all
an at sign. Control characters that nobody sees stand for nothing. It does not know where a format begins or
ends: every escape is read, wherever it stands.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from types import MappingProxyType

# What escapes of any kind but those of mail look like; the whole of it is one alternative of the first.
ESCAPE = (
    rb"%[0-9A-Fa-f]{2}|&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8}[0-9]{0,2});"
    rb"|\\+(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[nrtbf\"'/])|\\\\|[\x01-\x08\x0e-\x1f\x7f]"
)
# Mail: an escape that is printable, and a line that goes on.
MAIL_ESCAPE = rb"=(?:[2-7][0-9A-F]|[C-F][0-9A-F](?:=[89AB][0-9A-F]){1,3}|\r?\n)"

_ESCAPES = re.compile(ESCAPE)
_MAIL_ESCAPES = re.compile(MAIL_ESCAPE)
_LETTERS = MappingProxyType({b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b" "})


def escapes(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield each escape within ``data[start:end]``: where it stands and what it stands for, in UTF-8."""
    for found in _ESCAPES.finditer(data, start, end):
        yield *found.span(), _meaning(found.group())


def mail_escapes(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield each escape of mail (quoted-printable) within ``data[start:end]``."""
    for found in _MAIL_ESCAPES.finditer(data, start, end):
        text = found.group()
        yield *found.span(), b"" if text.endswith(b"\n") else bytes.fromhex(text.replace(b"=", b"").decode())


def _meaning(escape: bytes) -> bytes:
    if escape[0] == ord("%"):
        return bytes((int(escape[1:], 16),))
    if escape[0] == ord("&"):
        return _entity(escape)
    if escape[0] != ord("\\"):
        return b""
    plain = escape.lstrip(b"\\")
    if not plain:
        return b"\\"
    if len(plain) == 1:
        return _LETTERS.get(plain, plain)
    return _character(int(plain[1:], 16))


def _entity(escape: bytes) -> bytes:
    text = html.unescape(escape.decode())
    return b"" if text == escape.decode() else text.encode("utf-8", "replace")


def _character(code: int) -> bytes:
    # Half a pair is something else than ASCII, and more need not be known of it.
    return b"\xef\xbf\xbd" if 0xD800 <= code < 0xE000 else chr(code).encode()
