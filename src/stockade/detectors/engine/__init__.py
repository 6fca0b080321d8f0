"""The multi-pattern engine: one trigger pass over the bytes, then one exact pattern per triggered rule.

It knows patterns, contexts, checks and breaks; it knows no rule. Linear in the length of the text.
"""
