"""An abstract has one fingerprint, whatever layout it came in: an anchor in one holds in all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lekti.evidence.read_record import read_record
from lekti.evidence.record import Record, Section
from lekti.evidence.solid import fingerprint
from lekti.evidence.write_record import write_record

from .material import PAPERS, twin

FORMS = ("markdown", "pubmed_xml", "nbib", "pubmed_text", "jats")
LABELLED = {
    "pubmed_text": """1. J Twin Rec. 2026.

T.

Doe J.

AIM: To see
if IgE > 5
falls.

RESULTS: It fell.

PMID: 7
""",
    "nbib": """PMID- 7
TI  - T.
AB  - AIM: To see if
      IgE > 5 falls. RESULTS: It fell.
AU  - Doe J
""",
    "pubmed_xml": """<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>7</PMID><Article>
<ArticleTitle>T.</ArticleTitle><Abstract>
<AbstractText Label="AIM">To see if <i>IgE</i> &gt; 5 falls.</AbstractText>
<AbstractText Label="Results">It fell.</AbstractText>
</Abstract></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>
""",
    "jats": """<article><front><article-meta><article-id pub-id-type="pmid">7</article-id>
<title-group><article-title>T.</article-title></title-group><abstract><title>Abstract</title>
<sec><title>Aim</title><p>To see if IgE &gt; 5
falls.</p></sec><sec><title>Results:</title><p>It fell.</p></sec>
</abstract></article-meta></front></article>
""",
    "markdown": """---
reference_id: PMID:7
title: T.
content_type: abstract_only
---

# T.

## Content

AIM: To see if IgE > 5 falls. RESULTS: It fell.
""",
}


def print_of(record: Record, name: str = "abstract") -> str:
    section = record.section(name)
    assert section is not None
    return fingerprint(section.text)


def test_the_twin_has_one_fingerprint():
    assert len({print_of(twin(name)) for name in PAPERS}) == 1


def test_an_abstract_with_labels_has_one_fingerprint():
    records = {form: read_record(text.encode(), name=form) for form, text in LABELLED.items()}
    assert {record.form for record in records.values()} == set(FORMS)
    assert {record.id for record in records.values()} == {"PMID:7"}
    assert {form: print_of(record) for form, record in records.items()} == dict.fromkeys(
        FORMS, print_of(records["nbib"])
    )


@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None)
@given(
    words=st.lists(
        st.builds(
            str.__add__,
            st.sampled_from("abcdefgSPINµ"),
            st.text("abcdefgSPIN0159.,;:()<>&+-–%≥µ", max_size=11),
        ),
        min_size=3,
        max_size=60,
    )
)
def test_a_written_abstract_keeps_its_fingerprint(form: str, words: list[str]):
    text = "We " + " ".join(words)
    record = Record(
        id="PMID:7",
        ids=("PMID:7",),
        title="T",
        authors=("Doe J",),
        journal="J",
        year="2026",
        content="abstract_only",
        sections=(Section("title", "T", True), Section("abstract", text, True)),
        front_matter={},
        form="answer_page",
        raw="",
    )
    again = read_record(write_record(record, form).text.encode(), name=form)
    assert print_of(again) == fingerprint(text)
