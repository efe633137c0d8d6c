"""Anchors of the user's own, beside those that ship: a file of theirs, or the one in a checkout."""

from __future__ import annotations

import os
from pathlib import Path

from lekti.base.errors import MachineError
from lekti.base.files import read_user_text, write_new_text
from lekti.base.tables import Table, read_table
from lekti.evidence.claim import Anchor, Claims
from lekti.evidence.read_anchors import COLUMNS, anchor_cells, read_anchors
from lekti.evidence.read_claims import load_claims, read_claims, shipped

MOST_BYTES = 20_000_000
TABLE = "anchors.tsv"


def own_file() -> Path:
    """Return the user's own file of anchors: LEKTI_ANCHORS, or one in the user's data folder."""
    chosen = os.environ.get("LEKTI_ANCHORS", "").strip()
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("lekti", appauthor=False) / TABLE


def checkout_file(knowledge: Path) -> Path:
    """Return the file of anchors in the knowledge tree of a checkout."""
    return knowledge / "claims" / TABLE


def claims_with_own_anchors(file: Path | None = None) -> Claims:
    """Return the shipped claims with the user's own anchors, which take the place of shipped ones."""
    path = own_file() if file is None else file
    if not path.is_file():
        return load_claims()
    own = _table(path)
    replaced = set(read_anchors(own))

    def source(name: str) -> Table:
        table = shipped(name)
        if name != TABLE:
            return table
        kept = tuple(row for row in table if row["evidence"] not in replaced)
        return Table(table.name, table.columns, (*kept, *own.rows))

    return read_claims(source)


def write_anchor(evidence_id: str, anchor: Anchor, file: Path, *, force: bool = False) -> None:
    """Add an anchor to a file, in the order of evidence; one that is there stays, unless `force`."""
    head = f"# Evidence tied to words that someone held. No words.\n{chr(9).join(COLUMNS)}\n"
    text = read_user_text(file, limit_bytes=MOST_BYTES, noun="file of anchors") if file.is_file() else head
    known = read_anchors(read_table(text, name=str(file)))
    if evidence_id in known and not force:
        raise MachineError(f"{evidence_id} is anchored in {file}", fix="Add --force to anchor it anew.")
    lines = text.splitlines()
    first = next(place for place, line in enumerate(lines) if line.startswith(COLUMNS[0])) + 1
    rows = [line for line in lines[first:] if line.split("\t")[0] != evidence_id and line.strip()]
    rows = sorted([*rows, "\t".join(anchor_cells(evidence_id, anchor))], key=_in_order)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_new_text(file, "\n".join([*lines[:first], *rows]) + "\n", force=True)


def _table(path: Path) -> Table:
    text = read_user_text(path, limit_bytes=MOST_BYTES, noun="file of anchors")
    return read_table(text, name=str(path))


def _in_order(row: str) -> tuple[str, int]:
    claim, _, number = row.split("\t", maxsplit=1)[0].partition(".")
    return claim, int(number) if number.isdecimal() else 0
