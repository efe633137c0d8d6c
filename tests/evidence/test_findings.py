"""What is wrong with a record is found and said, and the record stays as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lekti.base.tables import knowledge_table
from lekti.evidence.findings import findings
from lekti.evidence.read_record import read_record, read_text_page
from lekti.evidence.record import Record

from .material import PAGE, PAPERS, RECORDS, founding_text, twin

FAULTS_OF_THE_PAGE = {
    "truncated_list",
    "duplicate",
    "glued_question",
    "missing_reviewer",
    "missing_review_date",
    "no_source",
}


def codes(record: Record) -> set[str]:
    return {finding.code for finding in findings(record)}


def page(text: str) -> Record:
    return read_text_page(text.encode(), name="page.txt")


def paper(old: str, new: str, name: str = "paper_twin.md") -> Record:
    source = (RECORDS / name).read_text("utf-8")
    assert old in source
    return read_record(source.replace(old, new).encode(), name=name)


def test_the_page_has_its_faults_told():
    record = twin(PAGE)
    assert codes(record) == FAULTS_OF_THE_PAGE
    cut = [finding.sentence for finding in findings(record) if finding.code == "truncated_list"]
    assert len(cut) == 2
    assert "leads to:" in cut[0]
    assert "exploring:" in cut[1]


def test_the_paper_has_one_character_garbled():
    (finding,) = findings(twin("paper_twin.md"))
    assert (finding.code, finding.where) == ("mojibake", "copyright")
    assert "'Â©' stands for '©'" in finding.sentence


@pytest.mark.parametrize("name", [name for name in PAPERS if name != "paper_twin.md"])
def test_a_sound_paper_has_no_finding(name: str):
    assert findings(twin(name)) == ()


def test_nothing_is_repaired():
    assert "Â©" in twin("paper_twin.md").raw


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The skin is thin. It lets out water and:\n\n- salt\n- heat", ""),
        ("TL;DR: Skin.\nThe list of causes:\nDifferent words.", "truncated_list"),
        ("TL;DR: Skin.\nIt ends here …", "truncated_text"),
        ("Abstract. Fine.", ""),
        ("AbstractNetherton syndrome is rare.", "glued_heading"),
        ("IgE &gt; 1000 IU/mL", "entity"),
        ("the skin\ufffds barrier", "lost_character"),
        ("the skinâ€™s barrier", "mojibake"),
    ],
)
def test_a_page_with_one_fault_has_it_told(text: str, code: str):
    usual = {"missing_date", "no_source"}
    assert codes(page(text)) - usual == ({code} if code else set())


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("Medically reviewed by Dr A. Person, 2026-02-03 · Last updated: 2026-02-04", set[str]()),
        ("Medically reviewed by Dr A. Person · Last updated: 2026-02-04", {"missing_review_date"}),
        (
            "Medically reviewed summary | Last updated: 2026-02-04",
            {"missing_reviewer", "missing_review_date"},
        ),
        ("Short answer · not medically reviewed", {"missing_date"}),
    ],
)
def test_reviewer_and_dates_are_missed(head: str, told: set[str]):
    assert codes(page(f"{head}\nTL;DR: Skin [1].")) == told


def test_the_head_and_the_text_must_name_one_paper():
    told = paper('reference_id: "PMID:99900001"', 'reference_id: "PMID:99900002"')
    assert codes(told) == {"mojibake", "id_conflict"}
    told = paper('title: "Immunoglobulin and', 'title: "Ointment and')
    assert "title_conflict" in codes(told)


def test_a_garbled_name_in_the_head_is_told_once():
    told = findings(paper("- Sample A", "- MÃ¼ller A", "paper_twin_prose.md"))
    assert [(finding.where, finding.code) for finding in told] == [("head, authors", "mojibake")]
    assert "'Ã¼' stands for 'ü'" in told[0].sentence
    assert len(findings(paper("AU  - Sample A", "AU  - MÃ¼ller A", "paper_twin.nbib"))) == 1


def test_a_power_of_ten_that_lost_its_height_is_told():
    told = paper("hair grew.", "hair grew on 10<sup>9</sup> cells.", "paper_twin.pubmed.xml")
    (finding,) = findings(told)
    assert finding.sentence == "a raised number stands on the line: '109' means '10^9'"


def test_a_retraction_and_a_correction_are_told():
    notice = '<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>J</RefSource>'
    ends = "</CommentsCorrections></CommentsCorrectionsList><CoiStatement>"
    assert codes(paper("<CoiStatement>", notice + ends, "paper_twin.pubmed.xml")) == {"retracted"}
    assert codes(paper("PST - epublish", "EIN - J Twin Rec. 2026;1:9", "paper_twin.nbib")) == {"corrected"}
    assert codes(paper("PT  - Case Reports", "PT  - Retracted Publication", "paper_twin.nbib")) == {
        "retracted"
    }


def test_a_paper_without_year_authors_and_words_says_so():
    record = replace(twin("paper_twin.nbib"), year="", authors=(), content="metadata_only")
    assert codes(record) == {"missing_year", "missing_authors", "missing_abstract"}


def test_two_papers_on_one_child_point_at_each_other():
    told = findings(paper("PMID- 99900001", "PMID- 38406644", "paper_twin.nbib"))
    assert [(finding.code, "PMID:38634098" in finding.sentence) for finding in told] == [
        ("same_patient", True)
    ]


def test_every_finding_has_a_sentence_of_its_own():
    sentences = [row["sentence"] for row in knowledge_table("records/findings.tsv")]
    assert len(set(sentences)) == len(sentences)


def test_the_founding_texts_have_their_faults_told():
    first = founding_text("000")
    assert codes(read_record(first.read_bytes(), name=first.name)) == {"mojibake"}
    second = founding_text("002")
    assert codes(read_record(second.read_bytes(), name=second.name)) == FAULTS_OF_THE_PAGE
