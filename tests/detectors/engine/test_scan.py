from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.core.finding import Rule
from stockade.core.limits import FINDINGS_MAX
from stockade.detectors.catalogue import structured_specs
from stockade.detectors.engine import stretches
from stockade.detectors.engine.scan import Scanner
from stockade.detectors.engine.spec import SPACED_BYTES_MAX, Context, Hit, Spec

NUMBER = Rule("pii.number", "Number")
OTHER = Rule("pii.other", "Other")


def hits(spec: Spec, data: bytes, *, linear: bool = True) -> list[tuple[int, int, float]]:
    return sorted((hit.start, hit.end, hit.confidence) for hit in Scanner((spec,), linear=linear).scan(data))


both = pytest.mark.parametrize("linear", [True, False], ids=["re2", "re"])


@both
def test_a_hit_is_the_first_group_if_there_is_one(linear):
    spec = Spec(NUMBER, rb"id=(\d{4})(?:[^0-9]|$)", words=("id=",))
    assert hits(spec, b"id=1234 id=12345", linear=linear) == [(3, 7, 0.9)]


def test_bytes_beside_a_value_may_rule_it_out():
    spec = Spec(NUMBER, rb"\d{4}", shapes=(rb"\d{4}",), left=b"-", right=b"/")
    assert hits(spec, b"-1234 1234/ 1234") == [(12, 16, 0.9)]


def test_a_check_decides_about_the_value_alone():
    spec = Spec(NUMBER, rb"\b\d{4}\b", shapes=(rb"\d{4}",), check=lambda value: value.endswith("4"))
    assert hits(spec, b"1234 1235") == [(0, 4, 0.9)]


def test_a_word_to_the_left_makes_surer_and_another_rules_out():
    near, veto = Context("near", ("card",)), Context("veto", ("order",))
    spec = Spec(NUMBER, rb"\b\d{4}\b", shapes=(rb"\d{4}",), near=near, veto=veto, alone=0.6, strong=0.9)
    assert hits(spec, b"1111 card 2222") == [(0, 4, 0.6), (10, 14, 0.9)]
    assert hits(spec, b"order 2222") == []
    assert hits(spec, b"card\x002222") == [(5, 9, 0.6)]


def test_a_finder_is_asked_only_if_its_word_is_there():
    spec = Spec(NUMBER, words=("begin",), finder=lambda data: iter([(0, len(data), 0.99)]))
    assert hits(spec, b"BEGIN x") == [(0, 7, 0.99)]
    assert hits(spec, b"x") == []


def test_every_token_is_tried_as_a_start():
    spec = Spec(NUMBER, rb"\d{4} \d{4}", shapes=(rb"\d{4}",))
    assert hits(spec, b"1111 2222 3333") == [(0, 9, 0.9), (5, 14, 0.9)]


def test_a_value_ends_at_a_break():
    spec = Spec(NUMBER, rb"\d{2}(?: ?\w+){1,9}", shapes=(rb"\d\d",))
    assert hits(spec, b"12 34 abc def ghi") == [(0, 9, 0.9), (3, 9, 0.9)]
    assert hits(spec, b"12 34\n\n56") == [(0, 5, 0.9)]


def test_a_value_with_spaces_is_not_longer_than_any_identifier():
    spec = Spec(NUMBER, rb"\d(?: \d){50,200}", shapes=(rb"\d",))
    found = hits(spec, b"1 " * SPACED_BYTES_MAX)
    assert found
    assert all(end - start <= SPACED_BYTES_MAX for start, end, _ in found)


def test_a_scan_stops_only_where_the_whole_text_is_one_finding():
    spec = Spec(NUMBER, rb"\b\d{4}\b", shapes=(rb"\d{4}",))
    wide = Spec(OTHER, rb"\d{4} \d{4}", shapes=(rb"\d{4}",))
    found = Scanner((spec, wide)).scan(b"1234 " * 30_000)
    assert FINDINGS_MAX < len(found) < 3 * FINDINGS_MAX
    nested = Scanner((spec, Spec(OTHER, rb"\d{4} \d{4} \d{4}", shapes=(rb"\d{4}",)))).scan(
        b"1234 5678 9012\n\n" * 5_000
    )
    assert max(hit.end for hit in nested) > 70_000, "hits inside others do not count"


