from __future__ import annotations

import base64
import codecs
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.detectors.decode.decoder import Decoder, TooMuchError
from stockade.detectors.engine.gates import LONG_TOKEN
from stockade.detectors.engine.matching import compile_triggers
from stockade.detectors.normalize.fold import FoldTable

DECODER = Decoder((b"nxvn", rb"fx\-cebw\-"), FoldTable())
FALLBACK = Decoder((b"nxvn", rb"fx\-cebw\-"), FoldTable(), linear=False)
EVERY = sum({*DECODER.signs.values()}) | LONG_TOKEN
VALUE = "jane.roe@example.org"


def parts(text: str, signs: int = EVERY, decoder: Decoder = DECODER) -> list[str]:
    reading = decoder.reading(text.encode(), signs)
    return reading.data.decode("utf-8", "replace").split("\0") if reading else []


def signs_in(text: str) -> int:
    triggers = compile_triggers(tuple(DECODER.signs))
    kinds = list(DECODER.signs.values())
    found = 0
    for number in triggers.hits(text.encode()):
        found |= kinds[number]
    return found


HEX = VALUE.encode().hex()
WRITTEN = {
    "base64": base64.b64encode(VALUE.encode()).decode(),
    "base32": base64.b32encode(VALUE.encode()).decode(),
    "hexadecimal": HEX,
    "pairs with spaces": " ".join(HEX[i : i + 2] for i in range(0, len(HEX), 2)),
    "pairs with colons": ":".join(HEX[i : i + 2] for i in range(0, len(HEX), 2)),
    "an array of bytes": ", ".join("0x" + HEX[i : i + 2] for i in range(0, len(HEX), 2)),
    "an address": VALUE.replace("@", "%40"),
    "an address, all of it": "".join(f"%{ord(char):02X}" for char in VALUE),
    "HTML": VALUE.replace("@", "&#64;"),
    "HTML by name": VALUE.replace("@", "&commat;"),
    "JSON": VALUE.replace("@", "\\u0040"),
    "mail": VALUE.replace("@", "=40"),
    "mail, cut": VALUE.replace("exam", "exam=\n"),
    "controls": VALUE.replace("e", "\x08e"),
    "spelled": " ".join(VALUE),
    "spelled with stars": "*".join(VALUE.replace(".", "").replace("@", "")),
}


@pytest.mark.parametrize("way", WRITTEN)
@pytest.mark.parametrize("decoder", [DECODER, FALLBACK], ids=["re2", "re"])
def test_a_text_is_read_in(way, decoder):
    wanted = VALUE.replace(".", "").replace("@", "") if "stars" in way else VALUE
    assert any(wanted in part for part in parts(f"write to {WRITTEN[way]} today", decoder=decoder))


@pytest.mark.parametrize("way", [way for way in WRITTEN if way not in {"base64", "base32", "hexadecimal"}])
def test_a_sign_says_that_there_is_something_to_read(way):
    text = f"write to {WRITTEN[way]} today"
    assert parts(text, signs_in(text))


def test_a_turned_key_is_read_where_its_word_gives_it_away():
    key = "AKIA" + "Q3EGR7ZL5WXN2PTB"
    text = f"use {codecs.encode(key, 'rot13')} now"
    assert signs_in(text)
    assert any(key in part for part in parts(text))


def test_an_ordinary_text_has_no_sign_and_no_reading():
    text = "The cat sat on the mat (and 12 others, too), it says on page 7.\n"
    assert signs_in(text) == 0
    assert parts(text) == []


def test_words_to_the_left_are_read_too():
    assert parts("SSN: " + base64.b64encode(b"my number is 536-90-4399").decode()) == [
        "SSN: my number is 536-90-4399",
        "",
    ]


def test_lines_of_one_run_are_read_as_one():
    raw = b"the secret is here: " * 3 + VALUE.encode() + b" and the text goes on and on"
    encoded = base64.encodebytes(raw).decode()
    assert any(VALUE in part for part in parts(f"look:\n{encoded}\nthat was it"))


def test_texts_that_are_joined_are_not_read_into_each_other():
    assert not any("right" in part and "left" in part for part in parts("left%41\0right%42 and more text"))
    assert not any("SSN" in part for part in parts("SSN\0" + WRITTEN["base64"]))


def test_the_separator_cannot_be_smuggled_in():
    assert "\0" not in "".join(parts("value%00ofsomething &#0; long enough"))


def test_what_unpacks_to_too_much_is_not_passed_over():
    import gzip

    bomb = base64.b64encode(gzip.compress(b"a" * (1 << 21), mtime=0)).decode()
    with pytest.raises(TooMuchError):
        parts(f"see {bomb}")


pieces = st.lists(
    st.sampled_from(
        [
            "%41",
            "&#65;",
            "\\u0041",
            "=41",
            "=\n",
            " ",
            "\n",
            "word",
            "12",
            "\0",
            "é",
            "你",
            "QUJDREVGR0hJSktMTU5P",
            "a b c d e f g h",
        ]
    ),
    max_size=20,
).map("".join)


@given(pieces)
def test_every_decoded_part_leads_back_into_the_text(text):
    data = text.encode()
    reading = DECODER.reading(data, EVERY)
    if reading is None:
        return
    for index, start in enumerate(reading.starts):
        assert 0 <= reading.begins[index] <= reading.ends[index] <= len(data)
        if not reading.decoded[index]:
            size = reading.ends[index] - reading.begins[index]
            assert reading.data[start : start + size] == data[reading.begins[index] : reading.ends[index]]


@given(pieces)
def test_a_reading_is_at_most_a_few_times_as_long_as_the_text(text):
    reading = DECODER.reading(text.encode() * 20, EVERY)
    assert reading is None or len(reading.data) <= 40 * len(text.encode() * 20) + 200


UNITS = [
    "%41",
    "%41 ",
    "&#65; a ",
    "\\n ",
    "=\n",
    "a b ",
    "QUJDREVGR0hJSktMTU5P ",
    "0x41, ",
    "41:",
    "\x08",
    "nxvn ",
    "AAAAAAAAAAAAAAAAzzzz",
    "A" * 41 + "\n",
]


@pytest.mark.parametrize("unit", UNITS)
def test_reading_takes_linear_time(unit):
    def seconds(length: int) -> float:
        data = (unit * (length // len(unit))).encode()
        begun = time.process_time()
        DECODER.reading(data, EVERY)
        return time.process_time() - begun

    seconds(10_000)
    short = min(seconds(40_000) for _ in range(3))
    assert min(seconds(160_000) for _ in range(2)) < 4 * 2.6 * max(short, 0.002)


def test_random_tokens_are_not_read_as_anything():
    rng = random.Random(3)
    tokens = [
        "".join(rng.choice("abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789_-") for _ in range(28))
        for _ in range(500)
    ]
    assert len(parts(" ".join(tokens), LONG_TOKEN)) < 5
