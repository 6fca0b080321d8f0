"""Sanitizing what is retrieved: what a reader would not see goes, the visible meaning stays.

HTML, Markdown, e-mail, JSON and plain text come in; out comes text of the same kind without comments,
invisible elements, scripts, attributes that only machines read, invisible characters, or link targets that
carry data away. It does not judge words: visible attacks are the detectors' matter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from enum import StrEnum
from types import MappingProxyType

from stockade.core.errors import InputError
from stockade.core.limits import JSON_DEPTH_MAX
from stockade.detectors.injection.sanitize_html import visible_text
from stockade.detectors.injection.sanitize_markdown import visible_markdown

_FLAG = "\U0001f3f4"
# Flags are spelled in tags; everything else spelled in them is hidden text.
_FLAG_OR_HIDDEN = re.compile(
    f"{_FLAG}[\U000e0061-\U000e007a\U000e0030-\U000e0039]{{2,6}}\U000e007f"
    "|[\U000e0000-\U000e0fff\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad\u180e]"
    "|[\ufe00-\ufe0f]{2,}"
    "|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
_JOINERS = re.compile("[\u200c\u200d]{2,}")
_HTML = re.compile(
    r"(?i)<!doctype html|<html[\s>]|<(?:body|div|p|span|table|script|style|img|a|article|br)[\s/>]|<!--"
)
_MARKDOWN = re.compile(r"(?m)^#{1,6} |^\s*[-*] |\]\(|^```|^\[[^\]]+\]:\s")
_MAIL = re.compile(r"(?i)\A(?:[a-z][a-z-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}\r?\n")


class Kind(StrEnum):
    """What a retrieved text is."""

    AUTO = "auto"
    HTML = "html"
    MARKDOWN = "markdown"
    EMAIL = "email"
    JSON = "json"
    TEXT = "text"


def sanitize(text: str, kind: Kind | str = Kind.AUTO) -> str:
    """Return *text* with only what a reader would see.

    Args:
        text: as retrieved.
        kind: what it is; ``auto`` looks at it.

    Raises:
        InputError: the kind is unknown, or JSON that is named as such cannot be read.
    """
    try:
        named = Kind(kind)
    except ValueError:
        names = ", ".join(k.value for k in Kind)
        raise InputError(f"unknown kind of text; use one of {names}") from None
    if named is Kind.AUTO:
        named = kind_of(text)
    return _WAYS[named](text)


def kind_of(text: str) -> Kind:
    """Return what *text* looks like; plain text if in doubt."""
    begin = text.lstrip()[:1]
    if begin in {"{", "["} and _loads(text) is not None:
        return Kind.JSON
    if _MAIL.match(text):
        return Kind.EMAIL
    if _HTML.search(text):
        return Kind.MARKDOWN if _MARKDOWN.search(text) else Kind.HTML
    return Kind.MARKDOWN if _MARKDOWN.search(text) else Kind.TEXT


def strip_invisible(text: str) -> str:
    """Return *text* without characters that nobody sees; emoji, flags and joiners of scripts stay."""
    if text.isascii() and text.isprintable():
        return text
    kept = _FLAG_OR_HIDDEN.sub(lambda found: found.group() if found.group()[0] == _FLAG else "", text)
    return _JOINERS.sub(lambda found: found.group()[0], kept)


def _html(text: str) -> str:
    return visible_text(strip_invisible(text))


def _markdown(text: str) -> str:
    return visible_markdown(strip_invisible(text))


def _email(text: str) -> str:
    """Return the mail with its readable headers, and its body by what it looks like."""
    plain = strip_invisible(text)
    found = _MAIL.match(plain)
    if not found:
        return plain
    shown = [line for line in _unfolded(found.group()) if line.partition(":")[0].lower() in _HEADERS]
    body = plain[found.end() :]
    inner = visible_text(body) if _HTML.search(body) else body
    return "\n".join([*shown, "", inner])


def _unfolded(headers: str) -> list[str]:
    return re.sub(r"\r?\n[ \t]+", " ", headers).splitlines()


def _json(text: str) -> str:
    value = _loads(text)
    if value is None:
        raise InputError(
            "the text is not JSON that can be read", code="invalid_json", hint="name its kind, or auto"
        )
    return json.dumps(_leaves(value, 0), ensure_ascii=False)


def _loads(text: str) -> object | None:
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict | list) and _shallow(value) else None


def _shallow(value: object) -> bool:
    """Say whether *value* is nested no deeper than the limit; without recursion."""
    level: list[object] = [value]
    for _ in range(JSON_DEPTH_MAX):
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
        ]
        if not level:
            return True
    return False


def _leaves(value: object, depth: int) -> object:
    if isinstance(value, str):
        return sanitize(value, _leaf_kind(value)) if depth <= JSON_DEPTH_MAX else value
    if isinstance(value, list):
        return [_leaves(one, depth + 1) for one in value]
    if isinstance(value, dict):
        return {strip_invisible(str(key)): _leaves(one, depth + 1) for key, one in value.items()}
    return value


def _leaf_kind(value: str) -> Kind:
    # JSON inside a string stays the string it is: its reader decides what to do with it.
    return Kind.HTML if _HTML.search(value) else Kind.MARKDOWN if "](" in value else Kind.TEXT


_HEADERS = frozenset({"from", "to", "cc", "subject", "date", "reply-to"})
_WAYS: MappingProxyType[Kind, Callable[[str], str]] = MappingProxyType(
    {
        Kind.HTML: _html,
        Kind.MARKDOWN: _markdown,
        Kind.EMAIL: _email,
        Kind.JSON: _json,
        Kind.TEXT: strip_invisible,
    }
)
