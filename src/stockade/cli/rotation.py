"""``stockade rotation``: plan, run, look at and roll back rotations of provider keys. No value is printed.

It drives what is due and comes back; a schedule is the business of whoever calls it again.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

import click

from stockade.bootstrap import Installation, installation, now_ms
from stockade.cli.output import EXIT_CLEAN, EXIT_FINDINGS, EXIT_NOT_CHECKED, printable, write_json
from stockade.cli.rotation_targets import Plan, open_rotators, plan_of
from stockade.core.errors import ConfigError
from stockade.secrets.rotation.machine import Rotator
from stockade.secrets.rotation.record import Rotation, State

WAIT_S_MAX = 86_400
_config = click.option("--config", type=click.Path(dir_okay=False), help="Configuration file.")
_format = click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the result.",
)


@click.group()
def command() -> None:
    """Rotate the keys of providers: make, test, publish, wait, verify by traffic, revoke."""


@command.command()
@click.argument("targets", nargs=-1)
@_format
@_config
def plan(targets: tuple[str, ...], *, shape: str, config: str | None) -> int:
    """Say what a run would do, and whether it could; nothing is changed.

    Exits with 3 where a target could not be rotated.
    """
    plans = [plan_of(name, rotator) for name, rotator in _rotators(installation(config), targets).items()]
    if shape == "json":
        write_json({"targets": [one.as_dict() for one in plans]})
    else:
        for one in plans:
            click.echo(printable(_plan_line(one)))
    return EXIT_NOT_CHECKED if any(one.problem for one in plans) else EXIT_CLEAN


@command.command()
@click.argument("targets", nargs=-1)
@click.option("--now", "early", is_flag=True, help="Also keys that are not due yet.")
@click.option("--dry-run", is_flag=True, help="The same as plan.")
@click.option(
    "--wait", "wait_s", type=click.IntRange(0, WAIT_S_MAX), default=0, help="Seconds to stay for waits."
)
@_format
@_config
@click.pass_context
def run(
    context: click.Context,
    targets: tuple[str, ...],
    *,
    early: bool,
    dry_run: bool,
    wait_s: int,
    shape: str,
    config: str | None,
) -> int:
    """Rotate what is due, and go on with what is under way, until it is done or has to wait.

    Exits with 0 if nothing is left to do, 1 while a rotation waits, 3 where a step failed.
    """
    if dry_run:
        code: int = context.invoke(plan, targets=targets, shape=shape, config=config)
        return code
    deadline = time.monotonic() + wait_s
    rotators = _rotators(installation(config), targets)
    outcome = {name: _run_one(rotator, deadline, early=early) for name, rotator in rotators.items()}
    _print(outcome, shape)
    return max((_code(rotation) for rotation in outcome.values()), default=EXIT_CLEAN)


@command.command()
@click.argument("targets", nargs=-1)
@click.option("--history", is_flag=True, help="Every event, not only the last one.")
@_format
@_config
def status(targets: tuple[str, ...], *, history: bool, shape: str, config: str | None) -> int:
    """Say where the newest rotation of each target is; exits with 1 while one is under way."""
    rotators = _rotators(installation(config), targets)
    outcome = {name: rotator.latest() for name, rotator in rotators.items()}
    _print(outcome, shape, history=history)
    running = any(r is not None and r.state is State.RUNNING for r in outcome.values())
    return EXIT_FINDINGS if running else EXIT_CLEAN


@command.command()
@click.argument("target")
@_format
@_config
def rollback(target: str, *, shape: str, config: str | None) -> int:
    """Lead the rotation of TARGET back to the old key."""
    rotator = _rotators(installation(config), (target,))[target]
    rotation = rotator.roll_back()
    _print({target: rotation}, shape)
    return _code(rotation) if rotation.state is State.RUNNING else EXIT_CLEAN


def _rotators(found: Installation, names: tuple[str, ...]) -> dict[str, Rotator]:
    known = found.settings.rotation
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ConfigError(f"there is no rotation target {unknown[0]}", hint="add it under rotation")
    return open_rotators(found, names or tuple(known))


def _run_one(rotator: Rotator, deadline: float, *, early: bool) -> Rotation | None:
    rotation = rotator.run(start=early or rotator.due_at_ms() <= now_ms())
    while rotation is not None and rotation.state is State.RUNNING:
        rest_s = (rotation.not_before_ms - now_ms()) / 1000
        if time.monotonic() + rest_s >= deadline:
            break
        time.sleep(max(rest_s, 0.05))
        rotation = rotator.run(start=False)
    return rotation


def _code(rotation: Rotation | None) -> int:
    if rotation is None or rotation.state is State.DONE:
        return EXIT_CLEAN
    failing = rotation.state is State.ROLLED_BACK or rotation.attempts > 0
    return EXIT_NOT_CHECKED if failing else EXIT_FINDINGS


def _print(outcome: dict[str, Rotation | None], shape: str, *, history: bool = False) -> None:
    if shape == "json":
        rows = {name: rotation and rotation.as_dict() for name, rotation in outcome.items()}
        write_json({"rotations": rows})
        return
    for name, rotation in outcome.items():
        if rotation is None:
            click.echo(printable(f"{name}  nothing to do"))
            continue
        for event in rotation.events[0 if history else -1 :]:
            click.echo(
                printable(
                    f"{name}  {rotation.state.value}  {_time(event.at_ms)}  {event.step.value}: {event.what}"
                )
            )
        if rotation.state is State.RUNNING and rotation.not_before_ms:
            click.echo(printable(f"{name}  goes on at {_time(rotation.not_before_ms)}: run again"))


def _plan_line(one: Plan) -> str:
    if one.problem:
        return f"{one.name}  CANNOT  {one.problem}"
    when = "now" if one.due_at_ms <= now_ms() else f"at {_time(one.due_at_ms)}"
    going = f", under way at {one.step}" if one.step else ""
    return f"{one.name}  {one.driver}  key {one.key} at {one.reference}  due {when}{going}"


def _time(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
