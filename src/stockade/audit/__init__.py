"""The audit log: what was decided, when, in a signed tree that shows every change, durable before the answer.

It records; it does not decide, and it never holds inspected text except as a keyed commitment.
"""

from __future__ import annotations

from stockade.audit.entry import Entry, commitment
from stockade.audit.key import seed_from
from stockade.audit.log import AuditLog, Sealing
from stockade.audit.memory import MemoryLog
from stockade.audit.store import AuditStore, Settled
from stockade.audit.verify import read, verify

__all__ = [
    "AuditLog",
    "AuditStore",
    "Entry",
    "MemoryLog",
    "Sealing",
    "Settled",
    "commitment",
    "read",
    "seed_from",
    "verify",
]
