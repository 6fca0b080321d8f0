from __future__ import annotations

import pytest

from stockade.core.finding import Rule
from stockade.detectors.catalogue import structured_specs
from stockade.detectors.engine.gates import Gates, by_words, digits_needed, triggers_of
from stockade.detectors.engine.matching import compile_pattern
from stockade.detectors.engine.sample import sample
from stockade.detectors.engine.spec import Context, Spec
from stockade.detectors.engine.syntax import parse

RULE = Rule("pii.thing", "Thing")
NEAR = Context("near", ("passport", "номер"))


def gates_of(*specs: Spec, linear: bool = True) -> Gates:
    return Gates(specs, [parse(spec.pattern, fold=spec.fold) for spec in specs], linear=linear)


both = pytest.mark.parametrize("linear", [True, False], ids=["re2", "re"])


@both
def test_a_pattern_sleeps_without_its_word_and_wakes_with_it(linear):
    gates = gates_of(
        Spec(RULE, rb"x", words=("akia",)), Spec(RULE, rb"y", shapes=(rb"\d{4}",)), linear=linear
    )
    assert gates.awake(b"nothing")[0] == 0
    assert gates.awake(b"AKIA")[0] == 0b01
    assert gates.awake(b"1234")[0] == 0b10
    assert gates.awake(b"")[0] == 0


@both
@pytest.mark.parametrize("need", [8, 16, 19, 20, 40, 64, 99])
def test_a_pattern_sleeps_where_no_token_is_as_long_as_it_needs(need, linear):
    gates = gates_of(Spec(RULE, rb"k[a-z0-9]{%d}" % need, words=("k",)), linear=linear)
    assert gates.awake(b"k " + b"ab " * 50)[0] == (1 if need < 15 else 0)
    assert gates.awake(b"k " + b"a" * (need + 1))[0] == 1


def test_a_pattern_that_words_give_away_has_no_gate():
    gates = gates_of(Spec(RULE, rb"\b\d{4}[ -]?\d{4}\b", near=NEAR, alone=0.0))
    assert gates.awake(b"passport 2024-1234")[0] == 0


@pytest.mark.parametrize(
    ("pattern", "said", "need"),
    [
        (rb"\b\d{4}[ -]?\d{4}\b", 1, 8),
        (rb"\d{2,9}", 7, 7),
        (rb"[A-Z]{3,9}", 0, 0),
        (rb"[A-Z]{3}\d|\d{4}", 1, 1),
    ],
)
def test_how_many_digits_a_value_needs_is_read_off_or_said(pattern, said, need):
    spec = Spec(RULE, pattern, near=NEAR, alone=0.0, digits=said)
    assert digits_needed(spec, parse(pattern, fold=False)) == need


def given_away(spec: Spec) -> bool:
    return by_words(spec, parse(spec.pattern))


def test_a_token_that_only_words_give_away_wakes_if_it_is_long_enough_and_a_word_is_there():
    gates = gates_of(Spec(RULE, rb"[a-z0-9]{20}", near=Context("c", ("azure",)), alone=0.0))
    assert gates.awake(b"Azure key: " + b"a1" * 10)[0] == 1
    assert gates.awake(b"Azure key: " + b"a1" * 7)[0] == 0
    assert gates.awake(b"some key: " + b"a1" * 10)[0] == 0


def test_what_has_a_trigger_of_its_own_is_not_given_away_by_words():
    assert given_away(Spec(RULE, rb"\d", near=NEAR, alone=0.0))
    assert not given_away(Spec(RULE, rb"\d", near=NEAR, alone=0.9))
    assert not given_away(Spec(RULE, rb"\d", near=NEAR, alone=0.0, shapes=(rb"\d",)))
    assert not given_away(Spec(RULE, rb"[a-z]", near=NEAR, alone=0.0, digits=0))
    assert not given_away(Spec(RULE, rb"[a-z0-9]{20}", near=NEAR, alone=0.0))
    assert triggers_of(Spec(RULE, rb"a\.b", words=("a.b",))) == (rb"a\.b",)


@pytest.mark.parametrize(
    "spec",
    [s for s in structured_specs() if s.pattern and b"[^" not in s.pattern and not given_away(s)],
    ids=lambda s: s.rule.id,
)
def test_no_gate_keeps_a_pattern_of_the_catalogue_from_its_own_matches(spec):
    gates = gates_of(spec)
    pattern = compile_pattern((b"(?i)" if spec.fold else b"") + spec.pattern)
    for number in range(8):
        # An empty group changes nothing about what matches, only which match is drawn.
        match = sample("(?:)" * number + spec.pattern.decode("latin-1")).encode("latin-1")
        spans = pattern.find(match, 0, len(match))
        value = match[slice(*spans[-1])].decode("latin-1") if spans is not None else ""
        if not value or (spec.check is not None and not spec.check(value)):
            continue
        word = spec.near.words[0].encode() if spec.near is not None else b""
        assert gates.awake(word + b" " + match + b" ")[0]
