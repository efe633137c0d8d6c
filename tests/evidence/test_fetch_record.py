"""Records come from services that answer as PubMed, Europe PMC and Crossref do, well or badly."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from lekti.base.errors import InputError, MachineError
from lekti.evidence import add_records as module
from lekti.evidence.add_records import add_records
from lekti.evidence.fetch_record import Fetched, fetch_record
from lekti.evidence.store import Store
from lekti.evidence.web import NotThere, Web

from .local_service import LocalService, Reply
from .material import RECORDS, twin

EFETCH, SEARCH = "/eutils/efetch.fcgi", "/europepmc/search"
FULL_TEXT = "/europepmc/PMC99900001/fullTextXML"
WORK = "/crossref/works/10.5555%2Flekti.twin.0001"
PUBMED = Reply((RECORDS / "paper_twin.pubmed.xml").read_bytes(), kind="text/xml; charset=UTF-8")
JATS = Reply((RECORDS / "paper_twin.jats.xml").read_bytes(), kind="application/xml")
CROSSREF = {
    "DOI": "10.5555/LEKTI.twin.0001",
    "title": ["A <i>twin</i> &amp; its words"],
    "author": [{"given": "Ann B.", "family": "Sample"}, {"name": "The Twin Group"}],
    "short-container-title": ["J Twin Rec"],
    "issued": {"date-parts": [[2026, 2, 3]]},
    "abstract": "<jats:title>Abstract</jats:title><jats:sec><jats:title>Aim</jats:title>"
    "<jats:p>To lower IgE &gt; 1000 IU/mL.</jats:p></jats:sec>",
    "type": "journal-article",
    "updated-by": [{"type": "retraction", "DOI": "10.5555/notice"}],
}


def as_json(value: object) -> Reply:
    return Reply(json.dumps(value).encode(), kind="application/json;charset=UTF-8")


def listed(*results: dict[str, str]) -> Reply:
    return as_json({"hitCount": len(results), "resultList": {"result": results}})


def fetch(identifier: str, *, full_text: bool = False) -> Fetched:
    with Web(sleep=lambda seconds: None) as web:
        return fetch_record(identifier, web, full_text=full_text)


def test_a_pmid_comes_from_pubmed(service: LocalService):
    service.reply(EFETCH, PUBMED)
    assert fetch("PMID:99900001") == Fetched((twin("paper_twin.pubmed.xml"),))
    assert service.asked[0][1] == {"db": "pubmed", "id": "99900001", "retmode": "xml", "tool": "lekti"}


def test_a_paper_is_asked_for_once(service: LocalService):
    service.reply(EFETCH, PUBMED)
    fetch("PMID:99900001")
    fetch("https://pubmed.ncbi.nlm.nih.gov/99900001/")
    assert len(service.asked) == 1


def test_the_open_full_text_comes_as_well_when_asked(service: LocalService):
    service.reply(EFETCH, PUBMED)
    service.reply(FULL_TEXT, JATS)
    forms = [record.form for record in fetch("PMID:99900001", full_text=True).records]
    assert forms == ["pubmed_xml", "jats"]


def test_a_full_text_that_is_not_open_is_told(service: LocalService):
    service.reply(EFETCH, PUBMED)
    fetched = fetch("PMID:99900001", full_text=True)
    assert len(fetched.records) == 1
    assert fetched.notes == ("the full text of PMC99900001 is not open",)


def test_an_unknown_pmid_is_told_at_once(service: LocalService):
    service.reply(EFETCH, Reply(b"<PubmedArticleSet>\n</PubmedArticleSet>", kind="text/xml"))
    with pytest.raises(NotThere, match="PubMed has no PMID 99900001"):
        fetch("PMID:99900001")
    assert len(service.asked) == 1


def test_a_pmcid_comes_as_full_text(service: LocalService):
    service.reply(FULL_TEXT, JATS)
    (record,) = fetch("PMC99900001").records
    assert record.content == "full_text"


def test_a_pmcid_that_is_not_open_gives_the_abstract_and_says_so(service: LocalService):
    service.reply(SEARCH, listed({"pmid": "99900001", "pmcid": "PMC99900001"}))
    service.reply(EFETCH, PUBMED)
    fetched = fetch("PMC99900001")
    assert fetched.records[0].content == "abstract_only"
    assert "is not open" in fetched.notes[0]


def test_a_pmcid_that_nobody_knows_is_told(service: LocalService):
    service.reply(SEARCH, listed())
    with pytest.raises(NotThere, match="Neither Europe PMC nor PubMed gives PMC99900001"):
        fetch("PMC99900001")


def test_a_doi_in_pubmed_comes_from_pubmed(service: LocalService):
    service.reply(SEARCH, listed({"pmid": "99900001", "doi": "10.5555/lekti.twin.0001"}))
    service.reply(EFETCH, PUBMED)
    assert fetch("doi:10.5555/lekti.twin.0001").records[0].id == "PMID:99900001"
    assert service.asked[0][1]["query"] == 'DOI:"10.5555/lekti.twin.0001"'


def test_a_doi_elsewhere_comes_from_crossref(service: LocalService):
    service.reply(SEARCH, listed())
    service.reply("/crossref/works/10.5555%2Flekti.twin.0001", as_json({"status": "ok", "message": CROSSREF}))
    fetched = fetch("DOI:10.5555/lekti.twin.0001")
    (record,) = fetched.records
    assert (record.id, record.title) == ("DOI:10.5555/lekti.twin.0001", "A twin & its words")
    assert (record.authors, record.journal, record.year) == (
        ("Sample AB", "The Twin Group"),
        "J Twin Rec",
        "2026",
    )
    abstract = record.section("abstract")
    assert abstract is not None
    assert abstract.text == "AIM: To lower IgE > 1000 IU/mL."
    assert record.front_matter["corrections"] == ["Retraction in: 10.5555/notice"]
    assert "Crossref" in fetched.notes[0]


def test_a_page_comes_from_its_address(service: LocalService):
    service.reply("/page", Reply(b"<html><body><p>TL;DR: Thin skin.</p></body></html>", kind="text/html"))
    (record,) = fetch(f"{service.address}page#top").records
    assert record.id == f"url:{service.address}page"
    assert [section.text for section in record.sections] == ["TL;DR: Thin skin."]


def test_an_address_that_holds_a_paper_gives_the_paper(service: LocalService):
    service.reply("/paper.xml", JATS)
    assert fetch(f"{service.address}paper.xml").records[0].id == "PMID:99900001"


CUT = Reply(PUBMED.body[:1500], kind="text/xml")
ERROR = Reply(b"<eFetchResult><ERROR>Unable to obtain query</ERROR></eFetchResult>", kind="text/xml")
OTHER = Reply(PUBMED.body.replace(b"99900001", b"99900002"), kind="text/xml")
BOMB = Reply(b'<!DOCTYPE a [<!ENTITY b "c">]><PubmedArticleSet>&b;</PubmedArticleSet>', kind="text/xml")
SORRY = Reply(b"<html>Bad gateway</html>", kind="text/html")


@pytest.mark.parametrize("bad", [CUT, ERROR, OTHER, BOMB, SORRY, Reply(status=429), Reply(status=500)])
def test_a_bad_answer_is_asked_for_again(bad: Reply, service: LocalService):
    service.reply(EFETCH, bad, bad, PUBMED)
    assert fetch("PMID:99900001").records[0].id == "PMID:99900001"
    assert len(service.asked) == 3


@pytest.mark.parametrize("bad", [CUT, ERROR, OTHER, BOMB, SORRY, Reply(status=503)])
def test_a_service_that_stays_bad_gets_one_sentence(bad: Reply, service: LocalService):
    service.reply(EFETCH, bad)
    with pytest.raises(MachineError) as refused:
        fetch("PMID:99900001")
    assert "gave no usable answer in 5 tries" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b"{}", b'{"resultList": {"result": 5}}', b'{"resultList": []}', b"[" * 9000]
)
def test_garbled_lists_are_told(body: bytes, service: LocalService):
    service.reply(SEARCH, Reply(body, kind="application/json"))
    with pytest.raises(MachineError, match="no usable answer"):
        fetch("DOI:10.5555/lekti.twin.0001")


@pytest.mark.parametrize("message", [None, {}, {"DOI": "10.5555/lekti.twin.0001"}, {"title": ["x"]}, [], "x"])
def test_garbled_works_are_told(message: object, service: LocalService):
    service.reply(SEARCH, listed())
    service.reply(WORK, as_json({"message": message}))
    with pytest.raises(MachineError, match="no usable answer"):
        fetch("DOI:10.5555/lekti.twin.0001")


def test_a_text_has_no_address():
    with pytest.raises(InputError, match="has no address"):
        fetch("text:0123456789ab")


def test_files_and_identifiers_are_added_together(
    service: LocalService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "Web", partial(Web, sleep=lambda seconds: None))
    service.reply(EFETCH, PUBMED)
    service.reply(FULL_TEXT, JATS)
    store = Store(tmp_path / "records")
    sources = ["PMID:99900001", str(RECORDS / "paper_twin.md"), "PMID:99900003"]
    done = add_records(sources, store, from_text=False, full_text=True, force=False)
    assert [[added.outcome for added in each.added] for each in done] == [
        ["new", "other form"],
        ["other form"],
        [],
    ]
    assert "asked for PMID:99900003" in done[2].failure
    assert len(store.all()) == 1


def test_nothing_is_written_when_a_service_fails(service: LocalService, tmp_path: Path):
    store = Store(tmp_path / "records")
    (done,) = add_records(["PMID:99900001"], store, from_text=False, full_text=False, force=False)
    assert "has no such thing" in done.failure
    assert not store.folder.exists()
