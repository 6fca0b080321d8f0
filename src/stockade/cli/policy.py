"""``stockade policy``: show a policy as it decides, everything it extends included."""

from __future__ import annotations

import click

from stockade.bootstrap import installation
from stockade.cli.output import write_json
from stockade.config import SHIPPED_POLICIES, describe_policy, idle_globs
from stockade.core.policy import Policy
from stockade.detectors import all_rules


@click.group()
def command() -> None:
    """Look at policies and check them."""


@command.command()
@click.argument("name", default="default")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Shape of the output.",
)
@click.option("--config", type=click.Path(dir_okay=False), help="Configuration file.")
def show(name: str, *, shape: str, config: str | None) -> None:
    """Print the whole policy NAME (default: the one in force), with its digest."""
    found = installation(config)
    policy = found.policy(name)
    said: dict[str, object] = {"name": policy.name, "digest": policy.digest}
    said |= {"surrogates": found.style(name).value, **describe_policy(policy)}
    if shape == "json":
        write_json(said)
        return
    click.echo(f"policy {policy.name}@{policy.digest}   surrogates: {said['surrogates']}")
    idle = _idle(policy)
    for clause in policy.clauses:
        origins = (
            ",".join(sorted(o.value for o in clause.origins)) if len(clause.origins) < 5 else "everybody"
        )
        line = f"  {','.join(clause.rules):<24} {clause.action.word:<11}"
        line += f" {clause.transform if clause.action.word == 'transform' else '':<12} {origins}"
        line += f"  confidence >= {clause.confidence_min:g}" if clause.confidence_min else ""
        line += f"  except {','.join(clause.unless)}" if clause.unless else ""
        line += "" if clause.mode.value == "enforce" else f"  ({clause.mode.value})"
        line += "  (no rule of this name yet)" if set(clause.rules) <= idle else ""
        click.echo(line)
    click.echo(f"  anything else            {policy.default.word}")


@command.command()
@click.option("--config", type=click.Path(dir_okay=False), help="Configuration file.")
def check(*, config: str | None) -> None:
    """Read the configuration and compile every policy in it; say the first thing that is wrong."""
    found = installation(config)
    names = [*found.settings.policies, *SHIPPED_POLICIES]
    for name in names:
        policy = found.policy(name)
        click.echo(f"ok  {policy.name}@{policy.digest}  {len(policy.clauses)} clauses")
        for glob in sorted(_idle(policy)):
            click.echo(f"    note: {glob} protects nothing yet: no rule has such a name", err=True)


def _idle(policy: Policy) -> set[str]:
    return set(idle_globs(policy, [rule.id for rule in all_rules()]))
