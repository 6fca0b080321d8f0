"""Prompt injection: rules that find it, sanitizing of what is retrieved, spotlighting of what is quoted."""
