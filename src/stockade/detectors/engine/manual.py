"""Rules from rows: one line of a table becomes a rule with its manual page. It knows no pattern."""

from __future__ import annotations

from types import MappingProxyType
from typing import TypedDict, Unpack

from stockade.core.finding import Rule, Severity

_WHY = MappingProxyType(
    {
        "pii": "It identifies a person (GDPR art. 4(1)). What a provider receives it may keep, and what a "
        "model repeats reaches whoever asks.",
        "phi": "It ties a person to care and is one of the identifiers that HIPAA (45 CFR 164.514(b)(2)) "
        "wants removed; under GDPR art. 9 it needs a reason of its own.",
        "financial": "It lets money move or be claimed, and card data is in the scope of PCI DSS 4.0.",
        "credentials": "Whoever reads it can act as its owner until it is revoked; prompts, logs and answers "
        "are read by many.",
    }
)
_REFERENCES = MappingProxyType(
    {
        "pii": ("owasp:LLM02", "cwe:359"),
        "phi": ("owasp:LLM02", "cwe:359", "hipaa:164.514"),
        "financial": ("owasp:LLM02", "cwe:359", "pci-dss:3.4"),
        "credentials": ("owasp:LLM02", "cwe:798", "cwe:522"),
    }
)
_MISSED = MappingProxyType(
    {
        "pii": "The same value in words, in pictures, or cut in two by other text; bare digits without a "
        "word beside them that says what they are.",
        "phi": "The same value in words, in pictures, or without a word to its left that says what it is.",
        "financial": "Values whose checksum is wrong, and bare digits without a word that says what they "
        "are.",
        "credentials": "Keys of a shape the provider has not published, values cut in two, placeholders on "
        "purpose (example, changeme, `${NAME}`).",
    }
)
_FAMILY = MappingProxyType({"pii": "pii", "phi": "phi", "financial": "financial", "credentials": "secret"})


class RowOptions(TypedDict, total=False):
    """What a row may say besides.

    Attributes:
        finds: what the rule finds, in a sentence; the title if it is missing.
        severity: high if it is missing.
    """

    finds: str
    severity: Severity


def rule_row(data_class: str, label: str, title: str, probe: str, **options: Unpack[RowOptions]) -> Rule:
    """Return the rule of one table row; its id is the family and the label in lower case."""
    references = _REFERENCES[data_class]
    finds = options.get("finds", "")
    return Rule(
        f"{_FAMILY[data_class]}.{label.lower()}",
        title,
        options.get("severity", Severity.HIGH),
        references,
        label=label,
        data_class=data_class,
        manual=manual_page(data_class, finds or f"{title}.", probe),
        probe=probe,
    )


def manual_page(data_class: str, finds: str, example: str) -> str:
    """Return a rule's page under the fixed headings."""
    shown = example if data_class != "credentials" else f"{example[:6]}…"
    references = "\n".join(f"- {reference}" for reference in _REFERENCES[data_class])
    return (
        f"## What it finds\n{finds}\n\n## Why it matters\n{_WHY[data_class]}\n\n## Example\n`{shown}`\n\n"
        f"## Not found\n{_MISSED[data_class]}\n\n## References\n{references}\n"
    )
