"""The structured detector: what is found, where, however it is written, and in whatever pieces it comes."""

from __future__ import annotations

import base64
import codecs
import gzip
import json
from itertools import pairwise
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockade.core.message import Message, Origin
from stockade.core.policy import Action, Clause, Policy
from stockade.core.screen import screen
from stockade.core.stream import Stream
from stockade.core.transform import TRANSFORMS
from stockade.detectors.catalogue import structured_specs
from stockade.detectors.structured import StructuredDetector

SPECS = structured_specs()
DETECTOR = StructuredDetector(SPECS)
RULES = {spec.rule.id: spec.rule for spec in SPECS}
KEY = "AKIA" + "Q3EGR7ZL5WXN2PTB"


def found(text: str) -> list[tuple[str, str]]:
    return [
        (finding.rule.label, text[finding.span.start : finding.span.end]) for finding in DETECTOR.detect(text)
    ]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_fires_on_its_probe(rule):
    assert rule in {finding.rule.id for finding in DETECTOR.detect(RULES[rule].probe)}


def test_an_ordinary_text_has_no_finding():
    assert DETECTOR.detect("The cat sat on the mat, and 12 other cats watched it.\n") == ()
    assert DETECTOR.detect("") == ()


WRITTEN = {
    "plain": "mail jane.roe@example.org now",
    "full-width": "mail ｊａｎｅ.roe＠example.org now",
    "zero-width": "mail jane\u200b.roe@exam\u2060ple.org now",
    "look-alikes": "mail jаnе.rое@example.org now",
    "combining": "mail ja\u0336ne.roe@example.org now",
    "tags": "mail jane\U000e0041.roe@example.org now",
    "after emoji": "👩\u200d👩\u200d👧 mail jane.roe@example.org now",
    "after Hebrew": "שלום mail jane.roe@example.org now",
    "between Chinese": "邮件jane.roe@example.org谢谢",
    "after carriage returns": "a\r\nb\r\nmail jane.roe@example.org\r\nnow",
    "after decomposed letters": "e\u0301e\u0301 mail jane.roe@example.org now",
    "after letters that become two": "Straße ½ mail jane.roe@example.org now",
}


@pytest.mark.parametrize("how", WRITTEN)
def test_a_finding_points_at_the_characters_of_the_text_as_given(how):
    text = WRITTEN[how]
    (label, value), *more = found(text)
    assert not more
    assert label == "EMAIL_ADDRESS"
    assert (value[0], value[-3:]) in {("j", "org"), ("ｊ", "org")}
    assert " " not in value


def test_texts_together_are_found_as_each_alone():
    texts = [
        "mail jane.roe@example.org",
        "",
        "no",
        f"key {KEY}",
        "é jane.roe@example.org\u200b",
        "SSN",
        "536-90-4399",
    ]
    assert [list(f) for f in DETECTOR.detect_many(texts)] == [list(DETECTOR.detect(text)) for text in texts]
    assert [list(f) for f in DETECTOR.detect_many(["no"])] == [[]]


def test_the_fallback_engine_finds_the_same():
    other = StructuredDetector(SPECS, linear=False)
    for text in WRITTEN.values():
        assert list(other.detect(text)) == list(DETECTOR.detect(text))


POLICY = Policy("p", (Clause(("*",), Action.TRANSFORM, "redact"),))
FRAGMENTS = (
    *("mail ", "jane.roe@example.org", " card ", "4012 8888 8888 1881", "4012888888881881", "SSN "),
    *("536-90-4399", KEY, "GB29 NWBK 6016 1331 9268 19", "call +44 20 7946 0958", "10.20.30.40", "May "),
    *(" ", "\n", "\n\n", "word", "a", "7", ".", "é", "\u200b", "你好", "\U0001f600", ", ", "key="),
)
pieces = st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join)


def streamed(parts: list[str]) -> tuple[str, tuple]:
    stream = Stream(Message("", Origin.MODEL), detectors=(DETECTOR,), policy=POLICY, transforms=TRANSFORMS)
    out = "".join(stream.feed(part) for part in parts) + stream.close()
    return out, stream.verdict.findings


@settings(deadline=None)
@given(pieces, st.lists(st.integers(0, 400), max_size=8))
def test_a_streamed_answer_is_screened_like_the_whole(text, cuts):
    edges = sorted({0, len(text), *(cut % (len(text) + 1) for cut in cuts)})
    parts = [text[a:b] for a, b in pairwise(edges)]
    whole = screen(Message(text, Origin.MODEL), detectors=(DETECTOR,), policy=POLICY, transforms=TRANSFORMS)
    for cutting in (parts, list(text)):
        out, findings = streamed(cutting)
        assert findings == whole.findings
        assert out == whole.text


