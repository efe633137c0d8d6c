"""What ships as claims: the collected rows, both documents, and a bibliography without a gap."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from lekti.evidence.bibliography import canonical, load_bibliography
from lekti.evidence.claim import Claim, Evidence
from lekti.evidence.prose import normal
from lekti.evidence.read_claims import load_claims, load_words
from lekti.evidence.read_record import read_record
from lekti.evidence.record import Record
from lekti.evidence.solid import fingerprint

SHARED = Path(os.environ.get("LEKTI_SHARED", Path(__file__).parents[3] / "shared"))
DOCUMENTS = {"PMID:40607310": "000_5bf6d8af370892dc.txt", "text:9f65f9e8fa7c": "002_cee57314dfcdc468.txt"}


def _document(record_id: str) -> Record:
    path = SHARED / "documents" / DOCUMENTS[record_id]
    if not path.is_file():
        pytest.skip(f"the document {path} is not at hand")
    return read_record(path.read_bytes(), name=path.name)


def _rows() -> list[dict[str, str]]:
    path = SHARED / "science" / "knowledge" / "netherton_mechanism.tsv"
    if not path.is_file():
        pytest.skip(f"the collected rows are not at hand ({path})")
    with path.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines, delimiter="\t") if row["id"].startswith("NM")]


def _evidence(record_id: str) -> list[tuple[Claim, Evidence]]:
    return [(claim, one) for claim in load_claims() for one in claim.evidence if one.record_id == record_id]


def test_every_collected_row_is_a_claim_with_its_records() -> None:
    rows = _rows()
    assert len(rows) == 53
    for row in rows:
        claim = load_claims().get(row["id"].replace("NM", "CL0"))
        wanted = {_one_spelling(one) for one in row["reference_ids"].split(";")}
        assert wanted <= set(claim.records), f"{claim.id} lacks {wanted - set(claim.records)}"


def _one_spelling(reference: str) -> str:
    return reference.lower().replace("doi:", "DOI:") if reference.startswith("DOI:") else reference


def test_no_statement_copies_a_collected_row() -> None:
    notes = {row["entry_note"].split(" | ")[0].strip() for row in _rows()}
    assert not notes & {claim.statement.rstrip(".") for claim in load_claims()}


@pytest.mark.parametrize("record_id", DOCUMENTS)
def test_what_rests_on_a_document_is_anchored_in_it(record_id: str) -> None:
    record = _document(record_id)
    assert record_id in record.ids
    held = _evidence(record_id)
    assert len(held) > 25
    for claim, one in held:
        assert one.anchor.state == "anchored", claim.id
        section = record.section(one.anchor.section)
        assert section is not None
        assert section.quotable
        assert fingerprint(section.text) == one.anchor.prose_sha256
        words = normal(section.text).text[one.anchor.start : one.anchor.end]
        assert fingerprint(words) == one.anchor.quote_sha256, claim.id


@pytest.mark.parametrize("record_id", DOCUMENTS)
def test_every_sentence_of_a_document_is_behind_a_claim(record_id: str) -> None:
    record = _document(record_id)
    ranges = [one.anchor for _, one in _evidence(record_id)]
    told = ""
    for section in (one for one in record.sections if one.quotable and one.name != "title"):
        text = normal(section.text).text
        for sentence, start, end in _sentences(text):
            here = [one for one in ranges if one.section == section.name]
            if not any(one.start < end and one.end > start for one in here):
                assert sentence in told + text[:start] or _is_frame(sentence), sentence
        told += text


def _sentences(text: str) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    start = 0
    for place, sign in enumerate(text):
        if sign in ".?:" and text[place + 1 : place + 2] in ("", " "):
            found.append((text[start : place + 1].strip(), start, place + 1))
            start = place + 1
    return found


def _is_frame(sentence: str) -> bool:
    """Whether a sentence says nothing of its own: a label, a question, or the start of a thought."""
    return sentence.endswith("?") or sentence.startswith(
        ("TL;DR", "The pathophysiology of", "The primary cause")
    )


def test_only_records_that_were_held_are_anchored() -> None:
    anchored = {one.record_id for claim in load_claims() for one in claim.evidence if one.anchor.end > 0}
    assert set(DOCUMENTS) <= anchored


def test_every_record_is_in_the_bibliography_under_its_first_id() -> None:
    records = {record for claim in load_claims() for record in claim.records}
    assert records <= set(load_bibliography())
    assert {record: canonical(record) for record in records} == {record: record for record in records}


def test_ids_of_records_have_one_spelling() -> None:
    from lekti.evidence.identifiers import keep_id

    records = {record for claim in load_claims() for record in claim.records}
    assert {record for record in records if keep_id(record) != record} == set()


def test_every_relation_and_word_is_used_or_explained() -> None:
    words = load_words()
    assert all(relation.meaning for relation in words.relations.values())
    assert all(relation.predicate.startswith("biolink:") for relation in words.relations.values())


def test_the_same_child_in_two_papers_is_told() -> None:
    claim = load_claims().get("CL0027")
    assert any("PMID:38634098" in one.note for one in claim.evidence)
