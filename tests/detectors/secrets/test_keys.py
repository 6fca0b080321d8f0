from __future__ import annotations

import pytest
from tests.detectors.secrets.tables import check_rows, found

from stockade.core.finding import Severity
from stockade.detectors.secrets.keys import assigned, key_rule, near, prefixed

VALUE = "q8Zr2Lw0Vn5Ty7Bc"


def test_a_row_with_a_prefix_is_triggered_by_it():
    (spec,) = prefixed("acme | Acme key | acme_key_[A-Za-z0-9]{16}")
    assert spec.words == ("acme_key_",)
    check_rows((spec,))
    assert found((spec,), f"x {'acme_key_' + VALUE} y") == {"acme"}
    assert found((spec,), f"x{'acme_key_' + VALUE}") == set()
    assert found((spec,), f"{'acme_key_' + VALUE}9") == set()


def test_a_row_without_a_prefix_needs_words():
    with pytest.raises(ValueError):
        prefixed("acme | Acme key | [A-Za-z0-9]{16}")
    (spec,) = prefixed("acme | Acme key | [A-Za-z0-9]{16}-acme | -acme, -bcme")
    assert spec.words == ("-acme", "-bcme")


def test_a_character_that_is_repeated_is_no_part_of_the_prefix():
    (spec,) = prefixed(r"acme | Acme key | acme_b{0,2}[A-Z0-9]{16}")
    assert spec.words == ("acme_",)


def test_a_short_prefix_is_triggered_with_what_follows_it():
    (spec,) = prefixed(r"acme | Acme key | ac_[a-z0-9]{16}")
    assert (spec.words, spec.shapes) == ((), (b"ac_[a-z0-9]{8}",))
    (spec,) = prefixed(r"acme | Acme key | ac_[a-z0-9]{16} | ac_q, /ac_[a-z]{2}/")
    assert (spec.words, spec.shapes) == (("ac_q",), (b"ac_[a-z]{2}",))


def test_a_row_goes_on_after_a_backslash_and_knows_shorthands():
    (spec,) = prefixed("# a remark\nacme | Acme key | \\\n    acme-<uuid>\n")
    assert found((spec,), "acme-" + "0d9cf2a4-57b1-4c3e-8a6f-1b2c3d4e5f60") == {"acme"}


@pytest.mark.parametrize(
    "text",
    [
        f"ACME_KEY={VALUE}",
        f'acme_token: "{VALUE}"',
        f"acme.api['key'] => '{VALUE}'",
        f"<acmeToken>{VALUE}</acmeToken>",
        f"acme_key := `{VALUE}`",
    ],
)
def test_an_assigned_row_needs_the_name_and_something_that_assigns(text):
    table = assigned("acme | Acme key | acme | [A-Za-z0-9]{16}")
    check_rows(table)
    assert found(table, text) == {"acme"}


def test_an_assigned_row_ignores_names_alone_and_longer_values():
    table = assigned("acme | Acme key | acme | [A-Za-z0-9]{16}")
    assert found(table, f"acme {VALUE}") == set()
    assert found(table, f"ACME_KEY={VALUE}ab") == set()
    assert found(table, "ACME_KEY=correcthorsebatt") == set()


def test_the_longer_of_two_names_says_more():
    wide, exact = assigned("a | A | acme | [a-z0-9]{16}\nb | B | acme_cloud | [a-z0-9]{16}")
    assert exact.alone > wide.alone


def test_a_near_row_needs_its_word_to_the_left():
    table = near("acme | Acme key | [A-Za-z0-9]{16} | acme")
    check_rows(table)
    assert found(table, f"our Acme key is {VALUE}") == {"acme"}
    assert found(table, f"our key is {VALUE}") == set()
    assert found(table, f"{VALUE} is for acme") == set()


def test_a_row_whose_check_never_passes_is_a_mistake():
    with pytest.raises(ValueError):
        assigned("acme | Acme key | acme | [a-z]{16}")


def test_a_key_is_critical_and_its_manual_does_not_show_it():
    rule = key_rule("acme", "Acme key", "key " + VALUE)
    assert (rule.id, rule.label, rule.severity) == ("secret.acme", "ACME", Severity.CRITICAL)
    assert VALUE not in rule.manual
