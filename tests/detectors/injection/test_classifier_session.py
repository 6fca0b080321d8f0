from __future__ import annotations

import pytest

from stockade.detectors.injection.classifier_files import packaged, read_model
from stockade.detectors.injection.classifier_session import Network


@pytest.fixture(scope="module")
def network() -> Network:
    return Network(read_model(packaged()).first)


@pytest.mark.parametrize("length", [3, 4, 40, 127])
def test_a_network_answers_for_the_window_and_for_each_piece(network, length):
    answer = network.ask([101, *[2000] * (length - 2), 102])
    assert isinstance(answer.window, float)
    assert len(answer.pieces) == length


def test_the_same_window_has_the_same_answer(network):
    ids = [101, 5310, 8568, 2035, 3025, 8128, 102]
    assert network.ask(ids) == network.ask(ids)


def test_bytes_that_are_no_network_are_not_opened():
    with pytest.raises(Exception, match=r"(?i)protobuf|parse|invalid"):
        Network(b"no network")
