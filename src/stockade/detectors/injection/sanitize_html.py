"""The visible text of HTML. Layout goes, meaning stays.

Comments, scripts, styles, metadata and elements hidden by attribute, inline style or the page's own sheet
go with all they hold. A link keeps its text and, if it leads to a site, the address without its query; an
image keeps nothing but that it is one. It does not lay out pages: what only a browser could know to be
invisible (covered by something, moved by a script) stays. Every step is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from stockade.detectors.injection.hidden_css import hidden_names, hides

_NAMES = (
    "script style template noscript head title object embed iframe svg math canvas audio video "
    "datalist dialog "
    "select textarea"
)
_SILENT = frozenset(_NAMES.split())
# What they hold is not markup: it ends at their own end tag only.
_RAW = frozenset({"script", "style", "iframe", "textarea", "title"})
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr li main nav ol "
    "p pre section table td th tr ul".split()
)
# Elements that end where the next block begins, without an end tag.
_IMPLIED = frozenset("p li dt dd td th tr option".split())
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,40})(?>[^\"'>]*(?:\"[^\"]*\"[^\"'>]*|'[^']*'[^\"'>]*)*)>")
_TAG_START = re.compile(r"<(?=[a-zA-Z/!?])")
_ATTRIBUTE = re.compile(r"([a-zA-Z_:@][\w:.-]{0,60})(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_STYLE = re.compile(r"(?i)<style[^>]*>([^<]*)")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+\n")
_ADDRESS = re.compile(r"(?i)(https?://)(?:[^/?#\s@]*@)?([^/?#\s]+)([^?#\s]*)")
_ATTRIBUTES_MAX = 64


@dataclass(frozen=True, slots=True)
class _Tag:
    start: int
    end: int
    name: str
    closing: bool
    source: str = field(repr=False, default="")


def visible_text(text: str) -> str:
    """Return what a reader of the HTML *text* would see."""
    hidden = frozenset[str]().union(*(hidden_names(found[1]) for found in _STYLE.finditer(text)))
    pieces: list[str] = []
    links: list[str] = []
    at = 0
    tags = _tags(text)
    for tag in tags:
        pieces.append(unescape(text[at : tag.start]))
        at = tag.end
        if tag.closing:
            pieces.append(_closed(tag.name, links))
            continue
        attributes = _attributes(tag)
        if tag.name in _SILENT or _is_hidden(attributes, hidden):
            at = _skipped(text, tag, tags)
            pieces.append("\n" if tag.name in _BLOCKS else " ")
            continue
        pieces.append(_opened(tag.name, attributes, links))
    pieces.append(unescape(text[at:]))
    return _BLANK_LINES.sub("\n\n", "".join(pieces)).strip()


def clean_address(address: str) -> str:
    """Return a web address without user, query and fragment; empty if it is none."""
    found = _ADDRESS.match(address.strip())
    return f"{found[1].lower()}{found[2]}{found[3]}" if found else ""


def _tags(text: str) -> Iterator[_Tag]:
    """Yield the tags in *text*; comments and declarations come as tags without a name."""
    at = 0
    while found := _TAG_START.search(text, at):
        start = found.start()
        if text.startswith("<!--", start):
            close = text.find("-->", start + 4)
            at = close + 3 if close >= 0 else len(text)
            yield _Tag(start, at, "", closing=False)
        elif text[start + 1] in "!?":
            close = text.find(">", start)
            at = close + 1 if close >= 0 else len(text)
            yield _Tag(start, at, "", closing=False)
        elif tag := _TAG.match(text, start):
            at = tag.end()
            yield _Tag(start, at, tag[2].lower(), bool(tag[1]), tag.group())
        elif text[start + 1] == "/" and text[start + 2 : start + 3] in {"", " ", ">"}:
            at = start + 2
        else:
            # A tag that never ends: a browser shows nothing of it, and nothing after it.
            yield _Tag(start, len(text), "", closing=False)
            return


def _attributes(tag: _Tag) -> dict[str, str]:
    found: dict[str, str] = {}
    begin = len(tag.name) + 1
    for number, one in enumerate(_ATTRIBUTE.finditer(tag.source, begin)):
        if number >= _ATTRIBUTES_MAX:
            break
        found.setdefault(one[1].lower(), unescape(one[2] or one[3] or one[4] or ""))
    return found


def _is_hidden(attributes: dict[str, str], hidden: frozenset[str]) -> bool:
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("type", "").lower() == "hidden":
        return True
    if hides(attributes.get("style", "")) or hides(f"color:{attributes.get('color', '')}"):
        return True
    names = {f".{name}" for name in attributes.get("class", "").split()} | {f"#{attributes.get('id', '')}"}
    return not hidden.isdisjoint(names)


def _skipped(text: str, tag: _Tag, tags: Iterator[_Tag]) -> int:
    """Return where the element that *tag* opens ends; its tags are taken from *tags*."""
    if tag.name in _VOID:
        return tag.end
    raw = (
        re.compile(rf"(?i)</{re.escape(tag.name)}[\s>/]").search(text, tag.end) if tag.name in _RAW else None
    )
    if tag.name in _RAW and raw is None:
        _exhaust(tags)
        return len(text)
    depth = 1
    for inner in tags:
        if raw is not None and inner.end <= raw.start():
            continue
        if tag.name in _IMPLIED and not inner.closing and inner.name in _BLOCKS and inner.name != "br":
            # Its end tag was left out; what follows is seen. The tag itself only separates blocks.
            return inner.end
        if inner.name == tag.name:
            depth += -1 if inner.closing else 1
            if not depth:
                return inner.end
    return len(text)


def _exhaust(tags: Iterator[_Tag]) -> None:
    for _ in tags:
        pass


def _opened(name: str, attributes: dict[str, str], links: list[str]) -> str:
    if name == "a":
        links.append(clean_address(attributes.get("href", "")))
        return ""
    if name == "img":
        return "(image)"
    if name == "li":
        return "\n- "
    return "\n" if name in _BLOCKS else ""


def _closed(name: str, links: list[str]) -> str:
    if name == "a":
        address = links.pop() if links else ""
        return f" ({address})" if address else ""
    return "\n" if name in _BLOCKS else ""
