"""References name the record once, every reason for it, and nothing of a withdrawn claim."""

from __future__ import annotations

import json
import re

import pytest

from lekti.evidence.bibliography import Entry, canonical, entry_of, load_bibliography
from lekti.evidence.bibtex import bibtex, bibtex_key
from lekti.evidence.citation import Citation, Reason, citation_text, gather, reasons_of_claim
from lekti.evidence.csl import csl_items
from lekti.evidence.read_claims import load_claims
from lekti.evidence.record import Record

INDEX = "PMID:40607310"


def _citation(**changes: object) -> Citation:
    entry = entry_of(INDEX)
    known = {name: getattr(entry, name) for name in entry.__dataclass_fields__}
    return Citation(Entry(**(known | changes)), (Reason("number ige", "CL0101"),))


def test_one_paper_under_three_ids_is_one_reference() -> None:
    reasons = [
        (one, Reason("a reason")) for one in (INDEX, "PMCID:PMC12221484", "DOI:10.1016/j.jacig.2025.100508")
    ]
    (citation,) = gather(reasons)
    assert citation.entry.id == INDEX
    assert citation.reasons == (Reason("a reason"),)


def test_a_claim_is_cited_for_what_it_says() -> None:
    (citation,) = gather(reasons_of_claim(load_claims().get("CL0101")))
    assert citation_text(citation) == (
        "Johar R, Khojah A, Goronfolah L. Successful management of Netherton syndrome using IVIG and "
        "dupilumab: A case report. J Allergy Clin Immunol Glob 2025;4(3):100508. PMID:40607310, "
        "PMCID:PMC12221484, DOI:10.1016/j.jacig.2025.100508. https://identifiers.org/pubmed:40607310\n"
        "    for: supports: Total IgE of the boy fell from 1078 to 55.8 IU/mL after dupilumab (CL0101)"
    )


def test_a_withdrawn_claim_is_cited_for_nothing() -> None:
    withdrawn = load_claims().without("CL0101").get("CL0101")
    assert reasons_of_claim(withdrawn) == ()


def test_bibtex_has_authors_place_and_reason() -> None:
    text = bibtex([_citation()])
    assert text.startswith(
        "@article{johar2025_40607310,\n  author = {Johar, R. and Khojah, A. and Goronfolah, L.},"
    )
    assert "journal = {J Allergy Clin Immunol Glob}" in text
    assert "volume = {4},\n  number = {3},\n  pages = {100508}" in text
    assert "doi = {10.1016/j.jacig.2025.100508}" in text
    assert "note = {cited for number ige (CL0101)}" in text


def test_bibtex_escapes_what_would_break_it() -> None:
    text = bibtex([_citation(title="50% of A_B & {C} $ #1 \\ ~ ^")])
    assert r"title = {{50\% of A\_B \& \{C\} \$ \#1 / - }}" in text
    assert _balanced(text)


def test_every_shipped_record_becomes_balanced_bibtex_with_its_own_key() -> None:
    entries = {entry.id: entry for entry in load_bibliography().values()}
    keys = [bibtex_key(entry) for entry in entries.values()]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[a-z]+\d*_[a-z0-9]*", key) for key in keys)
    assert all(_balanced(bibtex([Citation(entry, (Reason("x"),))])) for entry in entries.values())


def _balanced(text: str) -> bool:
    bare = re.sub(r"\\[{}]", "", text)
    return bare.count("{") == bare.count("}")


def test_csl_splits_names_and_keeps_institutions_whole() -> None:
    (paper,) = csl_items([_citation()])
    assert paper["author"] == [
        {"family": "Johar", "given": "R."},
        {"family": "Khojah", "given": "A."},
        {"family": "Goronfolah", "given": "L."},
    ]
    assert paper["issued"] == {"date-parts": [[2025]]}
    (tables,) = csl_items(
        gather([("url:https://www.who.int/tools/child-growth-standards", Reason("growth"))])
    )
    assert tables["author"] == [{"literal": "World Health Organization"}]
    assert json.loads(json.dumps(tables)) == tables


def test_authors_that_are_not_listed_are_said_to_be_missing() -> None:
    (citation,) = gather([("PMID:17596512", Reason("x"))])
    assert "author = {{Deraison} and others}" in bibtex([citation])
    assert "Deraison and others." in citation_text(citation)


def test_a_record_at_hand_completes_the_reference() -> None:
    own = Record(
        id="PMID:17596512",
        ids=("PMID:17596512",),
        title="A title.",
        authors=("Deraison C", "Other B"),
        journal="A journal",
        year="2007",
        content="abstract_only",
        sections=(),
        front_matter={},
        form="nbib",
        raw="",
    )
    (citation,) = gather([("PMID:17596512", Reason("x"))], {"PMID:17596512": own}.get)
    assert citation.entry.authors == ("Deraison C", "Other B")
    assert citation.entry.title == "A title"
    assert "and others" not in citation_text(citation)


@pytest.mark.parametrize("record", ["PMID:1", "case-file:own", "own-record"])
def test_a_record_nobody_knows_is_cited_by_its_id(record: str) -> None:
    (citation,) = gather([(record, Reason("x"))])
    assert citation.entry.id == record
    assert canonical(record) == record
    assert bibtex([citation])
    assert csl_items([citation])


def test_many_claims_behind_one_number_are_counted() -> None:
    reasons = [("PMID:1", Reason("number igg_mother", f"CL03{place:02d}")) for place in range(13)]
    (citation,) = gather(reasons)
    assert "for: number igg_mother (CL0300, CL0301, CL0302 and 10 more)" in citation_text(citation)
