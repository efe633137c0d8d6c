"""Invented papers and pages as plain sections, read from `texts/`, and their marks (italics, citations)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

TEXTS = Path(__file__).resolve().parent / "texts"
NOT_QUOTABLE = frozenset({"affiliations", "conflict of interest", "copyright", "disclaimer"})
_ITALIC = re.compile(r"\*([^*\n]+)\*")
_BELOW = re.compile(r"~([^~\n]+)~")
_CITED = re.compile(r" \[@([\d,@–]+)\]")


@dataclass(frozen=True)
class Part:
    """A named section; paragraphs in the marks of `texts/`."""

    name: str
    paragraphs: tuple[str, ...]

    @property
    def plain(self) -> str:
        """The words as a reader sees them, one space between paragraphs."""
        return " ".join(plain(paragraph) for paragraph in self.paragraphs)


@dataclass(frozen=True)
class Paper:
    """An invented paper or page; `head` holds title, authors, journal, year or updated."""

    key: str
    head: dict[str, str]
    parts: tuple[Part, ...]
    kind: str  # abstract, full or page

    def part(self, name: str) -> Part | None:
        """Return the section with this name, or None."""
        return next((part for part in self.parts if part.name == name), None)


def plain(text: str) -> str:
    """Return marked text without its marks: italics and subscripts fall, [@3] becomes [3]."""
    text = _CITED.sub(lambda found: " [" + found[1].replace("@", "") + "]", text)
    return _BELOW.sub(r"\1", _ITALIC.sub(r"\1", text))


def read_papers() -> tuple[Paper, ...]:
    """Return every paper of `texts/`, in the order of the files and of their lines."""
    papers: list[Paper] = []
    for path in sorted(TEXTS.glob("*.txt")):
        blocks = path.read_text("utf-8").split("\n=== ")[1:]
        papers += [_paper(block, path.stem) for block in blocks]
    return tuple(papers)


def _paper(block: str, stem: str) -> Paper:
    head, *sections = block.split("\n## ")
    key, *lines = head.strip().splitlines()
    parts = tuple(_part(section) for section in sections)
    kind = (
        "page" if stem == "pages" else "full" if any(part.name == "results" for part in parts) else "abstract"
    )
    return Paper(key.strip(), dict(line.split(": ", 1) for line in lines), parts, kind)


def _part(section: str) -> Part:
    name, _, text = section.partition("\n")
    paragraphs = (" ".join(one.split()) for one in text.split("\n\n"))
    return Part(name.strip(), tuple(one for one in paragraphs if one))
