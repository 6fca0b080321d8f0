"""Encryption at rest: the master key, the keys derived from it, and the envelope around sealed bytes.

It knows nothing of what is sealed, of tenants or of stores; it keeps no key in memory of its own.
"""
