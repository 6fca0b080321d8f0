"""A secret in memory: one way to its text, no other."""

from __future__ import annotations

import copy
import json
import logging
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.secrets.value import SecretValue

SECRET = SecretValue("canary-value")


@given(st.text())
def test_the_text_comes_back(text):
    assert SecretValue(text).reveal() == text


@given(st.text(max_size=3), st.text(max_size=3))
def test_two_are_equal_when_their_texts_are(one, other):
    assert (SecretValue(one) == SecretValue(other)) == (one == other)


def test_it_is_not_equal_to_its_text():
    assert SECRET != "canary-value"


@pytest.mark.parametrize(
    "form",
    [
        repr,
        str,
        "{}".format,
        "{!r}".format,
        "{:>40}".format,
        "%s".__mod__,
        lambda s: repr([s]),
        lambda s: repr({1: s}),
    ],
)
def test_no_form_holds_the_text(form):
    assert "canary" not in form(SECRET)
    assert "SecretValue(***)" in form(SECRET)


def test_a_log_line_does_not_hold_the_text(caplog):
    logging.getLogger("test").warning("read %s", SECRET)
    assert "canary" not in caplog.text


@pytest.mark.parametrize("take", [pickle.dumps, copy.copy, copy.deepcopy, json.dumps, hash, vars, len, iter])
def test_it_cannot_be_copied_written_or_taken_apart(take):
    with pytest.raises(TypeError):
        take(SECRET)


def test_nothing_can_be_added_or_changed():
    with pytest.raises(AttributeError):
        SECRET.note = "x"
