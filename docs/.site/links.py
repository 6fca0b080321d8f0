"""Check the built site: every link and anchor leads somewhere, and no page loads from another host.

Usage: ``python docs/.site/links.py site``. External links are not followed; that is a job for people.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOADING = {"img": "src", "script": "src", "link": "href", "iframe": "src", "source": "src"}
# rel values of <link> that only name an address.
NAMING = {"canonical", "next", "prev", "alternate", "edit"}


@dataclass
class Page(HTMLParser):
    """The links and the anchors of one page."""

    links: list[tuple[str, bool]] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the anchor and the address that a tag carries."""
        given = {name: value or "" for name, value in attrs}
        self.anchors.update(v for k, v in given.items() if k in {"id", "name"})
        if tag == "a" and "href" in given:
            self.links.append((given["href"], False))
        elif tag in LOADING and LOADING[tag] in given and given.get("rel", "") not in NAMING:
            self.links.append((given[LOADING[tag]], True))


def main(site: Path) -> int:
    """Print every link that leads nowhere; return the exit code."""
    pages = {path: _read(path) for path in sorted(site.rglob("*.html"))}
    if not pages:
        print(f"{site}: no page to check; run make docs", file=sys.stderr)
        return 3
    broken = [
        f"{path.relative_to(site)}: {href}: {fault}"
        for path, page in pages.items()
        # The page for unknown addresses is served from any depth, so its links are absolute.
        if path.name != "404.html"
        for href, loads in page.links
        if (fault := _fault(site, path, href, loads=loads, pages=pages))
    ]
    print(
        "\n".join(broken)
        or f"{len(pages)} pages, {sum(len(p.links) for p in pages.values())} links, all good"
    )
    return 1 if broken else 0


def _read(path: Path) -> Page:
    page = Page()
    page.feed(path.read_text("utf-8"))
    return page


def _fault(site: Path, path: Path, href: str, *, loads: bool, pages: dict[Path, Page]) -> str:
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return "loads from another host" if loads and parts.scheme != "data" else ""
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path.resolve()
    if target.is_dir():
        target /= "index.html"
    if not target.is_relative_to(site.resolve()) or not target.is_file():
        return "no such page"
    if parts.fragment and target.suffix == ".html" and not parts.fragment.startswith("__"):
        page = pages.get(site / target.relative_to(site.resolve()))
        if page is None or unquote(parts.fragment) not in page.anchors:
            return "no such anchor"
    return ""


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
