"""Lines of the ACMG/AMP sheet that a laboratory sets itself, in a tab-separated file."""

from __future__ import annotations

from dataclasses import replace

from lekti.base.errors import InputError, shown
from lekti.base.tables import Row, knowledge_table, read_table
from lekti.genetics.acmg_points import POINTS
from lekti.genetics.acmg_sheet import STATUSES, Line, Sheet, Status

COLUMNS = ("criterion", "status", "strength", "reason", "source")
LARGEST_BYTES = 200_000


def read_overrides(text: str, *, name: str) -> tuple[Line, ...]:
    """Read lines that replace those of the sheet: criterion, status, strength, reason, source.

    Raises `InputError` with file and line for an unknown criterion, status or strength, for one that stands
    twice, and for a line without a reason.
    """
    table = read_table(text, name=name)
    if table.columns != COLUMNS:
        raise InputError(
            f"The columns are {', '.join(shown(column, 20) for column in table.columns[:8])}",
            where=f"{name}:1",
            expected=f"{', '.join(COLUMNS)}, parted by tabs",
        )
    known = {row["id"]: row for row in knowledge_table("genetics/acmg_criteria.tsv")}
    lines: dict[str, Line] = {}
    for row in table:
        line = _line(row, known)
        if line.id in lines:
            raise InputError(f"{line.id} stands twice", where=row.where, expected="each criterion once")
        lines[line.id] = line
    return tuple(lines.values())


def sheet_text(sheet: Sheet) -> str:
    """Return a sheet as a file that `read_overrides` reads: a start for a laboratory's own."""
    head = "# Draft ACMG/AMP sheet: delete the lines you leave to lekti, change others, name your source.\n"
    cells = [(line.id, line.status, line.strength, line.reason, line.source) for line in sheet.lines]
    return head + "\n".join("\t".join(row) for row in (COLUMNS, *cells)) + "\n"


def _line(row: Row, known: dict[str, Row]) -> Line:
    criterion = row["criterion"].upper()
    if criterion not in known:
        raise InputError(
            f"'{shown(row['criterion'], 30)}' is no criterion", where=row.where, expected=", ".join(known)
        )
    named: dict[str, Status] = {status: status for status in STATUSES}
    status = named.get(row["status"].lower())
    if status is None:
        raise InputError(
            f"'{shown(row['status'], 30)}' is no status", where=row.where, expected=", ".join(STATUSES)
        )
    strength = (row["strength"] or known[criterion]["strength"]).lower().replace(" ", "_")
    if strength not in POINTS or (strength == "stand_alone") != (criterion == "BA1"):
        raise InputError(
            f"'{shown(row['strength'], 30)}' is no strength of {criterion}",
            where=row.where,
            expected="stand_alone" if criterion == "BA1" else "supporting, moderate, strong or very_strong",
        )
    if not row["reason"]:
        raise InputError(f"{criterion} has no reason", where=row.where, expected="why it is set so")
    fact = known[criterion]
    line = Line(
        id=criterion,
        side=fact["side"],
        status=status,
        strength=strength,
        most=POINTS[strength],
        question=fact["question"],
        reason=shown(row["reason"], 300),
        source=shown(row["source"], 120) or "not named",
    )
    return replace(line, set_by=row.where)
