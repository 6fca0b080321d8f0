"""Secrets of others, by reference: what a reference is, who can read it, and for how long a value counts.

It never writes a secret anywhere, and it holds none longer than its lease.
"""
