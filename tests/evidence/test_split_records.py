"""A file with several papers gives each of them, and one paper stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from lekti.base.errors import InputError
from lekti.evidence.add_records import add_records
from lekti.evidence.read_record import read_record
from lekti.evidence.split_records import read_records
from lekti.evidence.store import Store

from .material import PAGE, PAPERS, RECORDS, twin


def other(name: str) -> str:
    """Return the twin under other identifiers."""
    text = (RECORDS / name).read_text("utf-8").replace("99900001", "99900002")
    return text.replace("lekti.twin.0001", "lekti.twin.0002").replace("1. J Twin", "2. J Twin")


def both(name: str) -> bytes:
    first = (RECORDS / name).read_text("utf-8")
    if name.endswith(".xml"):
        inner = other(name)[other(name).index("<PubmedArticle>") : other(name).index("</PubmedArticleSet>")]
        return first.replace("</PubmedArticleSet>", inner + "</PubmedArticleSet>").encode()
    return f"{first}\n\n{other(name)}".encode()


@pytest.mark.parametrize("name", ["paper_twin.nbib", "paper_twin.pubmed.txt", "paper_twin.pubmed.xml"])
def test_two_papers_in_a_file_are_two_records(name: str):
    first, second = read_records(both(name), name="two")
    assert [first.id, second.id] == ["PMID:99900001", "PMID:99900002"]
    assert first.sections == twin(name).sections
    assert second.section("abstract") == first.section("abstract")


@pytest.mark.parametrize("name", ["paper_twin.nbib", "paper_twin.pubmed.txt", "paper_twin.pubmed.xml"])
def test_one_record_is_never_made_of_two_papers(name: str):
    with pytest.raises(InputError, match="citations"):
        read_record(both(name), name="two")


@pytest.mark.parametrize("name", [*PAPERS, PAGE])
def test_one_paper_keeps_its_bytes(name: str):
    (record,) = read_records((RECORDS / name).read_bytes(), name=name)
    assert record == twin(name)


def test_the_paper_that_is_broken_is_named_by_its_number():
    source = both("paper_twin.nbib").replace(b"TI  - ", b"XX  - ").replace(b"XX  - ", b"TI  - ", 1)
    with pytest.raises(InputError, match="two, paper 2"):
        read_records(source, name="two")


def test_all_papers_of_a_file_are_added(tmp_path: Path):
    file = tmp_path / "two.nbib"
    file.write_bytes(both("paper_twin.nbib"))
    store = Store(tmp_path / "records")
    (done,) = add_records([str(file)], store, from_text=False, full_text=False, force=False)
    assert [added.outcome for added in done.added] == ["new", "new"]
    assert [record.id for record in store.all()] == ["PMID:99900001", "PMID:99900002"]
