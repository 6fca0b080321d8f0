"""Folding of look-alike, invisible and combined characters to plain ones, with an exact way back."""
