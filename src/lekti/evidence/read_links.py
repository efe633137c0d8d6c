"""What of the model rests on which claim."""

from __future__ import annotations

from collections.abc import Collection

from lekti.base.errors import ModelError, shown
from lekti.base.tables import Row, Table
from lekti.evidence.claim import Link, LinkKind
from lekti.evidence.claim_words import require_columns

KINDS: tuple[LinkKind, ...] = ("parameter", "correlation", "rule", "module", "case")


def read_links(table: Table, claims: Collection[str]) -> tuple[Link, ...]:
    """Read the links of a table to claims that exist; raise `ModelError` for the first mistake."""
    links: dict[tuple[str, str, str], Link] = {}
    for row in require_columns(table, ("kind", "name", "claim", "how")):
        link = Link(_kind(row), row["name"], row["claim"], row["how"], row.where)
        key = (link.kind, link.name, link.claim_id)
        if link.claim_id not in claims:
            raise ModelError(f"{shown(link.claim_id)} is no claim", where=row.where)
        if key in links:
            raise ModelError(f"{' '.join(key)} stands twice", where=f"{row.where} and {links[key].where}")
        links[key] = link
    return tuple(links.values())


def _kind(row: Row) -> LinkKind:
    for kind in KINDS:
        if row["kind"] == kind:
            return kind
    raise ModelError(f"kind '{shown(row['kind'])}'", where=row.where, expected=", ".join(KINDS))
