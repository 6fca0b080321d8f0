"""What a wire is: every wire of the catalogue answers every question of the protocol."""

from __future__ import annotations

import pytest

from stockade.wires import WIRES, AnswerStream, Lane, Wire, WireError
from stockade.wires.lanes import Lanes
from tests.wires.flows import an_exchange, factory


def questions(protocol):
    return {name for name in vars(protocol) if not name.startswith("_")}


@pytest.mark.parametrize("wire", WIRES.values(), ids=lambda w: w.path)
def test_a_wire_answers_every_question(wire):
    assert all(hasattr(wire, name) for name in questions(Wire))
    stream = wire.stream(factory(an_exchange()))
    assert all(hasattr(stream, name) for name in questions(AnswerStream))
    assert (stream.blocked, stream.failed, stream.complete, stream.finish()) == (False, False, False, [])


def test_lanes_of_every_kind_answer_alike():
    lanes = Lanes(factory(an_exchange()), frozenset())
    for in_json in (False, True):
        lane = lanes.open("/x", in_json=in_json)
        assert all(hasattr(lane, name) for name in questions(Lane))


def test_an_error_has_a_shape_before_any_wire_gives_it_one():
    error = WireError("no")
    assert (error.kind, error.code, error.param, error.details) == (
        "invalid_request_error",
        "invalid_request",
        "",
        {},
    )
    with pytest.raises(AttributeError):
        error.code = "other"
