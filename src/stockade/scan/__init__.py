"""Scanning of what lies about: source trees, staged changes, whole histories, archives, standard input."""