def test_everything_can_be_compiled_before_the_first_text():
    scanner = Scanner(structured_specs())
    scanner.compile()
    assert len(scanner._compiled) == sum(spec.finder is None for spec in structured_specs())


SPECS = (
    Spec(NUMBER, rb"\b\d{4}[ -]\d{4}(?:[ -]\d{4})?\b", shapes=(rb"\d{4}[ -]\d{4}",), left=b"-", right=b"-"),
    Spec(
        NUMBER,
        rb"\d{2,5}(?:[ .-]?\d{2,5}){1,5}",
        near=Context("tel", ("tel", "номер")),
        alone=0.0,
        strong=0.7,
    ),
    Spec(OTHER, rb"[a-z0-9.]{1,20}@[a-z]{2,9}(?:\.[a-z]{2,9}){1,3}", words=("@",)),
    Spec(OTHER, rb"(?:key)[ =:]{1,3}([a-z0-9]{16,40})(?:[^a-z0-9]|$)", words=("key",), fold=True),
    Spec(OTHER, rb"AKIA[A-Z0-9]{16}", words=("akia",)),
)
SCANNER, FALLBACK = Scanner(SPECS), Scanner(SPECS, linear=False)
FRAGMENTS = (
    *(
        b"1234",
        b"5678-9012",
        b" ",
        b"\n",
        b"\n\n",
        b"-",
        b".",
        b"tel ",
        "номер ".encode(),
        b"a.b@c.de",
        b"@",
        b"cd",
    ),
    *(
        b"key = ",
        b"abcdef0123456789",
        b"AKIA" + b"Q3EGR7ZL5WXN2PTB",
        "你".encode(),
        b"\0",
        b"word ",
        b"x" * 50,
    ),
)
datas = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(b"".join)


def places(found: list[Hit]) -> list[tuple[int, int, str, float]]:
    return sorted({(hit.start, hit.end, hit.rule.id, round(hit.confidence, 6)) for hit in found})


@given(datas)
def test_where_a_text_is_cut_into_stretches_does_not_matter(data):
    whole = places(SCANNER.scan(data))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stretches, "STRETCH_BYTES", 7)
        assert surest(places(SCANNER.scan(data))) == surest(whole)


def surest(found: list[tuple[int, int, str, float]]) -> dict[tuple[int, int, str], float]:
    """Return the highest confidence of each claim: a word's reach may be asked about twice."""
    return {(start, end, rule): sure for start, end, rule, sure in found}


@given(datas)
def test_the_fallback_engine_finds_the_same(data):
    assert places(FALLBACK.scan(data)) == places(SCANNER.scan(data))


@given(datas, st.integers(0, 30))
def test_what_stands_before_a_blank_line_does_not_matter(data, words):
    before = b"word " * words * 20 + b"\n\n"
    alone = surest(places(SCANNER.scan(data)))
    moved = {
        (start - len(before), end - len(before), rule): sure
        for (start, end, rule), sure in surest(places(SCANNER.scan(before + data))).items()
    }
    assert moved == alone


@pytest.mark.parametrize(
    "unit", [b"1234 ", b"1234", b"a@b.", b"@", b"key=", b"tel 12 ", b"AKIA", b"x", b"\xff", b"12-"]
)
def test_a_scan_takes_linear_time(unit):
    def seconds(length: int) -> float:
        data = unit * (length // len(unit))
        begun = time.process_time()
        SCANNER.scan(data)
        return time.process_time() - begun

    seconds(10_000)
    short = min(seconds(50_000) for _ in range(3))
    assert min(seconds(200_000) for _ in range(2)) < 4 * 2.6 * max(short, 0.002)
