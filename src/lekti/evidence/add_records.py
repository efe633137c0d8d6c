"""Files and identifiers in, records in the store out, each with what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from lekti.base.errors import AnswerIsNo, InputError, LektiError, shown
from lekti.evidence.fetch_record import Fetched, fetch_record
from lekti.evidence.identifiers import find_id, keep_id
from lekti.evidence.read_record import file_bytes, read_record, read_text_page
from lekti.evidence.record import Record
from lekti.evidence.split_records import read_records
from lekti.evidence.store import Added, Store
from lekti.evidence.web import Web


@dataclass(frozen=True)
class Done:
    """One source: the records read from it and what became of each, or the sentence why there is none."""

    source: str
    records: tuple[Record, ...] = ()
    added: tuple[Added, ...] = ()
    notes: tuple[str, ...] = ()
    error: LektiError | None = None

    @property
    def failure(self) -> str:
        """Return why the source was not added, or nothing."""
        return self.error.sentence() if self.error else ""


def add_records(
    sources: Sequence[str], store: Store, *, from_text: bool, full_text: bool, force: bool
) -> tuple[Done, ...]:
    """Add each source in its turn; one that fails does not stop the others.

    A source that is a file is read; any other is an identifier or address and is fetched.
    """
    with ExitStack() as stack:
        opened: list[Web] = []

        def web() -> Web:
            if not opened:
                opened.append(stack.enter_context(Web()))
            return opened[0]

        return tuple(
            _add(source, store, web, from_text=from_text, full_text=full_text, force=force)
            for source in sources
        )


def _add(
    source: str, store: Store, web: Callable[[], Web], *, from_text: bool, full_text: bool, force: bool
) -> Done:
    try:
        if _is_file(source):
            fetched = Fetched(_read(Path(source), from_text=from_text))
        else:
            _check_identifier(source)
            fetched = fetch_record(source, web(), full_text=full_text)
        added = tuple(store.add(record, force=force) for record in fetched.records)
    except LektiError as error:
        return Done(source, error=error)
    return Done(source, fetched.records, added, fetched.notes)


def find_record(record: str, store: Store) -> Record:
    """Return a record of the store by an identifier, or the record in a file.

    Raises `AnswerIsNo` if the store does not have it.
    """
    if _is_file(record) and find_id(record) is None:
        return read_record(file_bytes(Path(record)), name=record)
    if keep_id(record) is None:
        _check_identifier(record)
    found = store.get(record)
    if found is None:
        known = find_id(record) or shown(record)
        can_be_fetched = find_id(record) and not known.startswith("text:")
        fix = f"lekti record add {known.removeprefix('url:')} fetches it." if can_be_fetched else ""
        raise AnswerIsNo(f"{known} is not among the records", where=str(store.folder), fix=fix)
    return found


def _is_file(source: str) -> bool:
    try:
        return bool(source.strip()) and Path(source).exists()
    except (OSError, ValueError):
        return False


def _read(path: Path, *, from_text: bool) -> tuple[Record, ...]:
    content = file_bytes(path)
    if from_text:
        return (read_text_page(content, name=str(path)),)
    return read_records(content, name=str(path))


def _check_identifier(source: str) -> None:
    if find_id(source) is not None:
        return
    fix = f"Write PMID:{source.strip()} if it is a PubMed number." if source.strip().isdecimal() else ""
    raise InputError(
        f"'{shown(source, 120)}' is neither a file nor an identifier",
        expected="a file, PMID:..., PMC..., DOI:... or a web address",
        fix=fix,
    )
