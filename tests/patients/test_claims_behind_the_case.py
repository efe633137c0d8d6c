"""What the built-in case says rests on claims that say the same."""

from __future__ import annotations

import pytest

from lekti.evidence.bibliography import canonical
from lekti.evidence.claim import Link
from lekti.evidence.read_claims import load_claims
from lekti.patients.library import load_case

CASE = load_case("index")
LINKS = tuple(link for link in load_claims().links if link.kind == "case")
ENTRIES = {one.id: one for one in (*CASE.course.events, *CASE.course.treatments)}


def test_there_are_links_and_each_names_an_entry() -> None:
    names = [link.name.partition(":")[::2] for link in LINKS]
    assert {case for case, _ in names} == {"index"}
    assert {entry for _, entry in names} <= {*ENTRIES, "genotype"}
    assert {one.id for one in CASE.course.measurements} <= {entry for _, entry in names}


@pytest.mark.parametrize("measurement", CASE.course.measurements, ids=lambda one: one.id)
def test_a_measured_value_is_the_one_of_its_claim(measurement: object) -> None:
    (claim,) = load_claims().behind("case", f"index:{measurement.id}")  # type: ignore[attr-defined]
    assert claim.quantity is not None
    assert claim.quantity.values == (measurement.value,)  # type: ignore[attr-defined]
    assert claim.records == (canonical(measurement.source),)  # type: ignore[attr-defined]


def test_the_variant_and_the_age_are_those_of_their_claims() -> None:
    (variant,) = load_claims().behind("case", "index:genotype")
    assert variant.object is not None
    assert all(variant.object.label.removeprefix("SPINK5 ") in str(allele) for allele in CASE.alleles)
    start = next(claim for claim in load_claims().behind("case", "index:dupilumab") if claim.quantity)
    assert start.quantity is not None
    assert start.quantity.values[0] * 365.25 == pytest.approx(CASE.course.treatment("dupilumab").start)


@pytest.mark.parametrize("link", LINKS, ids=lambda one: one.name)
def test_every_claim_behind_the_case_is_anchored(link: Link) -> None:
    assert load_claims().get(link.claim_id).evidence[0].anchor.state == "anchored"
