"""From the scores of the networks to a confidence that means the same for every author.

A score is log-odds. Who wrote the text decides how surprising an order in it is, so each origin has its own
line: the confidence is 0.5 where one harmless text in a hundred of that origin would be reported (measured
when the model was made), and grows with the slope that calibration found. It holds numbers, no opinion.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass

from stockade.core.errors import ConfigError
from stockade.core.message import Origin
from stockade.detectors.injection.window import Layout

# Beyond this the exponential says nothing new.
_LOGIT_MAX = 30.0


@dataclass(frozen=True, slots=True)
class Line:
    """The confidence of one origin.

    Attributes:
        clear: the first network's score below which a window is harmless and the second is not asked.
        first: what a point of the first network's score adds.
        second: what a point of the second's adds.
        rules: what a rule's claim on the same place adds, times its confidence.
        base: what all starts from; the working threshold is where the sum is 0.
    """

    clear: float
    first: float
    second: float
    rules: float
    base: float

    def logit(self, first: float, second: float, rules: float = 0.0) -> float:
        """Return the log-odds of a window, 0 at the working threshold."""
        return self.base + self.first * first + self.second * second + self.rules * rules


@dataclass(frozen=True, slots=True)
class Scale:
    """How a model's scores are read.

    Attributes:
        layout: the windows it was calibrated on.
        lines: one for each origin it judges.
    """

    layout: Layout
    lines: Mapping[Origin, Line]

    @classmethod
    def parse(cls, data: bytes) -> Scale:
        """Read a scale.

        Raises:
            ConfigError: it is none.
        """
        try:
            found = json.loads(data)
            layout = Layout(int(found["pieces"]), int(found["overlap"]))
            lines = {Origin(name): Line(**line) for name, line in found["lines"].items()}
        except (ValueError, TypeError, KeyError, AttributeError):
            raise ConfigError("the scale of the injection model cannot be read") from None
        if not 0 <= layout.overlap < layout.pieces:
            raise ConfigError("the windows of the injection model's scale cannot be laid")
        return cls(layout, lines)


def confidence(logit: float) -> float:
    """Return the confidence of log-odds."""
    return 1.0 / (1.0 + math.exp(-max(-_LOGIT_MAX, min(_LOGIT_MAX, logit))))
