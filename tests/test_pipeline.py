from __future__ import annotations

import os

import pytest

from stockade.core.errors import InputError
from stockade.core.finding import Finding, Rule, Span
from stockade.core.limits import CACHE_ENTRIES_MAX, TEXT_CHARS_MAX
from stockade.core.message import ALL_ORIGINS, Message, Origin
from stockade.core.policy import Action, Clause, Policy
from stockade.pipeline import Exchange, Pipeline, strictest

WORD = Rule("pii.word", "A word", label="WORD", probe="secret")
POLICY = Policy(
    "p", (Clause(("pii.*",), Action.TRANSFORM, "pseudonymize"), Clause(("core.*",), Action.BLOCK))
)


class Words:
    """Finds the word "secret", and counts how often it was asked."""

    name = "words"
    rules = (WORD,)
    reach = 6

    def __init__(self, origins=ALL_ORIGINS):
        self.asked: list[str] = []
        self.origins = origins

    def detect(self, text):
        self.asked.append(text)
        return [Finding(WORD, 1.0, Span(i, i + 6)) for i in range(len(text)) if text.startswith("secret", i)]


def made(detector=None):
    detector = detector or Words()
    return detector, Pipeline(detectors=[detector], policy=POLICY, cache_key=os.urandom(32))


def test_a_text_seen_before_is_not_looked_at_again():
    detector, pipeline = made()
    first = pipeline.screen(Message("a secret"))
    assert pipeline.screen(Message("a secret")).findings == first.findings
    assert detector.asked == ["a secret"]


def test_the_same_words_by_another_author_are_another_text():
    detector, pipeline = made()
    pipeline.screen(Message("a secret"))
    pipeline.screen(Message("a secret", Origin.TOOL))
    assert len(detector.asked) == 2


def test_a_failed_check_is_not_remembered_as_clean():
    class Flaky(Words):
        def detect(self, text):
            super().detect(text)
            if len(self.asked) == 1:
                raise RuntimeError
            return []

    _, pipeline = made(Flaky())
    assert pipeline.screen(Message("x")).action is Action.BLOCK
    assert pipeline.screen(Message("x")).action is Action.ALLOW


def test_the_memory_is_bounded():
    _, pipeline = made()
    for number in range(2 * CACHE_ENTRIES_MAX + 10):
        pipeline.screen(Message(f"t{number}"))
    assert len(pipeline._cache) + len(pipeline._older) <= 2 * CACHE_ENTRIES_MAX + 2


def test_only_detectors_for_the_author_are_asked():
    detector, pipeline = made(Words(frozenset({Origin.USER})))
    verdict = pipeline.screen(Message("a secret", Origin.MODEL))
    assert (detector.asked, verdict.checks) == ([], ())


def test_a_text_longer_than_any_prompt_is_refused_and_not_cut():
    _, pipeline = made()
    with pytest.raises(InputError):
        pipeline.screen(Message("x" * (TEXT_CHARS_MAX + 1)))


def test_a_rule_that_misses_its_own_probe_is_named():
    class Blind(Words):
        def detect(self, text):
            return []

    assert made()[1].silent_rules() == ()
    assert made(Blind())[1].silent_rules() == ("pii.word",)


def test_what_leaves_holds_surrogates_and_what_comes_back_the_values():
    _, pipeline = made()
    exchange = Exchange(pipeline, key=os.urandom(32))
    (verdict,) = exchange.screen_request([Message("my secret")])
    assert verdict.text.startswith("my [WORD_")
    ((_, shown),) = exchange.screen_answer([Message(f"You said {verdict.text}", Origin.MODEL)])
    assert shown == "You said my secret"


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_a_lane_gives_what_the_whole_text_gives(size):
    _, pipeline = made()
    exchange = Exchange(pipeline, key=os.urandom(32))
    (verdict,) = exchange.screen_request([Message("my secret")])
    said = f"{verdict.text} and {verdict.text}."
    lane = exchange.lane("/choices/0/delta/content")
    shown = "".join(lane.feed(said[i : i + size]) for i in range(0, len(said), size)) + lane.close()
    assert shown == exchange.screen_answer([Message(said, Origin.MODEL)])[0][1]
    assert [v.action for v in exchange.answer_verdicts] == [Action.ALLOW, Action.ALLOW]


def test_the_strictest_action_of_several_counts():
    _, pipeline = made()
    verdicts = pipeline.screen_many([Message("x"), Message("a secret")])
    assert strictest(verdicts) is Action.TRANSFORM
    assert strictest([]) is Action.ALLOW


class Slow(Words):
    slow = True


def test_a_slow_check_is_told_so_that_a_door_can_do_it_elsewhere_and_a_known_text_takes_no_time():
    _, pipeline = made(Slow(frozenset({Origin.USER})))
    user, model = Message("a secret"), Message("a secret", Origin.MODEL)
    assert pipeline.takes_long([user])
    assert not pipeline.takes_long([model])
    pipeline.screen(user)
    assert not pipeline.takes_long([user])
    assert not made()[1].takes_long([user])


def test_a_slow_check_that_no_clause_would_hear_is_left_out():
    deaf = Policy("p", (Clause(("secret.*",), Action.BLOCK),))
    assert Pipeline(detectors=[Slow()], policy=deaf, cache_key=bytes(32)).checks == ()
    assert Pipeline(detectors=[Words()], policy=deaf, cache_key=bytes(32)).checks == ("words",)
    strict = Policy("p", deaf.clauses, default=Action.FLAG)
    assert Pipeline(detectors=[Slow()], policy=strict, cache_key=bytes(32)).checks == ("words",)
