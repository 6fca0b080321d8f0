from __future__ import annotations

import json

import pytest

from stockade.core.errors import ConfigError
from stockade.core.message import Origin
from stockade.detectors.injection.classifier_scale import Line, Scale, confidence
from stockade.detectors.injection.window import Layout

LINE = {"clear": -2.0, "first": 1.0, "second": 0.5, "rules": 2.0, "base": -1.0}
WHOLE = {"pieces": 96, "overlap": 32, "lines": {"user": LINE}}


def test_a_scale_is_read_with_a_line_for_each_origin():
    scale = Scale.parse(json.dumps(WHOLE).encode())
    assert scale == Scale(Layout(96, 32), {Origin.USER: Line(-2.0, 1.0, 0.5, 2.0, -1.0)})


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\xff",
        b"[]",
        b"null",
        json.dumps({**WHOLE, "lines": {"nobody": LINE}}).encode(),
        json.dumps({**WHOLE, "lines": {"user": {"clear": 0}}}).encode(),
        json.dumps({**WHOLE, "overlap": 96}).encode(),
        json.dumps({**WHOLE, "lines": []}).encode(),
    ],
)
def test_what_is_no_scale_is_refused(broken):
    with pytest.raises(ConfigError):
        Scale.parse(broken)


def test_each_kind_of_evidence_adds_its_share():
    line = Line(**LINE)
    assert line.logit(1.0, 2.0, 0.5) == pytest.approx(2.0)


@pytest.mark.parametrize(("logit", "expected"), [(0.0, 0.5), (1e9, 1.0), (-1e9, 0.0)])
def test_the_confidence_is_a_half_at_the_threshold_and_never_leaves_its_range(logit, expected):
    assert confidence(logit) == pytest.approx(expected, abs=1e-9)
    assert 0.0 <= confidence(logit) <= 1.0
