"""Give the documentation its reading order: pages named in mkdocs.yml first, then the rest of each folder."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

Section = dict[str, list[str] | str]
"""A title with the first pages of its folder, or with another folder whose pages follow by name."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Set `nav` from `extra.order`, a list of sections with their pages, and from the pages that exist."""
    config.nav = [_entry(one, Path(config.docs_dir)) for one in config.extra["order"]]
    return config


def _entry(entry: str | Section, docs: Path) -> str | Section:
    """Return a page as it is, and a section with every page of its folder that exists."""
    if isinstance(entry, str):
        return entry
    ((title, first),) = entry.items()
    folder, pages = (first, []) if isinstance(first, str) else (title.lower(), first)
    there = sorted(path.relative_to(docs).as_posix() for path in (docs / folder).glob("*.md"))
    named = [name for name in pages if name in there]
    return {title: [*named, *(name for name in there if name not in named)]}
