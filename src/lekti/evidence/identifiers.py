"""Identifiers of papers and pages: many spellings in, one spelling out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit, urlunsplit

from lekti.base.errors import InputError, shown

ORDER = ("PMID", "PMCID", "DOI", "url", "text")
EXPECTED = (
    "an identifier such as PMID:40607310, PMC12221484, DOI:10.1016/j.jacig.2025.100508 or a web address"
)
LONGEST = 2000
_PMID = re.compile(r"(?:pmid|pubmed)\s*:?\s*0*([1-9]\d{0,8})", re.IGNORECASE)
_PMCID = re.compile(r"(?:pmcid\s*:?\s*|pmc\s*:\s*)?pmc\s*0*([1-9]\d{0,9})(?:\.\d+)?", re.IGNORECASE)
_PMC_NUMBER = re.compile(r"(?:pmcid|pmc)\s*:\s*0*([1-9]\d{0,9})(?:\.\d+)?", re.IGNORECASE)
_DOI = re.compile(r"(?:doi\s*:?\s*)?(10\.\d{4,9}(?:\.\d+)*/\S+)", re.IGNORECASE)
_TEXT = re.compile(r"text:([0-9a-f]{12})", re.IGNORECASE)
_SPELLINGS = (
    (_PMID, "PMID:"),
    (_PMCID, "PMCID:PMC"),
    (_PMC_NUMBER, "PMCID:PMC"),
    (_DOI, "DOI:"),
    (_TEXT, "text:"),
)
_OTHER = re.compile(r"([A-Za-z][A-Za-z0-9_.+-]{0,40}):(\S.*)")
_HOSTS = (
    (re.compile(r"(?:www\.)?(?:ncbi\.nlm\.nih\.gov/pubmed|pubmed\.ncbi\.nlm\.nih\.gov)/(\d+)/?"), "PMID:"),
    (re.compile(r"(?:www\.ncbi\.nlm\.nih\.gov/pmc|pmc\.ncbi\.nlm\.nih\.gov)/articles/(PMC\d+)/?"), ""),
    (re.compile(r"(?:www\.)?europepmc\.org/(?:article|abstract)/med/(\d+)/?", re.IGNORECASE), "PMID:"),
    (re.compile(r"(?:www\.)?europepmc\.org/articles?/(?:pmc/)?(PMC\d+)/?", re.IGNORECASE), ""),
    (re.compile(r"(?:dx\.|www\.)?doi\.org/(10\..+)"), "DOI:"),
)


def parse_id(text: str) -> str:
    """Return an identifier in its one spelling, or raise `InputError`.

    >>> parse_id("https://doi.org/10.1016/J.JACIG.2025.100508")
    'DOI:10.1016/j.jacig.2025.100508'
    >>> parse_id("pmc12221484"), parse_id("pmid 40607310")
    ('PMCID:PMC12221484', 'PMID:40607310')
    """
    found = find_id(text)
    if found is None:
        fix = f"Write PMID:{text.strip()} if it is a PubMed number." if text.strip().isdecimal() else ""
        raise InputError(f"'{shown(text)}' is no identifier of a record", expected=EXPECTED, fix=fix)
    return found


def find_id(text: str) -> str | None:
    """Return an identifier in its one spelling, or None for a text that is none."""
    text = text.strip()
    if not text or len(text) > LONGEST or not text.isprintable():
        return None
    if text.lower().startswith(("http://", "https://", "url:http://", "url:https://")):
        return _from_address(text[4:] if text.lower().startswith("url:") else text)
    for pattern, prefix in _SPELLINGS:
        if match := pattern.fullmatch(text):
            value = _tidy_doi(match[1]) if prefix == "DOI:" else match[1].lower()
            return prefix + value
    return None


def keep_id(text: str) -> str | None:
    """Return a known identifier in its one spelling, or any other `PREFIX:value` as it stands.

    >>> keep_id("clinicaltrials:NCT05211830")
    'clinicaltrials:NCT05211830'
    """
    if found := find_id(text):
        return found
    text = text.strip()
    known = text.partition(":")[0].lower() in {"pmid", "pmcid", "pmc", "doi", "url", "text"}
    plain = len(text) <= LONGEST and text.isprintable() and _OTHER.fullmatch(text)
    return text if plain and not known else None


def in_order(ids: Iterable[str | None], text: str) -> tuple[str, ...]:
    """Return identifiers once each, the canonical one first; the text's own if there is none.

    >>> in_order(["DOI:10.1/a", None, "PMID:1"], "")
    ('PMID:1', 'DOI:10.1/a')
    """
    unique = dict.fromkeys(each for each in ids if each)
    return tuple(sorted(unique, key=_rank)) or (text_id(text),)


def text_id(text: str) -> str:
    """Return the identifier of a text without an address: its SHA-256 without regard to line ends.

    >>> text_id("a\\r\\nb\\n") == text_id("a\\nb")
    True
    """
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").strip()
    return "text:" + hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _rank(each: str) -> int:
    prefix = each.partition(":")[0]
    return ORDER.index(prefix) if prefix in ORDER else ORDER.index("DOI")


def _from_address(text: str) -> str | None:
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").lower()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    if not host or parts.username or parts.password or " " in text:
        return None
    for pattern, prefix in _HOSTS:
        if match := pattern.fullmatch(host + unquote(parts.path)):
            return find_id(prefix + match[1])
    path = parts.path or "/"
    return "url:" + urlunsplit((parts.scheme.lower(), host + port, path, parts.query, ""))


def _tidy_doi(doi: str) -> str:
    return doi.lower().rstrip(".,;")
