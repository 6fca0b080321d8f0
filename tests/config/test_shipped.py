"""The policies that come with the product can be read, and only they."""

from __future__ import annotations

import pytest

from stockade.config.document import parse_document
from stockade.config.rules import PolicyRules
from stockade.config.shipped import SHIPPED_POLICIES, shipped_text


@pytest.mark.parametrize("name", SHIPPED_POLICIES)
def test_a_shipped_policy_is_valid(name):
    assert PolicyRules.model_validate(parse_document(shipped_text(name).encode(), name).data)


@pytest.mark.parametrize("name", ["", "../settings", "balanced.yaml", "default"])
def test_nothing_else_is_read(name):
    with pytest.raises(KeyError):
        shipped_text(name)
