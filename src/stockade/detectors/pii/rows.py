"""Rows of the identifier tables: a line of text becomes a rule with its manual, its probe and its pattern.

Two kinds. `by_words`: digits that only a word beside them gives away,

    ``LABEL | title | pattern | check | example | words [| confidence [| reach]]``

and `by_shape`: what its shape or its checksum gives away, and a word makes surer,

    ``LABEL | title | pattern | shapes | check | example | words | confidence alone``

A check is a function of `checks`, `checks_people` or `checks_care`, or a module of python-stdnum (with a
dot); several have spaces between them.
``@NAME`` among the words stands for one of the shared lists. A backslash continues a line. Edges are added
here: a value is never a part of a longer name or number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from types import MappingProxyType

from stockade.core.finding import Rule, Severity
from stockade.detectors.engine.manual import rule_row
from stockade.detectors.engine.spec import Context, Spec
from stockade.detectors.pii import (
    checks,
    checks_care,
    checks_people,
    checks_shapes,
    words,
    words_care,
    words_papers,
    words_people,
)

# What may stand before a value: no letter, digit or joint; a short word with its point (No.1, Nr.1).
LEFT = rb"(?:^|[^0-9A-Za-z_.@$+/\-]|\b[A-Za-z]{1,5}[./]|[^0-9A-Za-z]-)"
# Before digits also "No" alone: what № and Nº become.
LEFT_OF_DIGITS = rb"(?:" + LEFT + rb"|\b[Nn][or])"
# What may stand after it: no letter, digit or joint; a point or hyphen that ends something.
RIGHT = rb"(?:[^0-9A-Za-z_@./\-]|[./\-](?:[^0-9A-Za-z]|$)|$)"
# A value of the words kind, with a checksum and without one.
CHECKED, UNCHECKED = 0.9, 0.75
# Checks that only keep fillers out.
UNPROVEN = frozenset(
    "varied identifier record mixed mixed_short licence plate register electoral co_nuip ve_cedula "
    "us_license us_ein fr_cni de_document nl_document dk_cpr kr_rrn".split()
)

# How far a word of the table of a country may stand before its value, and how many digits together a value
# needs that a check accepts (what the pattern says itself is not repeated).
REACH_BYTES = 56
DIGITS_OF_CHECK = MappingProxyType({"record": 3, "identifier": 3, "licence": 3, "us_license": 3})
# Numbers of houses, open to all in registers; and numbers with which a life can be stolen.
_OF_HOUSES = re.compile(
    r"VAT|COMPANY|REGISTER|ORG|CVR|CNPJ|SIREN|ABN|ACN|UEN|BRN|CORPORATE|BUSINESS|ENTERPRISE|OGRN|REGON|_ICO"
    r"|USCC|UBN|_CUI|CIF|_BN$|GSTIN|IFSC|SORT_CODE|BSB|BIK|ROUTING|TRANSIT|TRANSACTION|BANKGIRO|CREDITOR|_EIN"
    r"|CH_UID"
)
_OF_LIVES = re.compile(r"SSN|NATIONAL|CURP|AADHAAR|CN_RIC|RRN|_PIN$|PASSPORT|PESEL|CPF|NIR|BVN")
CHECK_MODULES = (checks, checks_people, checks_care, checks_shapes)
Make = Callable[..., Rule]
Check = Callable[[str], bool]
_DIGITS_FIRST = (b"\\d", b"[0", b"[1", b"[2", b"[3", b"[4", b"[5", b"[8", b"[9")
_CONTINUED = re.compile(r"\\\n[ ]*")
_GROUPS = MappingProxyType(
    {
        name: text
        for module in (words_care, words_papers, words_people)
        for name, text in vars(module).items()
        if name.isupper()
    }
)


def pii(label: str, title: str, probe: str, finds: str = "", severity: Severity = Severity.HIGH) -> Rule:
    """Return the rule of an identifier of a person."""
    return rule_row("pii", label, title, probe, finds=finds, severity=severity)


def phi(label: str, title: str, probe: str, finds: str = "", severity: Severity = Severity.HIGH) -> Rule:
    """Return the rule of an identifier of care."""
    return rule_row("phi", label, title, probe, finds=finds, severity=severity)


def financial(
    label: str, title: str, probe: str, finds: str = "", severity: Severity = Severity.HIGH
) -> Rule:
    """Return the rule of an identifier of money."""
    return rule_row("financial", label, title, probe, finds=finds, severity=severity)


def by_words(make: Make, table: str) -> tuple[Spec, ...]:
    """Return the specs of a table of the words kind."""
    return tuple(_by_words(make, *row) for row in _rows(table))


def by_shape(make: Make, table: str) -> tuple[Spec, ...]:
    """Return the specs of a table of the shape kind."""
    return tuple(_by_shape(make, *row) for row in _rows(table))


def labelled(
    rule: Rule, pattern: bytes, near: Context, check: Check | None = None, strong: float = UNCHECKED
) -> Spec:
    """Return the spec of a value that only a word gives away."""
    left = LEFT_OF_DIGITS if pattern.startswith(_DIGITS_FIRST) else LEFT
    whole = left + b"(" + pattern + b")" + RIGHT
    digits = DIGITS_OF_CHECK.get(getattr(check, "__name__", ""), 1)
    return Spec(rule, whole, check=check, near=near, alone=0.0, strong=strong, fold=True, digits=digits)


def word_list(cell: str) -> str:
    """Return *cell* with its ``@NAME`` replaced by the shared lists."""
    parts = (part.strip() for part in cell.split(","))
    return ", ".join(_GROUPS[part[1:]] if part.startswith("@") else part for part in parts if part)


def severity_of(label: str) -> Severity:
    """Return how bad a leak of the number is: critical where it opens doors, low where registers show it."""
    if _OF_HOUSES.search(label):
        return Severity.LOW
    return Severity.CRITICAL if _OF_LIVES.search(label) else Severity.HIGH


def check_of(cell: str) -> Check | None:
    """Return the check that *cell* names, or ``None`` if it is a hyphen."""
    found = [_check(name) for name in cell.split() if name != "-"]
    if not found:
        return None
    return found[0] if len(found) == 1 else lambda value: all(check(value) for check in found)


def _check(name: str) -> Check:
    if "." in name:
        return checks.stdnum(name)
    found: list[Check] = [getattr(module, name) for module in CHECK_MODULES if hasattr(module, name)]
    return found[0]


def _rows(table: str) -> Iterator[list[str]]:
    for line in _CONTINUED.sub("", table).strip().splitlines():
        if line.strip() and not line.startswith("#"):
            yield [cell.strip() for cell in line.split(" | ")]


def _by_words(make: Make, *cells: str) -> Spec:
    label, title, pattern, check, example, said = cells[:6]
    reach = int(cells[7]) if cells[7:] else REACH_BYTES
    near = words.context(f"{label} {reach}", word_list(said), reach)
    probe = f"{near.words[0]} {example}"
    rule = make(label, title, probe, _finds(title, check, near.words), severity_of(label))
    sure = CHECKED if set(check.split()) - UNPROVEN else UNCHECKED
    return labelled(rule, pattern.encode(), near, check_of(check), float(cells[6]) if cells[6:] else sure)


def _by_shape(make: Make, *cells: str) -> Spec:
    label, title, pattern, shapes, check, example, said, alone = cells
    near = words.context(f"{label} shape", word_list(said), REACH_BYTES)
    probe = f"it is {example} " if float(alone) else f"{near.words[0]} {example}"
    rule = make(label, title, probe, _finds(title, check, near.words), severity_of(label))
    return Spec(
        rule,
        LEFT + b"(" + pattern.encode() + b")" + RIGHT,
        shapes=tuple(shape.encode() for shape in shapes.split("  ")),
        check=check_of(check),
        near=near,
        alone=float(alone),
        fold=True,
    )


def _finds(title: str, check: str, said: Sequence[str]) -> str:
    verified = "" if check == "-" else " Its structure and check digits are verified."
    return f"{title}.{verified} Words beside it that make it surer: {', '.join(said[:4])}."
