"""Markdown records of every dialect give their sections."""

from __future__ import annotations

import pytest

from lekti.base.errors import InputError
from lekti.evidence.read_markdown import read_markdown

from .material import RECORDS

HEADER = "\n# A title\n**Authors:** Doe J\n**DOI:** [10.5555/a](https://doi.org/10.5555/a)\n\n## Content\n\n"


def read(content: str, kind: str = "abstract_only", more: str = "", header: str = HEADER):
    head = f"---\nreference_id: PMID:7\ntitle: A title\ncontent_type: {kind}\n{more}---\n"
    return read_markdown(head + header + content, name="x")


def sections(*arguments: str) -> dict[str, str]:
    return {section.name: section.text for section in read(*arguments).sections}


def test_prose_is_the_abstract():
    assert sections("The skin is thin.\n") == {"title": "A title", "abstract": "The skin is thin."}


def test_the_line_on_copyright_is_no_part_of_the_abstract():
    assert sections("The skin is thin.\n\n© 2026 The Author(s).\n")["copyright"] == "© 2026 The Author(s)."


def test_full_text_is_cut_at_its_headings():
    found = sections(
        "Abstract\nThin.\n\n## 2. Materials and Methods\nWe looked.\n\nReferences\n1. A.\n", "full_text_pdf"
    )
    assert found == {"title": "A title", "abstract": "Thin.", "methods": "We looked.", "references": "1. A."}


def test_full_text_without_headings_is_one_section():
    assert sections("Thin.\n\nWater is lost.", "full_text_html")["full text"] == "Thin.\n\nWater is lost."


def test_full_text_may_follow_the_text_of_pubmed():
    pubmed = (RECORDS / "paper_twin.pubmed.txt").read_text("utf-8")
    record = read_markdown(
        "---\nreference_id: PMID:99900001\ncontent_type: full_text_xml\n---\n\n## Content\n\n"
        + pubmed
        + "\n\nNetherton syndrome is rare.\n1\n2\n",
        name="x",
    )
    names = [section.name for section in record.sections]
    assert record.content == "full_text"
    assert names[-1] == "full text"
    assert record.title.startswith("Immunoglobulin")
    assert record.authors == ("Sample A", "Invented B", "Fictive C")


@pytest.mark.parametrize(
    ("kind", "content", "how_much"),
    [
        ("abstract_only", "Thin.", "abstract_only"),
        ("unavailable", "", "metadata_only"),
        ("no_pmc", "Thin.", "abstract_only"),
        ("full_text_xml", "Thin.", "full_text"),
        ("url", "Thin.", "page"),
        ("local_file", "Thin.", "page"),
        ("unknown", "Thin.", "full_text"),
    ],
)
def test_how_much_there_is(kind: str, content: str, how_much: str):
    assert read(content, kind).content == how_much


def test_identifiers_of_the_head_are_gathered():
    record = read("Thin.", more="doi: 10.5555/A\npmcid: PMC5\n")
    assert record.ids == ("PMID:7", "PMCID:PMC5", "DOI:10.5555/a")


@pytest.mark.parametrize(
    "reference", ["clinicaltrials:NCT05211830", "ORPHA:634", "GEO:GSE1", "url:https://a.example/"]
)
def test_other_references_keep_their_identifier(reference: str):
    text = f"---\nreference_id: {reference}\ntitle: A\n---\n\n# A\n\n## Content\n\nWords.\n"
    assert read_markdown(text, name="x").id == reference


def test_a_body_without_the_line_on_content_is_read():
    assert (
        sections("", "abstract_only", "", "\n# A title\n**Authors:** Doe J\n\nThin.\n")["abstract"] == "Thin."
    )


@pytest.mark.parametrize("head", ["title: A", "reference_id: 5", "reference_id:"])
def test_a_head_without_reference_is_refused(head: str):
    with pytest.raises(InputError, match="no reference_id"):
        read_markdown(f"---\n{head}\n---\nx", name="x")
