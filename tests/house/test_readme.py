"""The commands in the README are targets of the Makefile."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))


def _make_commands(text: str) -> set[str]:
    return set(re.findall(r"(?:^|`)make ([a-z-]+)", text, flags=re.MULTILINE))


def test_readme_starts_with_two_commands() -> None:
    assert {"demo", "test"} <= _make_commands((ROOT / "README.md").read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_commands_of_a_page_exist(page: Path) -> None:
    assert _make_commands(page.read_text("utf-8")) - TARGETS == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
    local = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_pages_of_the_site_ask_no_network() -> None:
    theme = [path for path in (ROOT / "docs" / ".theme").iterdir() if path.is_file()]
    assert theme
    assert [
        path.name
        for path in theme
        if re.search(r"(?:src|href|url|@import)[=( \"']*(?:https?:)?//", path.read_text("utf-8"))
    ] == []
