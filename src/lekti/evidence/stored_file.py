"""One file of a folder of records, read with the address that lies beside it."""

from __future__ import annotations

from pathlib import Path

from lekti.evidence.file_names import ADDRESS
from lekti.evidence.identifiers import find_id
from lekti.evidence.read_record import file_bytes, read_record, read_text_page
from lekti.evidence.record import Record

_LONGEST_ADDRESS = 4000


def read_stored(path: Path) -> Record:
    """Return the record of a stored file, or raise `InputError`.

    A page that was added from an address, or as any text, has a small file beside it that says so.
    """
    beside = path.with_name(path.name + ADDRESS)
    if not beside.is_file():
        return read_record(file_bytes(path), name=path.name)
    words = file_bytes(beside)[:_LONGEST_ADDRESS].decode("utf-8", "replace").strip()
    return read_text_page(file_bytes(path), name=path.name, address=find_id(words) or "")
