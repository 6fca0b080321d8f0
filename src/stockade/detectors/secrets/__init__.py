"""Credentials: provider keys by their shapes, private keys, values assigned to a secret's name."""
