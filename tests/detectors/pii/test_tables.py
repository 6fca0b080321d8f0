from __future__ import annotations

from collections import Counter

from tests.detectors.pii.tables import detector

from stockade.detectors.pii.tables import TABLES, identifier_specs


def test_every_table_is_there_once():
    assert len(TABLES) == len(set(TABLES))


def test_there_are_more_than_eighty_labels_of_more_than_thirty_countries():
    labels = {spec.rule.label for spec in identifier_specs()}
    countries = {label[:2] for label in labels if label[2:3] == "_"}
    assert len(labels) >= 300
    assert len(countries) >= 70


def test_a_label_belongs_to_one_rule_and_a_rule_to_one_class():
    pairs = {(spec.rule.label, spec.rule.id, spec.rule.data_class) for spec in identifier_specs()}
    assert [label for label, count in Counter(label for label, _, _ in pairs).items() if count > 1] == []


def test_every_rule_fires_on_its_probe_beside_all_others():
    whole = detector(identifier_specs)
    silent = [
        rule.id
        for rule in whole.rules
        if rule.id not in {finding.rule.id for finding in whole.detect(rule.probe)}
    ]
    assert silent == []
