"""Rotation of provider keys: the new key is proven before the old one goes; a crash at any step is survived.

What a provider can do is a driver's business; this room holds the order of the steps and what is remembered.
"""
