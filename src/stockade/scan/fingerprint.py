"""Fingerprints of findings: the same for the same value of the same rule, wherever it stands.

They are committed in baselines, and a password can be guessed, so a plain hash would give it away. scrypt
makes each guess cost milliseconds; the rule is the salt. What is random needs no such help and loses nothing.
"""

from __future__ import annotations

import hashlib

# About 4 ms and 1 MiB for each finding; a list of a million passwords costs an hour for each rule.
_COST = 1 << 10
_BLOCK = 8
_BYTES = 16


def fingerprint(rule_id: str, value: str) -> str:
    """Return the fingerprint of *value*, found by a rule, in hexadecimal digits."""
    secret = value.encode("utf-8", "surrogatepass")
    salt = b"stockade scan\0" + rule_id.encode()
    return hashlib.scrypt(secret, salt=salt, n=_COST, r=_BLOCK, p=1, dklen=_BYTES).hex()
