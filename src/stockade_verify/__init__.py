"""Verifies an audit log, its checkpoints and its proofs with nothing but a public key.

A program of its own: it imports the standard library and ``cryptography``, nothing of the product that
wrote the log. It never writes and never connects to anything. ``docs/reference/formats.md`` describes what
it reads.
"""

from __future__ import annotations

from stockade_verify.errors import ForgedError, UnreadableError
from stockade_verify.log import Report, check_log
from stockade_verify.merkle import Tree, check_consistency, check_inclusion, leaf_hash, node_hash, tree_hash
from stockade_verify.note import Checkpoint, VerifierKey, open_checkpoint, open_note
from stockade_verify.proof import Inclusion, check_growth, check_proof, fork_between

__all__ = [
    "Checkpoint",
    "ForgedError",
    "Inclusion",
    "Report",
    "Tree",
    "UnreadableError",
    "VerifierKey",
    "check_consistency",
    "check_growth",
    "check_inclusion",
    "check_log",
    "check_proof",
    "fork_between",
    "leaf_hash",
    "node_hash",
    "open_checkpoint",
    "open_note",
    "tree_hash",
]
