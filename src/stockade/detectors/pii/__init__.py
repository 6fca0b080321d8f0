"""Identifiers of people, of care and of money: tables of patterns, checksums and context words."""
