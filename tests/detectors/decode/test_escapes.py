from __future__ import annotations

import json
import quopri
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.detectors.decode.escapes import escapes, mail_escapes


def read(data: bytes, found=escapes) -> bytes:
    out, at = [], 0
    for start, end, meaning in found(data, 0, len(data)):
        out += [data[at:start], meaning]
        at = end
    return b"".join(out) + data[at:]


@pytest.mark.parametrize(
    ("escaped", "plain"),
    [
        (b"jane%40example", b"jane@example"),
        (b"&#64;&#x40;&commat;&amp;", b"@@@&"),
        (rb"\u0040\x40\n\"\/", b'@@\n"/'),
        (rb"\\u0040", b"@"),
        (rb"\\", b"\\"),
        (b"4\x080\x7f1", b"401"),
        (b"%C3%A9", "é".encode()),
        (rb"\ud83d\ude00", "\ufffd\ufffd".encode()),
        (b"&nosuch;", b""),
        (b"100% sure &c.", b"100% sure &c."),
        (b"&#1114112;", "\ufffd".encode()),
    ],
)
def test_an_escape_stands_for_a_character(escaped, plain):
    assert read(escaped) == plain


@pytest.mark.parametrize(
    ("escaped", "plain"),
    [
        (b"jane=40example", b"jane@example"),
        (b"exam=\r\nple=\n.org", b"example.org"),
        (b"=C3=A9", "é".encode()),
        (b"x=10 y=ab", b"x=10 y=ab"),
    ],
)
def test_an_escape_of_mail_stands_for_a_character(escaped, plain):
    assert read(escaped, mail_escapes) == plain


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=40))
def test_what_the_standard_library_escapes_is_read_back(text):
    plain = text.replace("\\", "/").replace("&", "+").replace("%", "x").replace("=", "-")
    assert read(quote(plain, safe="").encode()) == plain.encode()
    assert read(json.dumps(plain)[1:-1].encode()) == plain.encode()
    assert read(quopri.encodestring(plain.encode(), quotetabs=True), mail_escapes) == plain.encode()
