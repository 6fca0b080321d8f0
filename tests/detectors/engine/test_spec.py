from __future__ import annotations

import dataclasses

import pytest

from stockade.core.finding import Rule
from stockade.detectors.engine.spec import CONTEXT_BYTES, SPACED_BYTES_MAX, Context, Hit, Spec
from stockade.detectors.structured import REACH_CHARS

RULE = Rule("pii.thing", "Thing")


def test_a_pattern_says_nothing_of_itself_until_it_is_told():
    spec = Spec(RULE, b"x")
    assert (spec.words, spec.shapes, spec.near, spec.veto, spec.check) == ((), (), None, None, None)


@pytest.mark.parametrize("made", [Spec(RULE, b"x"), Context("c", ("w",)), Hit(0, 1, 0.9, RULE)])
def test_what_a_scan_shares_cannot_be_changed(made):
    field = dataclasses.fields(made)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(made, field, RULE)


def test_what_a_hit_depends_on_is_within_the_reach_of_the_detector():
    assert CONTEXT_BYTES + SPACED_BYTES_MAX < REACH_CHARS
