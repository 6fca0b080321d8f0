from __future__ import annotations

import base64
import gzip
import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.detectors.decode import blobs
from stockade.detectors.decode.blobs import TooMuchError, decoded, readable

TEXT = b"the quick brown fox jumps"
ENCODED = {
    "base64": base64.b64encode(TEXT),
    "base64 without padding": base64.b64encode(TEXT).rstrip(b"="),
    "base64 for addresses": base64.urlsafe_b64encode(TEXT + b"~~~???"),
    "base32": base64.b32encode(TEXT),
    "base32 without padding": base64.b32encode(TEXT).rstrip(b"="),
    "hexadecimal": TEXT.hex().encode(),
    "hexadecimal in capitals": TEXT.hex().upper().encode(),
    "gzip": base64.b64encode(gzip.compress(TEXT, mtime=0)),
    "zlib": base64.b64encode(zlib.compress(TEXT)),
    "UTF-16": base64.b64encode(TEXT.decode().encode("utf-16-le")),
}


@pytest.mark.parametrize("way", ENCODED)
def test_a_run_is_decoded_to_what_it_says(way):
    assert decoded(ENCODED[way]).startswith(TEXT)


def test_a_text_with_some_foreign_letters_is_a_text():
    text = "Anna Müller wohnt in der Königstraße 7, München".encode()
    assert decoded(base64.b64encode(text)) == text


@pytest.mark.parametrize(
    "run",
    [
        b"getElementByIdentifier9",
        b"d41d8cd98f00b204e9800998ecf8427e",
        b"internationalization",
        b"//www.example.org/some/longer/path",
        b"0123456789012345678901234567890",
        b"AAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        base64.b64encode(bytes(range(100, 250))),
        b"================",
        b"",
    ],
)
def test_a_run_that_says_no_text_is_nothing(run):
    assert decoded(run) == b""


def test_a_packed_run_that_is_broken_is_nothing_and_a_short_one_is_what_it_is():
    packed = gzip.compress(TEXT * 20, mtime=0)
    assert decoded(base64.b64encode(packed[:-30]))[:3] in {b"", TEXT[:3]}
    assert decoded(base64.b64encode(b"\x1f\x8b" + b"\xff" * 30)) == b""


def test_what_unpacks_to_too_much_is_said_to_be_too_much():
    bomb = gzip.compress(b"a" * (blobs.UNPACKED_BYTES_MAX + 1), mtime=0)
    with pytest.raises(TooMuchError):
        decoded(base64.b64encode(bomb))


def test_a_text_cut_inside_its_last_character_is_still_a_text():
    assert readable(b"plain text and \xc3") == "plain text and \ufffd".encode()
    assert readable(b"\xc3\xff") == b""


@given(st.binary(max_size=60))
def test_nothing_is_decoded_to_something_that_is_no_text(raw):
    text = decoded(base64.b64encode(raw))
    assert text.decode().isprintable() or any(char in text for char in b"\t\n\r") or not text.isascii()


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=12, max_size=80))
def test_any_plain_text_comes_back(text):
    for way in (base64.b64encode, base64.b32encode, lambda raw: raw.hex().encode()):
        assert decoded(way(text.encode())) == text.encode()


def test_random_identifiers_are_hardly_ever_texts():
    rng = random.Random(7)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    runs = ["".join(rng.choice(letters) for _ in range(24)).encode() for _ in range(5_000)]
    assert sum(bool(decoded(run)) for run in runs) < 10
