"""Every key of a head is kept, and a head cannot cost much."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lekti.base.errors import InputError
from lekti.evidence.front_matter import read_front_matter, split_front_matter, write_front_matter

LINE = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20)
VALUES = st.recursive(
    st.booleans() | st.integers(-(10**12), 10**12) | LINE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(LINE, inner, max_size=3),
    max_leaves=6,
)
ALL_KEYS = """reference_id: PMID:1
title: "A: title"
authors:
- Doe J
journal: J Test
year: '2025'
doi: 10.5555/a
keywords: [skin, LEKTI]
publication_types:
- Case Reports
content_type: full_text_xml
is_preprint: false
peer_review_status: peer_reviewed
full_text_attempted: true
full_text_provider: pmc
full_text_url: "https://example.org/a.pdf"
oa_status: gold
license: cc-by
local_pdf_path: files/a.pdf
extra_fields_captured: [a]
supplementary_files:
- filename: s1.csv
  download_url: https://example.org/s1.csv
  size_bytes: 120
  checksum: 0a
  description:
extractor_version: 2
html_full_text_version: 1
xml_extraction_version: 3
url_source_version: 1
svg_extraction_version: 1
date_added: 2026-01-02
"""


def test_all_keys_of_dismech_are_kept_with_their_values():
    keys = read_front_matter(ALL_KEYS, name="x")
    assert len(keys) == 25
    assert (keys["year"], keys["extractor_version"], keys["is_preprint"]) == ("2025", 2, False)
    assert keys["date_added"] == "2026-01-02"
    (file,) = keys["supplementary_files"]  # type: ignore[misc]
    assert file == {
        "filename": "s1.csv",
        "download_url": "https://example.org/s1.csv",
        "size_bytes": 120,
        "checksum": "0a",
        "description": None,
    }


@settings(deadline=None)
@given(st.dictionaries(LINE, VALUES, max_size=5))
def test_what_is_written_is_read_back(keys: dict[str, object]):
    assert read_front_matter(write_front_matter(keys), name="x") == keys


def test_both_dialects_name_the_same_paper():
    quoted, plain = (
        read_front_matter(f"reference_id: {each}\n", name="x") for each in ('"PMID:1"', "PMID:1")
    )
    assert quoted == plain


def test_a_head_ends_at_a_line_of_three_hyphens():
    head, body, line = split_front_matter("---\ntitle: a --- b\nc: ---d\n---\n\nBody\n---\n", name="x")
    assert head == "title: a --- b\nc: ---d\n"
    assert body == "\nBody\n---\n"
    assert line == 5


def test_an_empty_head_has_no_keys():
    assert split_front_matter("---\n---\nx", name="x")[:2] == ("", "x")
    assert read_front_matter("", name="x") == {}


@pytest.mark.parametrize("head", ["- a", "words", "5", "? [a]\n: b", "1: a"])
def test_a_head_without_keys_is_refused(head: str):
    with pytest.raises(InputError):
        read_front_matter(head, name="x")
