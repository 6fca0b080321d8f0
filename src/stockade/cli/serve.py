"""``stockade serve``: the gateway."""

from __future__ import annotations

import logging
import os
import sys

import click

from stockade.access.key import KeyClass, KeyRequest
from stockade.access.store import AccessStore
from stockade.bootstrap import Installation, now_ms
from stockade.cli.keys import minted
from stockade.config import idle_globs, load_settings
from stockade.gateway.server import Listen, serve
from stockade.gateway.wiring import gateway_of, routes_of, services_of


@click.command()
@click.option("--config", type=click.Path(dir_okay=False), help="Configuration file.")
@click.option("--host", help="Address to listen on, in place of listen.host.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on, in place of listen.port.")
def command(*, config: str | None, host: str | None, port: int | None) -> None:
    """Run the gateway until it is told to stop.

    Without a configuration: port 8400 on loopback, SQLite, the on-device model. The first start prints a
    first key, once. SIGTERM and Ctrl-C let the requests under way finish.
    """
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    found = Installation(load_settings(config, environment=_environment(host, port)))
    listen = found.settings.listen
    access = found.access()
    log = found.log()
    services = services_of(found, log=log, access=access)
    first = _first_key(found, access.store) if config is None or sys.stdout.isatty() else ""
    tls = listen.tls

    def listening(address: str) -> None:
        click.echo(f"Stockade listens on {address}")
        click.echo(f"  policy   {services.policy_label}")
        for upstream in services.routes.upstreams.values():
            click.echo(f"  upstream {upstream.label}")
        for method, path in sorted(routes_of(services), key=lambda route: route[1]):
            click.echo(f"  route    {method} {path}")
        click.echo("  every other path is refused")
        rules = [rule.id for detector in services.pipeline.detectors for rule in detector.rules]
        if idle := idle_globs(services.pipeline.policy, rules):
            click.echo(f"  note     clauses that protect nothing yet, for want of rules: {', '.join(idle)}")
        if services.trouble:
            click.echo(f"  NOT READY: {services.trouble}")
        click.echo(first or "  key      made earlier; another: stockade keys create --class production")
        sys.stdout.flush()

    serve(
        gateway_of(services),
        Listen(listen.host, listen.port, tls.cert if tls else "", tls.key if tls else ""),
        listening,
    )


def _environment(host: str | None, port: int | None) -> dict[str, str]:
    # Through the same road as every setting, so that the same checks apply: a public host needs TLS.
    said = {"STOCKADE_LISTEN__HOST": host, "STOCKADE_LISTEN__PORT": port}
    return {**os.environ, **{name: str(value) for name, value in said.items() if value is not None}}


def _first_key(found: Installation, store: AccessStore) -> str:
    """Make the first key of an installation that has none, and return the line that shows it."""
    if store.list():
        return ""
    request = KeyRequest(KeyClass.PRODUCTION, name="first key")
    key, text = minted(request, pepper=found.keys.pepper, now_ms=now_ms())
    store.insert(key)
    return f"  key      {text.reveal()}\n           shown this once; the gateway keeps a keyed hash of it"
