"""Where the records of our own lie, and the two founding texts if they are beside the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lekti.evidence.read_record import read_record
from lekti.evidence.record import Record

RECORDS = Path(__file__).parents[1] / "material" / "records"
PAPER = ("paper_twin.md", "paper_twin_prose.md", "paper_twin.pubmed.txt", "paper_twin.pubmed.xml")
PAPERS = (*PAPER, "paper_twin.nbib", "paper_twin.jats.xml")
PAGE = "page_twin.txt"
_DEFAULT = Path(__file__).resolve().parents[2].parent / "shared"


def twin(name: str) -> Record:
    """Return a record of our own."""
    return read_record((RECORDS / name).read_bytes(), name=name)


def founding_text(number: str) -> Path:
    """Return the file of a founding text, or skip the test."""
    folder = Path(os.environ.get("LEKTI_SHARED", _DEFAULT)) / "documents"
    found = sorted(folder.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip(f"the founding text {number} is not beside the repository (LEKTI_SHARED)")
    return found[0]
