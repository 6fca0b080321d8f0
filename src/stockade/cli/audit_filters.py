"""The options that choose entries of the record, and what they mean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

import click

from stockade.audit.query import Wanted
from stockade.core.errors import InputError

Decorated = TypeVar("Decorated", bound=Callable[..., object])


def filters(command: Decorated) -> Decorated:
    """Add the options that choose entries."""
    for option in (
        click.option("--kind", default="", help="Only entries of this kind."),
        click.option("--request", "request_id", default="", help="Only entries of this request."),
        click.option("--action", default="", help="Only entries with this decision."),
        click.option("--rule", default="", help="Only where this rule was found; `*` stands for any part."),
        click.option("--key", default="", help="Only entries of this gateway key."),
        click.option("--until", help="Only entries before this time (ISO 8601; without a zone: UTC)."),
        click.option("--since", help="Only entries from this time on."),
    ):
        command = option(command)
    return command


def wanted_by(**chosen: str | None) -> Wanted:
    """Return what the options say.

    Raises:
        InputError: a time cannot be read.
    """
    since, until = chosen.pop("since"), chosen.pop("until")
    texts = {name: value or "" for name, value in chosen.items()}
    return Wanted(since_ms=moment(since), until_ms=moment(until), **texts)


def moment(text: str | None) -> int | None:
    """Return a time in milliseconds since 1970.

    Raises:
        InputError: it cannot be read.
    """
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(
            "a time cannot be read",
            code="invalid_time",
            hint="write it as 2026-01-31 or 2026-01-31T18:00+01:00",
        ) from None
    zoned = at if at.tzinfo else at.replace(tzinfo=UTC)
    return round(zoned.timestamp() * 1000)
