"""Records from literature services: PubMed by E-utilities, full text by Europe PMC, DOIs by Crossref."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from lekti.base.errors import InputError, shown
from lekti.evidence.crossref import read_crossref
from lekti.evidence.identifiers import parse_id
from lekti.evidence.read_pubmed_xml import SET
from lekti.evidence.read_record import read_record, read_text_page
from lekti.evidence.record import Record
from lekti.evidence.safe_xml import parse_xml
from lekti.evidence.web import JSON, PAGES, XML, NotThere, Web
from lekti.evidence.write_markdown import write_markdown

_CITATION = re.compile(r"<Pubmed(?:Book)?Article[\s>]")


@dataclass(frozen=True)
class Fetched:
    """What services gave for an identifier: one paper in one form or several, and what is to be told."""

    records: tuple[Record, ...]
    notes: tuple[str, ...] = ()


def fetch_record(identifier: str, web: Web, *, full_text: bool = False) -> Fetched:
    """Return what the services hold under an identifier or web address.

    A PMID comes from PubMed. A PMCID comes as full text from Europe PMC, or as its abstract if the text is
    not open. A DOI comes from PubMed if it is listed there, and from Crossref if not. With `full_text` the
    open full text is fetched as well.
    Raises `NotThere` for an unknown identifier and `MachineError` for trouble with a service.
    """
    wanted = parse_id(identifier)
    kind, _, value = wanted.partition(":")
    fetchers: dict[str, Callable[[str, Web], Fetched]] = {
        "PMID": _by_pmid,
        "PMCID": _by_pmcid,
        "DOI": _by_doi,
        "url": _by_address,
    }
    if kind not in fetchers:
        raise InputError(
            f"{shown(wanted)} has no address",
            expected="PMID, PMCID, DOI or web address",
            fix="Give the file.",
        )
    fetched = fetchers[kind](value, web)
    return _with_full_text(fetched, web) if full_text else fetched


def _by_pmid(pmid: str, web: Web) -> Fetched:
    def read(text: str) -> Record:
        if not _CITATION.search(text) and parse_xml(text, name="the answer").tag == SET:
            raise NotThere(f"PubMed has no PMID {pmid}", expected="a PubMed number")
        record = read_record(text.encode("utf-8"), name=f"the answer for PMID:{pmid}")
        return _same(record, f"PMID:{pmid}")

    asked = {"db": "pubmed", "id": pmid, "retmode": "xml"}
    answer = web.get("eutils", "efetch.fcgi", parameters=asked, kinds=XML, check=read)
    return Fetched((read(answer.text),))


def _by_pmcid(pmcid: str, web: Web) -> Fetched:
    try:
        return Fetched((_open_text(pmcid, web),))
    except NotThere:
        pmid = _find_pmid(f"PMCID:{pmcid}", web)
    if not pmid:
        raise NotThere(f"Neither Europe PMC nor PubMed gives {pmcid}", expected="a paper with open full text")
    return Fetched(
        _by_pmid(pmid, web).records, (f"the full text of {pmcid} is not open: this is its abstract",)
    )


def _by_doi(doi: str, web: Web) -> Fetched:
    pmid = _find_pmid(f'DOI:"{doi}"', web)
    if pmid:
        return _by_pmid(pmid, web)

    def read(text: str) -> Record:
        return _same(read_crossref(text, name=f"the answer for DOI:{doi}"), f"DOI:{doi}")

    answer = web.get("crossref", f"works/{quote(doi, safe='')}", kinds=JSON, check=read)
    written = write_markdown(read(answer.text))
    record = read_record(written.encode("utf-8"), name=f"DOI:{doi}")
    return Fetched((record,), (f"PubMed does not list DOI:{doi}: this is what Crossref says of it",))


def _by_address(address: str, web: Web) -> Fetched:
    answer = web.get("page", address, kinds=PAGES, keep=False)
    content = answer.text.encode("utf-8")
    try:
        record = read_record(content, name=address)
    except InputError:
        record = None
    if record is None or record.form == "answer_page":
        record = read_text_page(content, name=address, address=f"url:{address}")
    return Fetched((record,))


def _with_full_text(fetched: Fetched, web: Web) -> Fetched:
    record = fetched.records[0]
    if record.content in ("full_text", "page"):
        return fetched
    pmcid = next((each.removeprefix("PMCID:") for each in record.ids if each.startswith("PMCID:")), "")
    if not pmcid:
        return Fetched(fetched.records, (*fetched.notes, f"{record.id} has no open full text in PMC"))
    try:
        return Fetched((*fetched.records, _open_text(pmcid, web)), fetched.notes)
    except NotThere:
        return Fetched(fetched.records, (*fetched.notes, f"the full text of {pmcid} is not open"))


def _open_text(pmcid: str, web: Web) -> Record:
    def read(text: str) -> Record:
        return _same(read_record(text.encode("utf-8"), name=f"the answer for {pmcid}"), f"PMCID:{pmcid}")

    return read(web.get("europepmc", f"{pmcid}/fullTextXML", kinds=XML, check=read).text)


def _find_pmid(query: str, web: Web) -> str:
    """Return the PMID that Europe PMC lists for a query, or nothing."""
    asked = {"query": query, "format": "json", "resultType": "lite", "pageSize": "5"}
    text = web.get("europepmc", "search", parameters=asked, kinds=JSON, check=_results).text
    pmids = {str(each["pmid"]) for each in _results(text) if str(each.get("pmid", "")).isdecimal()}
    return pmids.pop() if len(pmids) == 1 else ""


def _results(text: str) -> list[dict[str, object]]:
    try:
        found = json.loads(text)["resultList"]["result"]
        return [each for each in found if isinstance(each, dict)]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError("The answer is no list of results", expected="JSON of Europe PMC") from error


def _same(record: Record, wanted: str) -> Record:
    if wanted not in record.ids:
        raise InputError(f"The service answered with {record.id} when asked for {wanted}", expected=wanted)
    return record
