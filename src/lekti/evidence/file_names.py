"""Names for the files of records: a reader recognises the paper, and two records never share a name."""

from __future__ import annotations

import hashlib
import re

from lekti.evidence.record import Form

_ENDINGS: dict[Form, str] = {
    "markdown": ".md",
    "answer_page": ".txt",
    "pubmed_xml": ".pubmed.xml",
    "nbib": ".nbib",
    "pubmed_text": ".pubmed.txt",
    "jats": ".jats.xml",
}
ADDRESS = ".address"
"""Ends the name of a small file beside a page that holds the address the page came from."""
INDEX = ".lekti-index.sqlite"
OWN_NAME = re.compile(r"-[0-9a-f]{10}\.(?:md|txt|nbib|pubmed\.xml|pubmed\.txt|jats\.xml)$")
SKIPPED_ENDINGS = (ADDRESS, ".part", ".sqlite", ".sqlite-journal", ".sqlite-wal", ".sqlite-shm")


def file_name(record_id: str, form: Form) -> str:
    """Return the name of a record's file; the digits in it come from the whole identifier.

    >>> file_name("PMID:40607310", "markdown")
    'PMID_40607310-60b36d3a93.md'
    >>> file_name("PMID:1/2", "nbib") != file_name("PMID:1_2", "nbib")
    True
    """
    readable = re.sub(r"[^A-Za-z0-9.]+", "_", record_id)[:60].strip("._")
    digits = hashlib.sha256(record_id.encode("utf-8")).hexdigest()[:10]
    return f"{readable}-{digits}{_ENDINGS[form]}"
