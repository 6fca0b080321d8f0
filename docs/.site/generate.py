"""The pages that are made from the program itself, so that they cannot disagree with it.

Commands come from click, rules from the catalogue, settings from the configuration's JSON Schema. Nothing
made here is committed: the documentation build asks for it (``hooks.py``), and so do the tests.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from inspect import cleandoc

import click

from stockade import cli, config, detectors
from stockade.core.finding import DETECTOR_FAILED, Rule

FAMILIES = {
    "core": "The pipeline itself",
    "injection": "Prompt injection",
    "pii": "Personal data",
    "phi": "Health data",
    "financial": "Financial identifiers",
    "secret": "Secrets and credentials",
    "ip": "Intellectual property",
    "legal": "Privileged text",
    "leak": "Leaks of the system prompt",
    "exfil": "Exfiltration",
}


def pages() -> dict[str, str]:
    """Return path -> Markdown (or JSON) of every generated page."""
    made = {
        "reference/cli.md": cli_page(),
        "reference/settings.md": settings_page(),
        "reference/stockade.schema.json": json.dumps(config.json_schema(), indent=2) + "\n",
        "reference/rules/index.md": rules_index(),
    }
    for family in families():
        made[f"reference/rules/{family}.md"] = family_page(family)
    return made


# --- rules -----------------------------------------------------------------------------------------------


def families() -> dict[str, list[Rule]]:
    """Return every rule the product can report, by family."""
    by_family: dict[str, list[Rule]] = {}
    for rule in sorted((*detectors.all_rules(), DETECTOR_FAILED), key=lambda r: r.id):
        bucket = by_family.setdefault(rule.id.partition(".")[0], [])
        if rule not in bucket:
            bucket.append(rule)
    return by_family


def rules_index() -> str:
    """Return the table of all rules."""
    rows = [
        f"| [`{r.id}`]({family}.md#{r.id}) | {r.title} | {r.severity.name.lower()} | {_code(r.label)} |"
        for family, rules in families().items()
        for r in rules
    ]
    head = (
        "# Rules\n\nA rule is what a detector looks for. Its id is what a policy names, what a finding "
        "carries and what the record keeps; the matched text is in none of them.\n\n"
        "| rule | finds | severity | label |\n|---|---|---|---|\n"
    )
    return head + "\n".join(rows) + "\n"


def family_page(family: str) -> str:
    """Return the manual of one family: a section, with an anchor, for each rule."""
    title = FAMILIES.get(family, family)
    sections = "\n".join(_rule_section(rule) for rule in families()[family])
    return f"# {title}\n\n{sections}"


def _rule_section(rule: Rule) -> str:
    facts = [f"severity **{rule.severity.name.lower()}**"]
    if rule.label:
        facts.append(f"label `{rule.label}`")
    if rule.data_class:
        facts.append(f"class `{rule.data_class}`")
    if rule.references:
        facts.append("see " + ", ".join(f"`{r}`" for r in rule.references))
    manual = re.sub(r"(?m)^#+ ", "### ", cleandoc(rule.manual)) if rule.manual else ""
    return f"## {rule.title} {{ #{rule.id} }}\n\n`{rule.id}` · {' · '.join(facts)}\n\n{manual}\n"


# --- command line ----------------------------------------------------------------------------------------


def cli_page() -> str:
    """Return the reference of every command and option."""
    head = (
        "# Command line\n\nMade from the program's own help. Exit codes and error lines are explained in "
        "[Errors and exit codes](errors.md).\n\n"
    )
    return head + "\n".join(_command_section(path, command) for path, command in commands())


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield the full name and the command object of every visible command, outermost first."""
    yield from _walk("stockade", cli.cli)


