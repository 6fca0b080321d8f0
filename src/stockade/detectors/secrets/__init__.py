"""Credentials: provider keys by their shapes, private keys, and values that are assigned to a secret's name."""
