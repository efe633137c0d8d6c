"""The text layout of PubMed is cut into its parts whatever parts there are."""

from __future__ import annotations

import pytest

from lekti.base.errors import InputError
from lekti.evidence.read_pubmed_text import is_copyright, read_pubmed_text

HEAD = "1. J Twin Rec. 2026 Feb 3;1(1):1. doi: 10.5555/a.\n\nA title of\nthe paper.\n\n"
ENDS = "\n\nDOI: 10.5555/a\nPMCID: PMC5 [Available on 2027-01-01]\nPMID: 7 [Indexed for MEDLINE]\n"


def parts(text: str) -> dict[str, str]:
    record = read_pubmed_text(text, name="x")
    assert record.ids == ("PMID:7", "PMCID:PMC5", "DOI:10.5555/a")
    return {section.name: " ".join(section.text.split()) for section in record.sections}


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        (
            "Doe J(1), de la Cruz Roe AB(1)(2), O'Neil-Smith C Jr(#)(3).",
            ("Doe J", "de la Cruz Roe AB", "O'Neil-Smith C Jr"),
        ),
        ("Doe J, Roe A.", ("Doe J", "Roe A")),
        ("[No authors listed]", ()),
    ],
)
def test_authors(authors: str, names: tuple[str, ...]):
    text = f"{HEAD}{authors}\n\nThe skin is thin.{ENDS}"
    assert read_pubmed_text(text, name="x").authors == names
    assert parts(text)["abstract"] == "The skin is thin."


def test_an_abstract_without_authors_is_not_taken_for_them():
    assert parts(f"{HEAD}Skin is thin, water is lost, itch is strong.{ENDS}")["abstract"].startswith("Skin")


def test_a_group_of_authors_is_known_by_the_addresses_below():
    text = f"{HEAD}The Twin Study Group.\n\nAuthor information:\n(1)Utopia.\n\nThe skin is thin.{ENDS}"
    assert read_pubmed_text(text, name="x").authors == ("The Twin Study Group",)
    assert parts(text)["affiliations"] == "Author information: (1)Utopia."


def test_a_structured_abstract_keeps_its_labels():
    text = f"{HEAD}Doe J.\n\nBACKGROUND: Why.\n\nRESULTS: IgE fell.\n\n© 2026 The Author(s).{ENDS}"
    assert parts(text)["abstract"] == "BACKGROUND: Why. RESULTS: IgE fell."
    assert parts(text)["copyright"] == "© 2026 The Author(s)."


def test_notes_interests_and_full_text_are_told_apart():
    text = (
        f"{HEAD}Doe J.\n\nComment in\n    Other J. 2026;1:2.\n\nThe skin is thin.{ENDS}"
        "\nConflict of interest statement: None.\n\n\nNetherton syndrome is rare.\n\nMethods\nWe looked.\n"
    )
    found = parts(text)
    assert found["notes"].startswith("Comment in")
    assert found["conflict of interest"] == "Conflict of interest statement: None."
    assert (found["full text"], found["methods"]) == ("Netherton syndrome is rare.", "We looked.")
    assert read_pubmed_text(text, name="x").content == "full_text"


def test_a_citation_alone_has_no_words():
    assert read_pubmed_text(f"{HEAD}Doe J.{ENDS}", name="x").content == "metadata_only"


@pytest.mark.parametrize("text", ["", "words", "1. J Twin Rec. 2026.", "# 1. A. 2026\n\nT"])
def test_what_has_no_citation_and_title_is_refused(text: str):
    with pytest.raises(InputError, match="no citation and title"):
        read_pubmed_text(text, name="x")


@pytest.mark.parametrize(
    ("block", "is_line"),
    [
        ("© 2026 The Author(s).", True),
        ("The Author(s). This is an open access article.", True),
        ("J Twin Rec 2026. (c) 2026 Elsevier Inc. All rights reserved.", True),
        ("The authors report a boy.", False),
        ("Copyright" + " of words" * 80, True),
        ("One trial had all rights reserved" + " and more words" * 30, False),
    ],
)
def test_lines_on_copyright(block: str, is_line: bool):
    assert is_copyright(block) == is_line
