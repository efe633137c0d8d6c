"""Many spellings of an identifier lead to one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lekti.base.errors import InputError
from lekti.evidence.identifiers import find_id, in_order, keep_id, parse_id, text_id


@pytest.mark.parametrize(
    ("spelling", "wanted"),
    [
        ("PMID:40607310", "PMID:40607310"),
        ("pmid: 40607310", "PMID:40607310"),
        ("PMID 040607310", "PMID:40607310"),
        ("pubmed:40607310", "PMID:40607310"),
        ("https://pubmed.ncbi.nlm.nih.gov/40607310/", "PMID:40607310"),
        ("http://www.ncbi.nlm.nih.gov/pubmed/40607310", "PMID:40607310"),
        ("https://europepmc.org/article/MED/40607310", "PMID:40607310"),
        ("PMC12221484", "PMCID:PMC12221484"),
        ("pmcid:pmc12221484.2", "PMCID:PMC12221484"),
        ("PMC:12221484", "PMCID:PMC12221484"),
        ("PMC:PMC12221484", "PMCID:PMC12221484"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC12221484/", "PMCID:PMC12221484"),
        ("https://europepmc.org/articles/PMC12221484", "PMCID:PMC12221484"),
        ("10.1016/J.JACIG.2025.100508", "DOI:10.1016/j.jacig.2025.100508"),
        ("doi:10.1016/j.jacig.2025.100508.", "DOI:10.1016/j.jacig.2025.100508"),
        ("https://doi.org/10.1002/(SICI)1097-0134%3C1::AID%3E3", "DOI:10.1002/(sici)1097-0134<1::aid>3"),
        ("https://Example.org/a?b=c#part", "url:https://example.org/a?b=c"),
        ("url:https://example.org", "url:https://example.org/"),
        ("text:0123456789AB", "text:0123456789ab"),
    ],
)
def test_a_spelling_leads_to_the_one(spelling: str, wanted: str):
    assert parse_id(spelling) == wanted
    assert parse_id(wanted) == wanted


NONE = """PMID: | PMID:0 | PMID:12a | PMC | 10.1/x | file:///etc/passwd | ftp://a/b | https:// | text:12
| https://user:secret@example.org/ | https://exa mple.org/ | http://[::1 | javascript:alert(1) | | words"""


@pytest.mark.parametrize("text", [*NONE.split("|"), "PMID:1\n2"])
def test_what_is_none_is_refused(text: str):
    with pytest.raises(InputError, match="is no identifier"):
        parse_id(text)


def test_a_bare_number_gets_a_hint():
    with pytest.raises(InputError, match="Write PMID:40607310 if it is a PubMed number"):
        parse_id("40607310")


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_an_identifier_or_none(text: str):
    found = find_id(text)
    assert found is None or find_id(found) == found
    kept = keep_id(text)
    assert kept is None or keep_id(kept) == kept


def test_other_prefixes_are_kept_as_they_stand():
    assert keep_id("ORPHA:634") == "ORPHA:634"
    assert keep_id("pmid:none") is None


def test_identifiers_stand_in_one_order():
    ids = ("DOI:10.1234/a", "url:https://a.b/", "PMCID:PMC2", None, "PMID:1", "PMID:1")
    assert in_order(ids, "") == ("PMID:1", "PMCID:PMC2", "DOI:10.1234/a", "url:https://a.b/")
    assert in_order([None], "words") == (text_id("words"),)


@pytest.mark.parametrize("same", ["words\n", "\ufeffwords", " words\r\n", "words\r"])
def test_line_ends_do_not_change_a_text(same: str):
    assert text_id(same) == text_id("words") != text_id("word")