MAIL = "jane.roe@example.org"
HIDDEN = {
    "base64": base64.b64encode(f"mail {MAIL} now".encode()).decode(),
    "base64 of base64": base64.b64encode(base64.b64encode(f"mail {MAIL} now".encode())).decode(),
    "base32": base64.b32encode(MAIL.encode()).decode(),
    "hexadecimal": MAIL.encode().hex(),
    "packed": base64.b64encode(gzip.compress(f"mail {MAIL} now".encode(), mtime=0)).decode(),
    "an address": quote(MAIL, safe=""),
    "an address in an address": quote(quote(MAIL, safe=""), safe=""),
    "HTML": "".join(f"&#{ord(char)};" for char in MAIL),
    "mail": MAIL.replace("@", "=40"),
    "JSON in JSON": json.dumps(json.dumps({"to": MAIL.replace("@", "\u0040\u200b")}))[1:-1],
    "base64 in JSON in JSON": json.dumps(json.dumps({"to": base64.b64encode(MAIL.encode()).decode()})),
    "spelled out": " ".join(MAIL),
    "full-width base64": base64.b64encode(MAIL.encode()).decode().translate({65: 0xFF21, 97: 0xFF41}),
    "base64 with zero-width characters": "\u200b".join(base64.b64encode(MAIL.encode()).decode()),
}


@pytest.mark.parametrize("way", HIDDEN)
def test_what_is_encoded_is_found_where_it_is_encoded(way):
    before, after = "é👩\u200d👧 send: ", " and be well\n"
    text = f"{before}{HIDDEN[way]}{after}"
    spans = [f.span for f in DETECTOR.detect(text) if f.rule.label == "EMAIL_ADDRESS"]
    assert spans
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    assert len(before) <= first < last <= len(text) - len(after)


def test_a_finding_covers_no_more_than_the_encoded_characters_where_they_stand_one_by_one():
    assert ("EMAIL_ADDRESS", "jane.roe%40example.org") in found("see ?to=jane.roe%40example.org&x=1")
    assert ("EMAIL_ADDRESS", "jane.roe\\u0040example.org") in found('{"to": "jane.roe\\u0040example.org"}')


def test_a_turned_key_is_found_where_it_stands():
    turned = codecs.encode(KEY, "rot13")
    assert ("AWS_ACCESS_KEY", turned) in found(f"use {turned} now")


def test_what_a_rule_claims_as_it_stands_is_not_claimed_again():
    claims = [label for label, value in found(f"key {KEY} ") if value == KEY]
    assert len(claims) == 1


def test_a_packed_text_too_big_to_look_at_is_not_passed_as_clean():
    bomb = base64.b64encode(gzip.compress(b"a" * (1 << 22), mtime=0)).decode()
    verdict = screen(
        Message(f"see {bomb}", Origin.USER), detectors=(DETECTOR,), policy=POLICY, transforms=TRANSFORMS
    )
    assert verdict.not_run == ("structured",)


ENCODED = (*FRAGMENTS, *HIDDEN.values(), "%20", "&nbsp;", "\\n", "=\n")


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(ENCODED), max_size=8).map("".join),
    st.lists(st.integers(0, 900), max_size=6),
)
def test_an_encoded_answer_is_screened_like_the_whole(text, cuts):
    edges = sorted({0, len(text), *(cut % (len(text) + 1) for cut in cuts)})
    parts = [text[a:b] for a, b in pairwise(edges)]
    whole = screen(Message(text, Origin.MODEL), detectors=(DETECTOR,), policy=POLICY, transforms=TRANSFORMS)
    out, findings = streamed(parts)
    assert findings == whole.findings
    assert out == whole.text


def test_the_probes_of_all_rules_are_found_together_as_each_alone():
    probes = [rule.probe for rule in RULES.values()]
    assert [list(f) for f in DETECTOR.detect_many(probes)] == [
        list(DETECTOR.detect(probe)) for probe in probes
    ]


def test_a_text_with_the_character_that_joins_texts_is_read_through_it():
    assert ("EMAIL_ADDRESS", "jane\0.roe@example.org") in found("mail jane\0.roe@example.org now")
    texts = ["mail jane\0.roe@example.org", "\0", "no"]
    assert [list(f) for f in DETECTOR.detect_many(texts)] == [list(DETECTOR.detect(text)) for text in texts]
