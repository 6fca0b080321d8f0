"""The settings: YAML and environment in, typed and checked values out.

The only room that reads the process's environment. It opens no store, resolves no reference and starts
nothing; ``bootstrap`` does that with what is found here.
"""

from __future__ import annotations

from stockade.config.load import json_schema, load_settings
from stockade.config.policy import compile_policy, describe_policy, idle_globs, surrogate_style
from stockade.config.rules import PolicyRules
from stockade.config.settings import EngineUpstream, RemoteUpstream, Settings
from stockade.config.shipped import SHIPPED_POLICIES, shipped_text

__all__ = [
    "SHIPPED_POLICIES",
    "EngineUpstream",
    "PolicyRules",
    "RemoteUpstream",
    "Settings",
    "compile_policy",
    "describe_policy",
    "idle_globs",
    "json_schema",
    "load_settings",
    "shipped_text",
    "surrogate_style",
]
