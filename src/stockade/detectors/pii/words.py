"""Contexts from lists of words: folded as texts are, so that they meet in any spelling.

The lists stand in `words_people`, `words_papers` and `words_care`, each in many languages at once: no
language has to be chosen. Short words that are also something else ("id", "no") are left out unless a
pattern is strict.
"""

from __future__ import annotations

from stockade.detectors.engine.spec import CONTEXT_BYTES, Context
from stockade.detectors.normalize.fold import fold_character


def context(name: str, text: str, reach: int = CONTEXT_BYTES) -> Context:
    """Return the words of *text*, separated by commas, as a folded context."""
    words = (form for word in text.split(",") for form in forms(" ".join(word.split())))
    return Context(name, tuple(dict.fromkeys(word for word in words if word)), reach)


def forms(word: str) -> tuple[str, ...]:
    """Return *word* folded as it stands, capitalized and in capitals.

    Look-alikes are told by case: a capital Cyrillic En is folded to H, a small one is not.
    """
    if word.isascii():
        return (word.lower(),)
    return folded(word), folded(word.capitalize()), folded(word.upper())


def folded(word: str) -> str:
    """Return *word* as the scanner sees it, in lower case."""
    return "".join(fold_character(char) for char in word).lower()
