"""The errors, as a tree. A class exists only where some caller acts differently on it.

StockadeError
├── ConfigError            the settings contradict themselves
├── InputError             what was handed in cannot be read (not UTF-8, not JSON, too deep, too large)
├── BlockedError           a policy refused (carries the verdict)
├── CheckError             a mandatory check could not run: refuse, never "clean"
├── StoreError             a store could not be read or written
├── SecretError            a reference could not be resolved, a backend did not answer
└── TamperedError          the audit log does not verify, from entry n

Messages name rules and places, never inspected text. ``hint`` says what to do next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stockade.core.screen import Verdict


class StockadeError(Exception):
    """Any failure that this package reports on purpose.

    Attributes:
        hint: what to do next, one sentence; empty where the message says it already.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class ConfigError(StockadeError):
    """The settings contradict themselves or hold what they must not."""


class InputError(StockadeError):
    """What was handed in cannot be read.

    Attributes:
        code: the machine-readable reason, for example ``invalid_json`` or ``too_large``.
        pointer: RFC 6901 pointer to the offending place, or empty.
    """

    def __init__(
        self, message: str, *, code: str = "invalid_request", pointer: str = "", hint: str = ""
    ) -> None:
        super().__init__(message, hint=hint)
        self.code = code
        self.pointer = pointer


class BlockedError(StockadeError):
    """A policy refused.

    Attributes:
        verdict: what was decided and why.
    """

    def __init__(self, message: str, *, verdict: Verdict, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.verdict = verdict


class CheckError(StockadeError):
    """A mandatory check could not run.

    Attributes:
        checks: the names of the checks that did not run.
    """

    def __init__(self, message: str, *, checks: tuple[str, ...] = (), hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.checks = checks


class StoreError(StockadeError):
    """A store could not be read or written."""


class SecretError(StockadeError):
    """A reference could not be resolved."""


class TamperedError(StockadeError):
    """The audit log does not verify.

    Attributes:
        sequence: the first entry that does not verify.
    """

    def __init__(self, message: str, *, sequence: int, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.sequence = sequence
