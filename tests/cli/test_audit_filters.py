from __future__ import annotations

import click
import pytest

from stockade.audit.query import Wanted
from stockade.cli.audit_filters import filters, moment, wanted_by
from stockade.core.errors import InputError


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("1970-01-01", 0),
        ("1970-01-01T00:00:01", 1_000),
        ("1970-01-01T01:00:01+01:00", 1_000),
        ("1969-12-31T23:59:59Z", -1_000),
        (None, None),
    ],
)
def test_a_time_without_a_zone_is_utc(text, ms):
    assert moment(text) == ms


@pytest.mark.parametrize("text", ["", "yesterday", "12", "2026-13-01", "2026-01-01T25:00"])
def test_a_time_that_cannot_be_read_is_refused(text):
    with pytest.raises(InputError) as caught:
        moment(text)
    assert caught.value.hint


def test_what_is_not_asked_for_admits_everything():
    assert wanted_by(since=None, until=None, key="", rule=None) == Wanted()
    chosen = wanted_by(since="1970-01-01", until="1970-01-02", key="k", kind="request")
    assert chosen == Wanted(since_ms=0, until_ms=86_400_000, key="k", kind="request")


def test_every_filter_is_an_option_of_the_command():
    @click.command()
    @filters
    def command(**chosen: str) -> None:
        wanted_by(**chosen)

    names = {parameter.name for parameter in command.params}
    assert names == {"since", "until", "key", "rule", "action", "request_id", "kind"}