def _walk(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        with click.Context(command, info_name=path) as context:
            for name in command.list_commands(context):
                inner = command.get_command(context, name)
                if inner is not None and not inner.hidden:
                    yield from _walk(f"{path} {name}", inner)


def _command_section(path: str, command: click.Command) -> str:
    with click.Context(command, info_name=path) as context:
        usage = " ".join([path, *command.collect_usage_pieces(context)])
        records = [p.get_help_record(context) for p in command.get_params(context)]
    help_text = cleandoc(command.help or "").replace("\b\n", "").partition("\f")[0]
    rows = [f"| `{_cell(names)}` | {_cell(text)} |" for names, text in filter(None, records)]
    table = "\n| option | |\n|---|---|\n" + "\n".join(rows) + "\n" if rows else ""
    return f"## `{path}` {{ #{path.replace(' ', '-')} }}\n\n```text\n{usage}\n```\n\n{help_text}\n{table}"


# --- settings --------------------------------------------------------------------------------------------


def settings_page() -> str:
    """Return the reference of every setting, from the published JSON Schema."""
    schema = config.json_schema()
    rows = [
        f"| `{path}` | {_kind(node, schema)} | {_default(node)} | {_text(node)} |"
        for path, node in settings()
    ]
    head = (
        "# Settings\n\nRead from `stockade.yaml` (see [Formats](formats.md#configuration-file)). An unknown "
        "key is refused. `*` stands for a name you choose. The same, for editors and programs: "
        "[JSON Schema](stockade.schema.json).\n\n| setting | type | default | |\n|---|---|---|---|\n"
    )
    return head + "\n".join(rows) + "\n"


def settings() -> list[tuple[str, Mapping[str, object]]]:
    """Return the dotted path and the schema of every setting that holds a value."""
    schema = config.json_schema()
    return list(_leaves("", schema, schema))


def _leaves(
    path: str, node: Mapping[str, object], schema: Mapping[str, object]
) -> Iterator[tuple[str, Mapping[str, object]]]:
    inner = _resolve(node, schema)
    branches = [b for option in _options(inner) if _is_table(b := _resolve(option, schema))]
    tables = [inner] if _is_table(inner) else branches
    if not tables:
        yield path, {**inner, **node}
    seen: set[str] = set()
    for table in tables:
        for name, child in _children(table):
            if name not in seen:
                seen.add(name)
                yield from _leaves(f"{path}.{name}".lstrip("."), child, schema)


def _children(table: Mapping[str, object]) -> Iterator[tuple[str, Mapping[str, object]]]:
    properties = table.get("properties")
    if isinstance(properties, dict):
        yield from properties.items()
    extra = table.get("additionalProperties")
    if isinstance(extra, dict) and extra:
        yield "*", extra


def _is_table(node: Mapping[str, object]) -> bool:
    return any(True for _ in _children(node))


def _options(node: Mapping[str, object]) -> list[Mapping[str, object]]:
    found = node.get("anyOf") or node.get("oneOf") or []
    return [option for option in found if isinstance(option, dict)] if isinstance(found, list) else []


def _resolve(node: Mapping[str, object], schema: Mapping[str, object]) -> Mapping[str, object]:
    reference = node.get("$ref")
    if not isinstance(reference, str):
        return node
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    found: Mapping[str, object] = definitions[reference.rpartition("/")[2]]
    return found


def _kind(node: Mapping[str, object], schema: Mapping[str, object]) -> str:
    if "enum" in node and isinstance(node["enum"], list):
        return ", ".join(f"`{value}`" for value in node["enum"])
    if "const" in node:
        return f"`{node['const']}`"
    if options := _options(node):
        return " or ".join(dict.fromkeys(_kind(_resolve(o, schema), schema) for o in options))
    kind = str(node.get("type", "any"))
    items = node.get("items")
    if kind == "array" and isinstance(items, dict):
        return f"list of {_kind(_resolve(items, schema), schema)}"
    return kind


def _default(node: Mapping[str, object]) -> str:
    return f"`{json.dumps(node['default'])}`" if "default" in node else "*required*"


def _text(node: Mapping[str, object]) -> str:
    return _cell(str(node.get("description", "")))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _code(text: str) -> str:
    return f"`{text}`" if text else ""
