"""``stockade keys``: gateway keys, by class; the text of a key is shown once and kept nowhere."""

from __future__ import annotations

import math
import secrets
from datetime import timedelta

import click

from stockade.access.key import GatewayKey, KeyClass, KeyRequest, KeyState, MintedKey, mint
from stockade.access.limits import Limits, Period
from stockade.access.rights import templated
from stockade.bootstrap import installation, now_ms
from stockade.cli.output import printable, write_json

CLASSES = [c.value for c in KeyClass]
_config = click.option("--config", type=click.Path(dir_okay=False), help="Configuration file.")
_format = click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Shape of the output.",
)


@click.group()
def command() -> None:
    """Create, list and revoke gateway keys."""


@command.command()
@click.option("--class", "key_class", type=click.Choice(CLASSES), required=True, help="What the key is for.")
@click.option("--name", default="", help="What you call it.")
@click.option("--tenant", default="default", show_default=True, help="Whose it is.")
@click.option("--model", "models", multiple=True, help="Glob of models it may call; may be repeated.")
@click.option("--expires-in-days", type=click.IntRange(1, 3650), help="When it stops working.")
@click.option(
    "--requests-per-minute", type=click.IntRange(0), default=0, help="How often it may be used; 0: no bound."
)
@click.option(
    "--tokens-per-minute", type=click.IntRange(0), default=0, help="Of requests and answers; 0: no bound."
)
@click.option("--concurrency", type=click.IntRange(0), default=0, help="Calls at the same time; 0: no bound.")
@click.option("--spend", type=click.FloatRange(0), default=0.0, help="US dollars in a period; 0: no bound.")
@click.option(
    "--period",
    type=click.Choice([p.value for p in Period]),
    default=Period.MONTH.value,
    show_default=True,
    help="What --spend covers, in UTC.",
)
@_format
@_config
def create(
    *,
    key_class: str,
    name: str,
    tenant: str,
    models: tuple[str, ...],
    expires_in_days: int | None,
    requests_per_minute: int,
    tokens_per_minute: int,
    concurrency: int,
    spend: float,
    period: str,
    shape: str,
    config: str | None,
) -> None:
    """Make a key and show its text, this once."""
    found = installation(config)
    now = now_ms()
    request = KeyRequest(
        KeyClass(key_class),
        tenant=tenant,
        name=name,
        models=models,
        expires_at_ms=now + _ms(expires_in_days) if expires_in_days else 0,
        requests_per_minute=requests_per_minute,
        # Rounded up: a bound that somebody asked for never becomes none.
        limits=Limits(tokens_per_minute, concurrency, math.ceil(spend * 1_000_000), Period(period)),
    )
    key, text = minted(templated(request, now_ms=now), pepper=found.keys.pepper, now_ms=now)
    found.access()[0].insert(key)
    if shape == "json":
        write_json({**key.as_dict(), "key": text.reveal()})
        return
    click.echo(text.reveal())
    click.echo(f"id {key.id}; shown this once, keep it in a secrets manager", err=True)


@command.command(name="list")
@_format
@_config
def list_keys(*, shape: str, config: str | None) -> None:
    """List all keys: id, class, tenant, state, name. Never the text."""
    keys = installation(config).access()[0].list()
    if shape == "json":
        write_json({"keys": [key.as_dict() for key in keys]})
        return
    for key in keys:
        click.echo(printable(_line(key)))
    if not keys:
        click.echo("no keys; make one: stockade keys create --class production", err=True)


@command.command()
@click.argument("key_id")
@_config
def revoke(key_id: str, *, config: str | None) -> None:
    """Stop a key for good; every gateway refuses it a second later."""
    installation(config).access()[0].set_state(key_id, KeyState.REVOKED)
    click.echo(f"revoked {printable(key_id)}")


def minted(request: KeyRequest, *, pepper: bytes, now_ms: int) -> tuple[GatewayKey, MintedKey]:
    """Mint a key from the system's randomness."""
    return mint(request, pepper=pepper, entropy=secrets.token_bytes, now_ms=now_ms)


def _ms(days: int) -> int:
    return int(timedelta(days=days).total_seconds()) * 1000


def _line(key: GatewayKey) -> str:
    models = ",".join(key.models) or "*"
    return f"{key.id}  {key.key_class.value:<11}  {key.tenant}  {key.state.value:<7}  {models}  {key.name}"
