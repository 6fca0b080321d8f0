from __future__ import annotations

import random

import pytest
from tests.scan.planted import PROVIDER

from stockade.scan.readable import Form, readable


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1"]
)
def test_text_in_every_usual_encoding_is_read(encoding):
    found = readable(f"clé = {PROVIDER}\n".encode(encoding))
    assert PROVIDER in found.text
    assert found.form is Form.TEXT


def test_text_that_is_not_utf_8_is_read_as_latin_1_not_passed_over():
    assert readable(b"caf\xe9 " + PROVIDER.encode()).text == "café " + PROVIDER


def test_the_strings_of_a_program_are_read():
    noise = random.Random(3).randbytes(4000)
    wide = PROVIDER.encode("utf-16-le")
    found = readable(b"\x7fELF\0\0" + noise + PROVIDER.encode() + b"\0" + noise)
    assert found.form is Form.STRINGS
    assert PROVIDER in found.text
    assert PROVIDER in readable(b"MZ\0\0\1\2" + noise + b"\0\0" + wide + b"\0\0" + noise).text


@pytest.mark.parametrize(
    "head", [b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xd8\xff\xe0\0\x10JFIF", b"wOF2\0\1", b"%PDF-1.7\n"]
)
def test_media_are_opaque(head):
    assert readable(head + b"\0" * 100).form is Form.OPAQUE


@pytest.mark.parametrize(
    "data", [b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\0" * 9000, b"\xff\xfe\0", b"a\0b"]
)
def test_there_is_always_an_answer(data):
    assert isinstance(readable(data).text, str)
