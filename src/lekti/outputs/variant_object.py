"""A variant as one object for programs."""

from __future__ import annotations

from typing import Any

from lekti.base.provenance import USE
from lekti.base.tables import Row
from lekti.genetics.acmg_sheet import DRAFT, Line
from lekti.genetics.consequence import NMD_RULE, NMD_SOURCE, Consequence
from lekti.genetics.fetch_sequence import SequenceFacts
from lekti.genetics.gene import gene
from lekti.genetics.interpretation import Interpretation
from lekti.genetics.residual import Residual


def variant_object(found: Interpretation) -> dict[str, Any]:
    """Return everything about a variant as one JSON-ready object; activities are shares of normal, 0 to 1."""
    described, place = found.described, found.place
    return {
        "use": USE,
        "typed": described.typed,
        "variant": described.label,
        "transcript": gene().transcript,
        "protein": described.variant.protein if described.variant is not None else described.protein,
        "structural": described.structural,
        "notes": list(described.notes),
        "place": {
            "where": place.words,
            "distance": place.distance,
            "codon": place.codon,
            "domain": place.domain,
            "domain_limits": "unverified",
            "grch38": place.grch38 or None,
            "grch37": place.grch37 or None,
        },
        "consequence": _consequence(found.consequence),
        "donor": _donor(found),
        "spliceai": dict(found.evidence.splice.scores) if found.evidence.splice is not None else None,
        "seen": [_row(row) for row in found.seen],
        "same_splice_site": [_row(row) for row in found.same_site],
        "residual": residual_object(found.residual),
        "acmg": _sheet(found),
        "not_checked_without_sequence": list(found.unchecked),
    }


def facts_object(facts: SequenceFacts | None) -> dict[str, Any] | None:
    """Return what the sequence says, or None where it was not asked for."""
    if facts is None:
        return None
    donor = facts.donor
    return {
        "sources": list(facts.sources),
        "reference": facts.reference or None,
        "at_3_prime": facts.moved or None,
        "protein": facts.protein or None,
        "donor": None
        if donor is None
        else {
            "before": donor.before,
            "after": donor.after,
            "score_before": donor.score_before,
            "score_after": donor.score_after,
        },
    }


def residual_object(residual: Residual) -> dict[str, Any]:
    """Return a residual activity with its distribution and reasons."""
    low, high = residual.interval()
    return {
        "class": residual.effect,
        "median": residual.median,
        "mean": residual.mean,
        "interval90": [low, high],
        "distribution": {"fixed": residual.fixed}
        if residual.fixed is not None
        else {"beta": [residual.alpha, residual.beta]},
        "reasons": list(residual.reasons),
        "source": residual.source,
        "provenance": residual.provenance,
    }


def _consequence(consequence: Consequence) -> dict[str, Any]:
    skip, protein = consequence.skip, consequence.protein
    return {
        "class": consequence.effect.name,
        "reasons": list(consequence.effect.reasons),
        "exon_skipped": None
        if skip is None
        else {"exon": skip.exon, "bases": skip.length, "frame_kept": skip.frame_kept},
        "intron_kept": None
        if consequence.intron is None
        else {"intron": consequence.intron[0], "bases": consequence.intron[1]},
        "nmd": consequence.nmd or None,
        "nmd_reason": consequence.nmd_reason or None,
        "nmd_rule": f"{NMD_RULE} ({NMD_SOURCE})",
        "if_made": None
        if protein is None
        else {
            "changed_from_residue": protein.from_residue,
            "kept": list(protein.kept),
            "cut": protein.cut or None,
            "lost": list(protein.lost),
            "whole_fragments": list(protein.fragments),
            "could_hold": list(protein.holds),
            "sources": list(protein.sources),
            "domain_limits": "unverified",
        },
    }


def _donor(found: Interpretation) -> dict[str, Any] | None:
    donor = found.donor
    if donor is None:
        return None
    return {
        "exon": donor.exon,
        "position": donor.position,
        "bits": donor.bits,
        "at_least": donor.at_least,
        "acmg_points": 0,
        "source": donor.source,
    }


def _sheet(found: Interpretation) -> dict[str, Any]:
    sheet = found.sheet
    counted, low, high = sheet.posterior
    return {
        "status": DRAFT,
        "clinvar": "no record seen",
        "points": {"counted": sheet.counted, "low": sheet.low, "high": sheet.high},
        "posterior": {"counted": counted, "low": low, "high": high},
        "class": sheet.class_word or None,
        "lines": [_line(line) for line in sheet.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "criterion": line.id,
        "side": line.side,
        "status": line.status,
        "strength": line.strength,
        "points": line.points,
        "open_points": line.open_points,
        "question": line.question,
        "reason": line.reason,
        "source": line.source,
        "set_by": line.set_by or None,
    }


def _row(row: Row) -> dict[str, Any]:
    def count(column: str) -> int | None:
        return int(row[column]) if row[column] else None

    return {
        "variant": row["hgvs_c"],
        "protein": row["hgvs_p"] or None,
        "type": row["type"],
        "observation": row["reason"] or None,
        "people": count("people"),
        "homozygous": count("homozygous"),
        "frequency": row.number("popmax") if row["popmax"] else None,
        "frequency_source": row["popmax_source"] or None,
        "source": row["source"],
        "locator": row["locator"],
        "provenance": row["provenance"],
    }
