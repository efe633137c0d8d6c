"""The text layout of PubMed: paragraphs in a fixed order, from the citation to the identifiers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from lekti.base.errors import InputError
from lekti.base.tables import knowledge_table
from lekti.evidence.identifiers import find_id, in_order
from lekti.evidence.record import Content, Record
from lekti.evidence.section_names import is_known_heading, numbered, section_name

_CITATION = re.compile(r"(?:\d{1,7}\.\s+)?(?P<journal>[^\s#>|][^\n]{0,200}?)\.\s+(?P<year>[12]\d{3})\b")
_IDENTIFIER = re.compile(r"(?P<kind>PMID|PMCID|DOI):[ \t]*(?P<value>\S+)[^\n]*")
_MARKS = re.compile(r"(?:\([\d#*]+\)|\[\d+\]|[#*])+")
_INITIALS = re.compile(r"\S.{0,60}\s[A-Z]{1,5}(?:\s(?:Jr|Sr|2nd|3rd|\d?th|II|III|IV))?", re.DOTALL)
_LABELS = (
    ("Author information:", "affiliations"),
    ("Collaborators:", "affiliations"),
    ("Collaborators(", "affiliations"),
    ("Conflict of interest statement:", "conflict of interest"),
    ("Comment in", "notes"),
    ("Comment on", "notes"),
    ("Erratum in", "notes"),
    ("Erratum for", "notes"),
    ("Update in", "notes"),
    ("Update of", "notes"),
    ("Republished in", "notes"),
    ("Retraction in", "notes"),
    ("Retraction of", "notes"),
    ("Expression of concern in", "notes"),
    ("[Article in ", "notes"),
    ("[Indexed for ", "notes"),
)
_NO_AUTHORS = "[No authors listed]"
LONGEST_COPYRIGHT = 60
_HEAD = frozenset(
    {"abstract", "affiliations", "authors", "citation", "conflict of interest", "copyright"}
    | {"identifiers", "notes", "title"}
)


@dataclass
class Paper:
    """What the paragraphs hold, in the order in which they come."""

    parts: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    authors: tuple[str, ...] = ()
    journal: str = ""
    year: str = ""
    ids: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        """Return the text of the first part with this name, or nothing."""
        return next((text for part, text in self.parts if part == name), "")

    def content(self) -> Content:
        """Tell how much of the paper there is."""
        if {name for name, _ in self.parts} - _HEAD:
            return "full_text"
        return "abstract_only" if self.text("abstract") else "metadata_only"


def is_pubmed_text(text: str) -> bool:
    """Tell whether a text begins with a citation and names a PubMed identifier on a line of its own."""
    return bool(_CITATION.match(text.lstrip()) and re.search(r"^PMID:[ \t]*\d", text, re.MULTILINE))


def read_pubmed_text(text: str, *, name: str) -> Record:
    """Return the record that PubMed prints as text.

    Raises `InputError` for a text without a citation and title, and for one with several citations.
    """
    if _has_several(text):
        raise InputError("The file holds several citations", where=name, expected="one citation")
    paper = read_paper(text, name=name)
    ids = in_order(paper.ids, text)
    return Record(
        id=ids[0],
        ids=ids,
        title=one_line(paper.text("title")),
        authors=paper.authors,
        journal=paper.journal,
        year=paper.year,
        content=paper.content(),
        sections=numbered(paper.parts),
        front_matter={},
        form="pubmed_text",
        raw=text,
    )


def read_paper(text: str, *, name: str) -> Paper:
    """Return the parts of the PubMed text layout; what follows its end is full text."""
    blocks = paragraphs(text)
    match = _CITATION.match(blocks[0]) if blocks else None
    if match is None or len(blocks) < 2:
        raise InputError(
            "The text holds no citation and title", where=f"{name}:1", expected="the text layout of PubMed"
        )
    paper = Paper(journal=match["journal"].strip(), year=match["year"])
    paper.parts += [("citation", blocks[0]), ("title", blocks[1])]
    rest = _take_authors(paper, blocks[2:])
    rest = _take_abstract(paper, rest)
    paper.parts += full_text_parts(rest)
    return paper


def paragraphs(text: str) -> list[str]:
    """Return the blocks of lines between empty lines."""
    return [block.strip("\n") for block in re.split(r"\n(?:[ \t]*\n)+", text.strip()) if block.strip()]


def full_text_parts(blocks: list[str]) -> list[tuple[str, str]]:
    """Cut paragraphs into sections at headings that stand on a line of their own.

    >>> full_text_parts(["A word.", "## Methods\\nWe looked."])
    [('full text', 'A word.'), ('methods', 'We looked.')]
    """
    parts: list[tuple[str, list[str]]] = []
    for line in "\n\n".join(blocks).split("\n"):
        if re.match(r"#{1,6}\s+\S", line) or is_known_heading(line):
            parts.append((section_name(line), []))
            continue
        if not parts:
            parts.append(("full text", []))
        parts[-1][1].append(line)
    return [(label, text) for label, lines in parts if (text := "\n".join(lines).strip("\n"))]


def one_line(text: str) -> str:
    """Return a text on one line, with single spaces."""
    return " ".join(text.split())


def is_copyright(block: str) -> bool:
    """Tell whether a paragraph begins as a line on copyright does, or is short and speaks of rights."""
    plain = one_line(block).lower()
    cues = _copyright_cues()
    if plain.startswith(cues["start"]):
        return True
    return len(plain.split()) < LONGEST_COPYRIGHT and any(cue in plain for cue in cues["inside"])


def _has_several(text: str) -> bool:
    """Tell whether a second numbered citation begins below two empty lines, and two PMIDs are named."""
    if len(re.findall(r"^PMID:[ \t]*\d", text, re.MULTILINE)) < 2:
        return False
    lines = text.strip().split("\n")
    return any(
        re.match(r"\d{1,6}\. \S", line) and not lines[number - 1].strip() and not lines[number - 2].strip()
        for number, line in enumerate(lines)
        if number > 1
    )


def _take_authors(paper: Paper, blocks: list[str]) -> list[str]:
    if not blocks:
        return blocks
    followed = len(blocks) > 1 and blocks[1].startswith("Author information:")
    if blocks[0].strip() == _NO_AUTHORS:
        paper.parts.append(("authors", blocks[0]))
        return blocks[1:]
    if not followed and not _are_names(blocks[0]):
        return blocks
    paper.parts.append(("authors", blocks[0]))
    paper.authors = _names(blocks[0])
    return blocks[1:]


def _names(block: str) -> tuple[str, ...]:
    plain = _MARKS.sub("", one_line(block)).rstrip(". ")
    return tuple(name.strip() for name in re.split(r"[,;]", plain) if name.strip())


def _are_names(block: str) -> bool:
    names = _names(block)
    return bool(names) and all(_INITIALS.fullmatch(name) or name == "et al" for name in names)


def _take_abstract(paper: Paper, blocks: list[str]) -> list[str]:
    """Sort the paragraphs up to the identifiers and the statement on interests; return the others."""
    ends = [i for i, block in enumerate(blocks) if _is_identifiers(block)]
    last = ends[0] if ends else len(blocks) - 1
    abstract: list[str] = []
    for block in blocks[: last + 1]:
        label = _label(block)
        if label:
            paper.parts.append((label, block))
        else:
            abstract.append(block)
    if abstract and is_copyright(abstract[-1]):
        paper.parts.append(("copyright", abstract.pop()))
    if abstract:
        paper.parts.append(("abstract", "\n\n".join(abstract)))
    if ends:
        paper.ids = _ids(blocks[last])
    rest = blocks[last + 1 :]
    while rest and (label := _label(rest[0])):
        paper.parts.append((label, rest.pop(0)))
    return rest


def _label(block: str) -> str:
    if _is_identifiers(block):
        return "identifiers"
    return next((label for start, label in _LABELS if block.startswith(start)), "")


def _is_identifiers(block: str) -> bool:
    return all(_IDENTIFIER.fullmatch(line.strip()) for line in block.split("\n"))


def _ids(block: str) -> tuple[str, ...]:
    found = (find_id(f"{match['kind']}:{match['value']}") for match in _IDENTIFIER.finditer(block))
    return tuple(each for each in found if each)


@cache
def _copyright_cues() -> dict[str, tuple[str, ...]]:
    table = knowledge_table("records/copyright_cues.tsv")
    return {
        place: tuple(row["words"].lower() for row in table if row["place"] == place)
        for place in ("start", "inside")
    }
