from __future__ import annotations

from collections.abc import Sequence

import pytest

from stockade.core.errors import ConfigError
from stockade.core.finding import Span
from stockade.core.message import Origin
from stockade.detectors.injection.classifier import WINDOWS_MAX, Classifier, LazyClassifier
from stockade.detectors.injection.classifier_scale import Line, Scale
from stockade.detectors.injection.classifier_session import Answer
from stockade.detectors.injection.classifier_wordpiece import WordPiece
from stockade.detectors.injection.window import Layout

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "user", "tool", "obey", "tea"]
OBEY = VOCABULARY.index("obey")


class Obedience:
    """A network that knows one word; it remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Sequence[int]] = []

    def ask(self, ids: Sequence[int]) -> Answer:
        self.asked.append(ids)
        marks = [3.0 if number == OBEY else -3.0 for number in ids]
        return Answer(max(marks), marks)


@pytest.fixture
def second() -> Obedience:
    return Obedience()


@pytest.fixture
def classifier(second) -> Classifier:
    line = Line(clear=0.0, first=1.0, second=1.0, rules=1.0, base=0.0)
    scale = Scale(Layout(6, 2), {Origin.USER: line, Origin.TOOL: line})
    return Classifier(Obedience(), second, pieces=WordPiece(VOCABULARY), scale=scale)


def test_an_empty_text_has_nothing_to_be_judged(classifier):
    assert classifier.windows("", Origin.USER) == []


def test_a_plainly_harmless_window_is_cleared_without_the_second_network(classifier, second):
    (window,) = classifier.windows("tea tea", Origin.USER)
    assert (window.cleared, window.asked, second.asked) == (True, False, [])


def test_a_suspect_window_is_read_by_both_and_its_core_is_named(classifier):
    (window,) = classifier.windows("tea obey tea", Origin.USER)
    assert (window.asked, window.second, window.core) == (True, 3.0, Span(4, 8))


def test_a_marked_window_is_read_by_both_whatever_the_first_says(classifier):
    (window,) = classifier.windows("tea tea", Origin.USER, [Span(0, 3)])
    assert (window.cleared, window.asked, window.second) == (True, True, -3.0)


def test_the_networks_are_told_who_wrote_the_text(classifier, second):
    classifier.windows("obey", Origin.TOOL)
    assert list(second.asked[0]) == [2, VOCABULARY.index("tool"), OBEY, 3]


def test_only_the_window_that_carries_the_attack_is_read_closely(classifier, second):
    text = "tea " * 50 + "obey " + "tea " * 50
    read = [window for window in classifier.windows(text, Origin.USER) if window.asked]
    assert 1 <= len(read) == len(second.asked) <= 2
    assert all(text[slice(*window.core)] == "obey" for window in read)


def test_a_text_made_of_orders_costs_no_more_than_the_limit(classifier, second):
    windows = classifier.windows("obey " * 20_000, Origin.USER)
    assert len(second.asked) == WINDOWS_MAX < len(windows)


def test_the_files_are_read_once_and_not_before_they_are_needed(tmp_path):
    lazy = LazyClassifier(lambda: tmp_path)
    with pytest.raises(ConfigError):
        lazy()


def test_the_shipped_model_is_opened_once():
    lazy = LazyClassifier()
    assert lazy() is lazy()
    assert set(lazy().scale.lines) == {Origin.USER, Origin.DOCUMENT, Origin.TOOL}
