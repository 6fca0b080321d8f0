"""Reports: findings to bytes, one module for each format. Pure; whoever looked decides what may be shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockade.reports import json, junit, sarif, text
from stockade.reports.report import Place, Report, Result, Unchecked, in_order

FORMATS: Mapping[str, Callable[[Report], bytes]] = MappingProxyType(
    {"text": text.render, "json": json.render, "sarif": sarif.render, "junit": junit.render}
)

__all__ = ["FORMATS", "Place", "Report", "Result", "Unchecked", "in_order"]
