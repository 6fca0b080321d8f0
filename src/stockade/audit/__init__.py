"""The audit log: what was decided, when, in a chain that shows every change, durable before anything is sent.

It records; it does not decide, and it never holds inspected text except as a keyed commitment.
"""

from __future__ import annotations

from stockade.audit.entry import Entry, commitment
from stockade.audit.log import AuditLog
from stockade.audit.memory import MemoryLog
from stockade.audit.store import AuditStore, Settled
from stockade.audit.verify import Verified, read, verify

__all__ = [
    "AuditLog",
    "AuditStore",
    "Entry",
    "MemoryLog",
    "Settled",
    "Verified",
    "commitment",
    "read",
    "verify",
]
