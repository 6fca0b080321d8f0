from __future__ import annotations

import re

from tests.scan.planted import GENERIC

from stockade.scan.fingerprint import fingerprint

RULE = "secret.acme"


def test_the_same_value_of_the_same_rule_has_one_fingerprint():
    one = fingerprint(RULE, GENERIC)
    assert one == fingerprint(RULE, GENERIC)
    assert re.fullmatch(r"[0-9a-f]{32}", one)


def test_another_rule_or_value_has_another():
    prints = {fingerprint("a", "x"), fingerprint("b", "x"), fingerprint("a", "y"), fingerprint("a", "\ud800")}
    assert len(prints) == 4
