from __future__ import annotations

from stockade.core.finding import Rule
from stockade.detectors.engine.judge import Judge, Within
from stockade.detectors.engine.spec import Context, Spec

RULE = Rule("pii.number", "Number")
JUDGE = Judge()


def confidence(spec: Spec, data: bytes, value: bytes, **more) -> float:
    start = data.index(value)
    within = Within(more.pop("start", 0), len(data), {}, **more)
    hit = JUDGE.hit(spec, data, (start, start + len(value)), within)
    return hit.confidence if hit is not None else 0.0


def test_a_match_with_nothing_against_it_is_a_hit():
    assert confidence(Spec(RULE, alone=0.8), b"see 1234", b"1234") == 0.8


def test_what_touches_a_value_may_rule_it_out():
    spec = Spec(RULE, left=b"-", right=b"/")
    assert confidence(spec, b"-1234", b"1234") == 0.0
    assert confidence(spec, b"1234/", b"1234") == 0.0
    assert confidence(spec, b"1234", b"1234") == 0.9


def test_words_to_the_left_decide_and_words_to_the_right_do_not():
    spec = Spec(
        RULE, near=Context("near", ("card",)), veto=Context("veto", ("order",)), alone=0.6, strong=0.9
    )
    assert confidence(spec, b"card 1234", b"1234") == 0.9
    assert confidence(spec, b"1234 card", b"1234") == 0.6
    assert confidence(spec, b"discard 1234", b"1234") == 0.6
    assert confidence(spec, b"order 1234", b"1234") == 0.0
    assert confidence(spec, b"card\0 1234", b"1234") == 0.6, "texts that are joined do not see each other"
    assert confidence(spec, b"card" + b" x" * 60 + b" 1234", b"1234") == 0.6, "too far away"


def test_the_nearer_its_word_the_surer_a_labelled_value_is_and_other_words_make_it_unsure():
    spec = Spec(RULE, near=Context("near", ("card",)), alone=0.0, strong=0.9)
    near = confidence(spec, b"card 1234", b"1234", start=4, labelled=True)
    far = confidence(spec, b"card is the one 1234", b"1234", start=4, labelled=True)
    other = confidence(spec, b"card is not order 1234", b"1234", start=4, words=[0, 12], labelled=True)
    assert 0.5 <= other < far < near < 0.9


def test_a_value_that_is_repeated_is_checked_once():
    asked: list[str] = []

    def check(value: str) -> bool:
        asked.append(value)
        return True

    spec = Spec(RULE, check=check)
    within = Within(0, 9, {})
    for span in ((0, 4), (5, 9)):
        assert JUDGE.hit(spec, b"1234 1234", span, within) is not None
    assert asked == ["1234"]


def test_words_can_be_compiled_before_they_are_asked_about():
    judge = Judge()
    judge.compile(Spec(RULE, near=Context("near", ("card", "номер"))))
    assert "near" in judge._contexts
