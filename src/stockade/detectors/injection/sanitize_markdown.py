"""Markdown with only what a reader of the rendered text would see; it stays Markdown.

Comments, hidden HTML, images and titles go, link targets lose their query. Code stays as it is: it is shown
as written, and sanitizing it would change its meaning.
"""

from __future__ import annotations

import re

from stockade.detectors.injection.sanitize_html import clean_address, visible_text

_FENCE = re.compile(r"(?m)^ {0,3}(`{3,}|~{3,})[^\n]*$")
_INLINE_CODE = re.compile(r"`[^`\n]{1,400}`")
# No opening bracket may stand in a target, so that each scan ends where the next one begins.
_TARGET = r"\(\s*<?([^)\s>\n\[]{0,4000})>?(?:\s[^)\n]{0,400})?\)"
_NAME = r"\[((?>[^\[\]\n]|\[[^\[\]\n]{0,200}\]){0,2000})\]"
_IMAGE = re.compile(rf"!{_NAME}(?:{_TARGET}|\[[^\[\]\n]{{0,200}}\])?")
_LINK = re.compile(_NAME + _TARGET)
_DEFINITION = re.compile(r"(?m)^ {0,3}\[([^\]\n]{1,200})\]:[ \t]*<?([^\s>\n]*)>?[^\n]*$")
_AUTOLINK = re.compile(r"<(https?://[^\s<>]{1,4000})>")
_MARKUP = re.compile(r"<[a-zA-Z/!?]")


def visible_markdown(text: str) -> str:
    """Return the Markdown *text* without what its reader would not see."""
    pieces: list[str] = []
    at = 0
    for start, end in _fences(text):
        pieces += (_prose(text[at:start]), text[start:end])
        at = end
    pieces.append(_prose(text[at:]))
    return "".join(pieces).strip()


def _fences(text: str) -> list[tuple[int, int]]:
    """Return the fenced blocks of code; one that is not closed reaches to the end."""
    blocks: list[tuple[int, int]] = []
    opened, mark = -1, ""
    for found in _FENCE.finditer(text):
        if opened < 0:
            opened, mark = found.start(), found[1]
        elif found[1].startswith(mark):
            blocks.append((opened, found.end()))
            opened = -1
    if opened >= 0:
        blocks.append((opened, len(text)))
    return blocks


def _prose(text: str) -> str:
    # Markup may begin before a piece of inline code and end after it, so code is set aside, not split off.
    codes: list[str] = []

    def aside(found: re.Match[str]) -> str:
        codes.append(found.group())
        return f"\ue000{len(codes) - 1}\ue001"

    plain = _INLINE_CODE.sub(aside, text.replace("\ue000", "").replace("\ue001", ""))
    return _ASIDE.sub(lambda found: codes[int(found[1])], _seen(plain))


def _seen(text: str) -> str:
    text = _AUTOLINK.sub(lambda found: clean_address(found[1]), text)
    text = _IMAGE.sub("(image)", text)
    text = _LINK.sub(_link, text)
    text = _DEFINITION.sub(_definition, text)
    if not _MARKUP.search(text):
        return text
    before = text[: len(text) - len(text.lstrip())]
    after = text[len(text.rstrip()) :]
    return before + visible_text(text) + after


def _link(found: re.Match[str]) -> str:
    address = clean_address(found[2])
    if not address and found[2].startswith(("#", "/", "./", "../")):
        address = found[2].partition("?")[0]
    return f"[{found[1]}]({address})" if address else found[1]


def _definition(found: re.Match[str]) -> str:
    address = clean_address(found[2])
    return f"[{found[1]}]: {address}" if address else ""


_ASIDE = re.compile("\ue000([0-9]+)\ue001")
