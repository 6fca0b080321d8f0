from __future__ import annotations

import time

from tests.detectors.secrets.tables import everything

from stockade.core.finding import Severity
from stockade.detectors.secrets.tables import GENERIC_TABLES, TABLES, generic_specs, secret_specs


def test_there_are_rules_for_more_than_250_kinds_of_keys():
    specs = secret_specs()
    names = {spec.rule.id for spec in specs}
    assert len(names) > 250
    assert len({spec.rule.title for spec in specs}) == len(names)
    assert sum(map(len, (table() for table in (*TABLES, *GENERIC_TABLES)))) == len(specs)


def test_the_generic_rules_are_among_all():
    everything_else = {spec.rule.id for table in TABLES for spec in table()}
    generic = {spec.rule.id for spec in generic_specs()}
    assert generic
    assert not generic & everything_else
    assert generic <= {rule.id for rule in everything().rules}


def test_only_what_names_somebody_is_of_low_severity():
    low = {spec.rule.id for spec in secret_specs() if spec.rule.severity is Severity.LOW}
    assert {"secret.twilio_sid", "secret.gcp_oauth_client", "secret.stripe_publishable"} <= low
    assert len(low) < 40


def test_the_tables_are_built_in_a_moment():
    begun = time.process_time()
    secret_specs()
    assert time.process_time() - begun < 2
