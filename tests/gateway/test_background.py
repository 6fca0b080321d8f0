from __future__ import annotations

import socket
import urllib.request

import pytest

from stockade.core.errors import ConfigError
from stockade.gateway.background import background
from stockade.gateway.server import Listen
from stockade.gateway.wiring import gateway_of


def test_it_answers_while_the_block_runs_and_is_gone_afterwards(services):
    with background(gateway_of(services), Listen(port=0)) as address:
        answer = urllib.request.urlopen(address + "/healthz", timeout=10)
        answer.close()
        assert answer.status == 200
    with pytest.raises(OSError):
        urllib.request.urlopen(address + "/healthz", timeout=2)


def test_an_address_that_is_taken_is_an_error(services):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        listen = Listen(port=taken.getsockname()[1])
        with pytest.raises(ConfigError), background(gateway_of(services), listen):
            raise AssertionError
