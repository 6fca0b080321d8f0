"""``stockade rules``: the catalogue of what is looked for, and the manual of each rule."""

from __future__ import annotations

import click

from stockade.cli.output import write_json
from stockade.core.errors import InputError
from stockade.core.finding import DETECTOR_FAILED, Rule
from stockade.detectors import all_rules


@click.group()
def command() -> None:
    """List rules, or read the manual of one."""


@command.command(name="list")
@click.option("--family", default="", help="Only rules whose id begins with it, for example pii.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Shape of the output.",
)
def list_rules(*, family: str, shape: str) -> None:
    """List every rule: id, severity, label, title."""
    rules = [rule for rule in _rules() if rule.id.startswith(family)]
    if shape == "json":
        write_json({"rules": [_as_dict(rule) for rule in rules]})
        return
    for rule in rules:
        click.echo(f"{rule.id:<32} {rule.severity.name.lower():<9} {rule.label:<22} {rule.title}")


@command.command()
@click.argument("rule_id")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Shape of the output.",
)
def show(rule_id: str, *, shape: str) -> None:
    """Print the manual of RULE_ID."""
    rule = next((rule for rule in _rules() if rule.id == rule_id), None)
    if rule is None:
        raise InputError(f"there is no rule {rule_id!r}", hint="run: stockade rules list")
    if shape == "json":
        write_json({**_as_dict(rule), "manual": rule.manual})
        return
    click.echo(f"{rule.id}: {rule.title}")
    facts = [f"severity {rule.severity.name.lower()}", f"label {rule.label}" if rule.label else ""]
    click.echo("; ".join(filter(None, [*facts, *rule.references])))
    if rule.manual:
        click.echo(f"\n{rule.manual}")


def _rules() -> list[Rule]:
    return sorted((*all_rules(), DETECTOR_FAILED), key=lambda rule: rule.id)


def _as_dict(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "title": rule.title,
        "severity": rule.severity.name.lower(),
        "label": rule.label,
        "class": rule.data_class,
        "references": list(rule.references),
    }
