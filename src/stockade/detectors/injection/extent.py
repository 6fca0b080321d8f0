"""From a match to the sentence or block that carries it, so that one bad paragraph is cut and not the text.

What follows an override is what it is for, so a span reaches to the end of its block where that is near.
A block is a line, a string of JSON, an HTML element or a comment. It does not know what was found.
"""

from __future__ import annotations

import re

from stockade.core.finding import Span

# How far a span reaches beyond the match, in characters.
BACK_CHARS = 240
FORTH_CHARS = 400
_BLOCK_START = re.compile(r"\n|\\n|[>}]|(?<=[:\[{,]) ?\"|(?<=[:\[{,]) ?'|<!--|/\*")
_BLOCK_END = re.compile(r"\n|\\n|</|\"\s*[,}\]:]|'\s*[,}\]]|-->|\*/|\"\s*/?>|\"$")
_SENTENCE_END = re.compile(r"[.!?](?=[\s\"')\]])|[。！？؟।]")


def extend(text: str, start: int, end: int) -> Span:
    """Return the span of the sentence or block around ``text[start:end]``."""
    return Span(_begin(text, start), _finish(text, end))


def _begin(text: str, start: int) -> int:
    lowest = max(0, start - BACK_CHARS)
    block = lowest
    bounded = lowest == 0
    for found in _BLOCK_START.finditer(text, lowest, start):
        block, bounded = found.end(), True
    begin = block if bounded else start
    for found in _SENTENCE_END.finditer(text, lowest, start):
        if found.end() > begin or not bounded:
            begin, bounded = found.end(), True
    while begin < start and text[begin].isspace():
        begin += 1
    return begin


def _finish(text: str, end: int) -> int:
    highest = min(len(text), end + FORTH_CHARS)
    found = _BLOCK_END.search(text, end, highest)
    if found:
        return found.start()
    if highest == len(text):
        return highest
    # No end of the block near: the sentence, and the one after it, which says what shall be done.
    last = end
    for number, mark in enumerate(_SENTENCE_END.finditer(text, end, highest)):
        last = mark.end()
        if number:
            break
    return last if last > end else highest
