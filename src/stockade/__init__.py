"""Use large language models safely: screen, pseudonymize, restore, record.

``Guard`` is what most programs need; the rest are the types that it takes and returns. Importing this package
opens no socket, starts no process and writes no file.
"""

from __future__ import annotations

from importlib.metadata import version

from stockade.core.errors import (
    BlockedError,
    CheckError,
    ConfigError,
    InputError,
    SecretError,
    StockadeError,
    StoreError,
    TamperedError,
)
from stockade.core.finding import Finding, Rule, Severity, Span
from stockade.core.message import Message, Origin
from stockade.core.policy import Action, Clause, Decision, Mode, Policy
from stockade.core.screen import Verdict
from stockade.core.surrogate import Style
from stockade.guard import Anonymized, Guard

__version__ = version("stockade")

__all__ = [
    "Action",
    "Anonymized",
    "BlockedError",
    "CheckError",
    "Clause",
    "ConfigError",
    "Decision",
    "Finding",
    "Guard",
    "InputError",
    "Message",
    "Mode",
    "Origin",
    "Policy",
    "Rule",
    "SecretError",
    "Severity",
    "Span",
    "StockadeError",
    "StoreError",
    "Style",
    "TamperedError",
    "Verdict",
    "__version__",
]
