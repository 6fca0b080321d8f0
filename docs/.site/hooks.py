"""What the documentation build does beyond Markdown: it adds the generated pages and their navigation."""

from __future__ import annotations

import generate
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

_PAGES = generate.pages()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put one page a family under "Rules"."""
    rules = ["reference/rules/index.md"]
    rules += [{generate.FAMILIES.get(f, f): f"reference/rules/{f}.md"} for f in generate.families()]
    for section in config.nav or []:
        for entry in section.get("Reference", []):
            if "Rules" in entry:
                entry["Rules"] = rules
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages."""
    for path, text in _PAGES.items():
        files.append(File.generated(config, path, content=text))
    return files
