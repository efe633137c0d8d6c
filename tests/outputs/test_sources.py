"""Records are numbered once and linked only where the address is certain."""

from __future__ import annotations

import pytest

from lekti.outputs.sources import link, numbered


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("PMID:40607310", "https://pubmed.ncbi.nlm.nih.gov/40607310/"),
        ("PMC9302614", "https://pmc.ncbi.nlm.nih.gov/articles/PMC9302614/"),
        ("DOI:10.3389/fimmu.2022.864449", "https://doi.org/10.3389/fimmu.2022.864449"),
        ("JHI:2025;1(CIS2025).23", ""),
        ("own-record", ""),
    ],
)
def test_a_record_has_its_own_address_or_none(name: str, address: str) -> None:
    assert link(name) == address


@pytest.mark.parametrize(
    "name", ["javascript:alert(1)", "PMID:1<script>", 'DOI:10.1234/"onclick="x', "data:text/html,x"]
)
def test_hostile_names_get_no_address(name: str) -> None:
    assert link(name) == ""


def test_sources_are_numbered_in_the_order_they_appear() -> None:
    found = numbered(["b", "a", "b", "", "-", "own-record"])
    assert [(source.number, source.name) for source in found.values()] == [
        (1, "b"),
        (2, "a"),
        (3, "the case file itself"),
    ]
