from __future__ import annotations

from tests.detectors.secrets.tables import check_table

from stockade.detectors.secrets import monitoring


def test_every_row_finds_its_own_kind_of_key():
    check_table(monitoring.specs())
