"""A variant on the terminal: 80 columns, no boxes, complete without colour."""

from __future__ import annotations

import os
import textwrap
from typing import TYPE_CHECKING

from lekti.base.tables import knowledge_table
from lekti.genetics.acmg_sheet import DRAFT, Line, Sheet
from lekti.genetics.consequence import NMD_SOURCE, Consequence, Protein
from lekti.genetics.fetch_sequence import SequenceFacts
from lekti.genetics.interpretation import Interpretation
from lekti.outputs.lekti_left import LektiLeft, before_text, range_text
from lekti.outputs.numbers import THIN
from lekti.outputs.sentences import say
from lekti.outputs.terminal import WIDTH, theme

Lines = tuple[str, ...]

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from lekti.base.tables import Row

HEAD = 13
MOST_NEIGHBOURS = 2


def print_variant(
    found: Interpretation,
    *,
    more: Lines = (),
    facts: SequenceFacts | None = None,
    console: Console | None = None,
) -> None:
    """Print the card of a variant; `more` are lines on one person, `facts` what the sequence says."""
    from rich.console import Console
    from rich.text import Text

    out = console or Console(theme=theme(os.environ), highlight=False)
    for row in card_lines(found, more=more, facts=facts):
        text = row if isinstance(row, Text) else Text(row)
        if out.encoding.lower().replace("-", "") != "utf8":
            text = Text(text.plain.encode(out.encoding, "replace").decode(out.encoding))
        out.print(text, soft_wrap=True)


def card_lines(
    found: Interpretation, *, more: Lines = (), facts: SequenceFacts | None = None
) -> list[Text | str]:
    """Return the lines of the card, none wider than 80 columns."""
    rule = "─" * WIDTH
    lines: list[Text | str] = [_styled((f"SPINK5 {found.described.label}", "name")), *_where(found), rule]
    for head, words in [*_message(found), *_seen(found), ("LEKTI left", _left(found))]:
        lines += _entry(head, words)
    for words in more:
        lines += _entry("", words)
    lines += [rule, *_sheet(found.sheet)]
    for head, words in _loose_ends(found) if facts is None else [("Sequence", _facts(facts))]:
        lines += _entry(head, words, style="aside")
    return [
        *lines,
        _styled((f"{DRAFT[0].upper()}{DRAFT[1:]}. No ClinVar record was seen.", "aside")),
        say("advice"),
    ]


def person_lines(person: LektiLeft | None) -> Lines:
    """Return what is left in one person, both copies together, after and before the signs seen."""
    if person is None:
        return ()
    told = f"In this person, both copies: {range_text(person.conditioned)}."
    return tuple(line for line in (told, before_text(person)) if line)


def _where(found: Interpretation) -> list[Text | str]:
    place = found.place
    codon = f"codon {place.codon}" if place.codon is not None else ""
    domain = f"{place.domain} (limits unverified)" if place.domain else ""
    parts = [part for part in (place.words, place.distance, codon, domain) if part]
    genome = " · ".join(part for part in (place.grch38, place.grch37) if part)
    lines: list[Text | str] = [*textwrap.wrap(" · ".join(parts), WIDTH)]
    if genome:
        lines.append(_styled((genome if len(genome) <= WIDTH else place.grch38[:WIDTH], "aside")))
    for note in found.described.notes:
        lines += [_styled((line, "aside")) for line in textwrap.wrap(f"Note: {note}.", WIDTH)]
    return lines


def _message(found: Interpretation) -> list[tuple[str, str]]:
    consequence = found.consequence
    rows = [("Expected", expected(consequence))]
    if consequence.nmd:
        words = f"degraded (NMD) {consequence.nmd}: {consequence.nmd_reason} ({NMD_SOURCE})"
        rows.append(("Messenger", words))
    if consequence.protein is not None:
        rows.append(("If made", shortened(consequence.protein)))
    if found.donor is not None:
        least = " or more" if found.donor.at_least else ""
        size = f"{abs(found.donor.bits):.1f} bits{least} {'weaker' if found.donor.bits < 0 else 'stronger'}"
        rows.append(("Donor", f"{size} at {found.donor.position} (first-order matrix; 0 ACMG points)"))
    if found.evidence.splice is not None:
        rows.append(("SpliceAI", f"{found.evidence.splice.largest:g} at most, as given"))
    return rows


def expected(consequence: Consequence) -> str:
    """Return what the change is expected to do, in words."""
    if consequence.skip is None:
        words_of = {row["id"]: row["text"] for row in knowledge_table("wording/effects.tsv")}
        return words_of.get(consequence.effect.name, "not known")
    skip = consequence.skip
    frame = "frame kept" if skip.frame_kept else "frame lost"
    words = [f"exon {skip.exon} left out ({skip.length} bases, {frame})"]
    if consequence.intron is not None:
        number, length = consequence.intron
        size = (
            f"{length:,} bases, frame {'kept' if length % 3 == 0 else 'lost'}"
            if length
            else "length not known"
        )
        words.append(f"intron {number} kept ({size})")
    rest = "" if consequence.effect.name == "splice_canonical" else "; some normal splicing may remain"
    return f"{', or '.join(words)}, or another site used{rest}"


