"""Tagged citations keep every tag."""

from __future__ import annotations

import pytest

from lekti.base.errors import InputError
from lekti.evidence.read_nbib import is_nbib, read_nbib


def test_a_tag_that_comes_again_is_a_list_and_a_long_value_goes_on():
    record = read_nbib("PMID- 7\nTI  - One\n      two\nAU  - Doe J\nAU  - Roe A\nXYZ - kept\n", name="x")
    assert record.title == "One two"
    assert record.authors == ("Doe J", "Roe A")
    assert record.front_matter["XYZ"] == "kept"
    assert record.front_matter["AU"] == ["Doe J", "Roe A"]


def test_an_abstract_may_hold_hyphens():
    record = read_nbib("PMID- 7\nTI  - T\nAB  - IgE - total -\n      fell -\n", name="x")
    assert record.section("abstract") == record.sections[1]
    assert record.sections[1].text == "IgE - total -\nfell -"


@pytest.mark.parametrize(
    ("text", "is_one"), [("PMID- 7\n", True), ("\nPMID- 7", True), ("TY  - JOUR\n", False)]
)
def test_nbib_is_known_by_its_tags(text: str, is_one: bool):
    assert is_nbib(text) == is_one


@pytest.mark.parametrize(
    "text", ["PMID- 7\n", "PMID- 7\nno tag\n", "      more\n", "PMID- 7\nTI  - A\nTI  - B\n"]
)
def test_what_is_no_citation_is_refused(text: str):
    with pytest.raises(InputError):
        read_nbib(text, name="x")
