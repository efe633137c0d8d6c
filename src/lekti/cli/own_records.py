"""The user's own records, as commands look them up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lekti.evidence.citation import FindRecord


def finder(record_dir: Path | None) -> FindRecord:
    """Return what gives the user's own copy of a record, or None; without a store there is none.

    Raises `InputError` for a named folder that does not exist.
    """
    from lekti.evidence.citation import no_records
    from lekti.evidence.store import open_store

    store = open_store(record_dir)
    return store.get if store.folder.is_dir() else no_records