def shortened(protein: Protein) -> str:
    """Return what a shortened LEKTI would hold, in words."""
    kept = f"{_run(protein.kept)} kept" if protein.kept else "no whole domain kept"
    parts = [
        kept,
        f"{protein.cut} cut" if protein.cut else "",
        f"{_run(protein.lost)} lost" if protein.lost else "",
    ]
    told = ", ".join(part for part in parts if part) + " (limits unverified)"
    if not protein.holds:
        return f"{told}; no piece known to hold KLK5, KLK7 or KLK14 is whole"
    pieces, sources = ", ".join(protein.fragments), "; ".join(protein.sources)
    return f"{told}; {pieces} could still hold {', '.join(protein.holds)} ({sources})"


def _run(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"


def _seen(found: Interpretation) -> list[tuple[str, str]]:
    rows = [("Seen", _observed(row)) for row in found.seen] or [("Seen", "in no record lekti knows")]
    near = found.same_site[:MOST_NEIGHBOURS]
    return [*rows, *(("Same site", f"{row['hgvs_c']}: {_observed(row)}") for row in near)]


def _observed(row: Row) -> str:
    people = int(row["people"] or 0)
    count = f"{people} {'person' if people == 1 else 'people'}" if people else ""
    both = int(row["homozygous"] or 0)
    count += f", {both} with two copies" if both else ""
    frequency = f"frequency {row['popmax']} ({row['popmax_source']})" if row["popmax"] else ""
    words = "; ".join(part for part in (count, row["reason"], frequency) if part)
    return f"{words or row['type'].replace('_', ' ')} ({row['source'].replace(';', '; ')})"


def _left(found: Interpretation) -> str:
    residual = found.residual
    low, high = residual.interval()
    return (
        f"{100 * residual.median:.0f} % of normal on this copy (90 %: {100 * low:.0f} to {100 * high:.0f}), "
        f"{residual.provenance}: {residual.label}"
    )


def _sheet(sheet: Sheet) -> list[Text | str]:
    counted, low, high = sheet.posterior
    points = f"{_signed(sheet.counted)} point{'' if abs(sheet.counted) == 1 else 's'}"
    still = sheet.having("not checkable")
    words = f"{points} counted (probability {counted:.2f}); if all open lines were met, "
    reach = f"{_signed(sheet.low)} to {_signed(sheet.high)} ({low:.2f} to {high:.2f})"
    lines = _entry("ACMG/AMP", words + reach)
    for line in sheet.having("met"):
        lines += _entry("  met", _criterion(line))
    if still:
        listed = ", ".join(f"{line.id} {_signed(line.open_points)}" for line in still)
        lines += _entry("  open", listed)
    verdict = (
        f"{sheet.class_word}, by these lines" if sheet.class_word else "none: open lines could change it"
    )
    return [*lines, *_entry("  class", verdict)]


def _criterion(line: Line) -> str:
    by = f" (set by {line.set_by})" if line.set_by else ""
    return f"{line.id} {line.strength.replace('_', ' ')} {_signed(line.points)}: {line.reason}{by}"


def _signed(points: int) -> str:
    return f"−{-points}" if points < 0 else str(points)


def _loose_ends(found: Interpretation) -> list[tuple[str, str]]:
    if not found.unchecked:
        return []
    return [("Not checked", f"{'; '.join(found.unchecked)}: needs --sequence")]


def _facts(facts: SequenceFacts) -> str:
    parts = [facts.reference]
    if facts.moved:
        parts.append(f"at its 3' end the change is {facts.moved}")
    if facts.protein:
        parts.append(f"predicted {facts.protein}")
    if facts.donor is not None:
        donor = facts.donor
        before, after = f"{donor.score_before:.1f} bits", f"{donor.score_after:.1f}"
        parts.append(f"donor {donor.before} {before}, changed {donor.after} {after}")
    return f"{'; '.join(part for part in parts if part)} ({', '.join(facts.sources)})"


def _entry(head: str, words: str, *, style: str = "") -> list[Text | str]:
    wrapped = textwrap.wrap(words.replace(THIN, " "), WIDTH - HEAD, break_on_hyphens=False) or [""]
    lines: list[Text | str] = []
    for place, line in enumerate(wrapped):
        lines.append(_styled((f"{head if place == 0 else '':<{HEAD}}", style or "name"), (line, style)))
    return lines


def _styled(*parts: tuple[str, str]) -> Text:
    from rich.text import Text

    return Text.assemble(*((words, style) for words, style in parts))
