"""Which ACMG/AMP criteria are met, by the kind of change and by what the user brings."""

from __future__ import annotations

from dataclasses import dataclass, field

from lekti.base.tables import Row, knowledge_table
from lekti.genetics.acmg_points import limit
from lekti.genetics.acmg_sheet import Line, Sheet, Status
from lekti.genetics.consequence import Consequence
from lekti.genetics.described import Described
from lekti.genetics.effects import deduced_effect, exon_number, published
from lekti.genetics.hgvs import read_variant
from lekti.genetics.neighbours import same_splice_site
from lekti.genetics.splice_scores import SpliceScores

HAIR = "HP:0025811"
SKIN = frozenset({"HP:0007381", "HP:0007479", "HP:0001019", "HP:0025810"})
ATOPY = frozenset({"HP:0003212", "HP:0410328", "HP:0000964", "HP:0001047", "HP:0500093"})
NULL = frozenset({"nonsense", "frameshift", "splice_canonical", "large_deletion"})
NEEDS_RNA = frozenset(
    {"donor_5", "donor_4", "donor_region", "exon_end", "acceptor_region", "new_acceptor", "exon_11_silencer",
     "synonymous", "deep_intronic", "deep_intronic_reported", "intronic_near"}
)  # fmt: skip
TRAP_EXON = 26
TRAP = ("c.2468del", "c.2468dup")
TRAP_REASON = (
    "c.2468del and c.2468dup lie in a run of A in exon 26 and look frequent in gnomAD v2 (0.54 and 0.22 %), "
    "likely an error of sequencing; tools that lower PVS1 for exon 26 because of them are misled"
)


@dataclass(frozen=True)
class Evidence:
    """What the user brings to the sheet: scores, a frequency with its source, one person's facts."""

    splice: SpliceScores | None = None
    frequency: float | None = None
    frequency_source: str = ""
    signs: frozenset[str] | None = None
    homozygous: bool = False
    person: str = ""
    overrides: tuple[Line, ...] = field(default=())


@dataclass(frozen=True)
class _Asked:
    described: Described
    effect: str
    consequence: Consequence
    evidence: Evidence
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class _Found:
    status: Status
    reason: str
    strength: str = ""
    most: int | None = None


def acmg_sheet(described: Described, consequence: Consequence, evidence: Evidence) -> Sheet:
    """Return the draft sheet of one described variant; overrides replace the lines they name.

    The sheet never claims a class from ClinVar: lekti has seen none.
    """
    asked = _Asked(described, _molecular(described, consequence), consequence, evidence, _rows(described))
    found = {
        "PVS1": _pvs1(asked),
        "PS1": _ps1(asked),
        "PM2": _pm2(asked),
        "PM3": _pm3(asked),
        "PM4": _pm4(asked),
        "PM5": _pm5(asked),
        "PP3": _pp3(asked),
        "PP4": _pp4(asked),
        "BA1": _frequent(asked, "common"),
        "BS1": _frequent(asked, "disease"),
        "BP3": _bp3(asked),
        "BP4": _bp4(asked),
        "BP7": _bp7(asked),
        **_fixed(asked),
    }
    replaced = {line.id: line for line in evidence.overrides}
    lines = [_line(row, found[row["id"]]) for row in knowledge_table("genetics/acmg_criteria.tsv")]
    return Sheet(tuple(replaced.get(line.id, line) for line in lines))


def _molecular(described: Described, consequence: Consequence) -> str:
    """Return the class of change that the description alone tells, without any word about people."""
    if described.variant is None:
        return consequence.effect.name
    told = next((row["hgvs_p"] for row in published(described.variant) if row["hgvs_p"]), "")
    name = described.variant.protein or told
    text = f"{described.variant.key} {name}" if name else described.variant.key
    return deduced_effect(read_variant(text)).name


def _rows(described: Described) -> tuple[Row, ...]:
    return published(described.variant) if described.variant is not None else ()


def _line(row: Row, found: _Found) -> Line:
    return Line(
        id=row["id"],
        side=row["side"],
        status=found.status,
        strength=found.strength or row["strength"],
        most=int(row["most"]) if found.most is None else found.most,
        question=row["question"],
        reason=found.reason,
        source=row["source"],
    )


def _pvs1(asked: _Asked) -> _Found:
    known_open = {
        "start_loss": ("depends on the next start codon, which needs the sequence", 2),
        "large_deletion": (_deleted(asked), 8),
        **dict.fromkeys(NEEDS_RNA, ("needs RNA: never given from position alone outside +-1 and +-2", 8)),
    }
    if asked.effect in known_open:
        reason, most = known_open[asked.effect]
        return _Found("not checkable", reason, most=most)
    if asked.effect not in NULL:
        return _Found("not met", "the change does not take the whole product away")
    skip, consequence = asked.consequence.skip, asked.consequence
    if skip is not None and skip.frame_kept:
        return _Found("not checkable", "the skipped exon keeps the frame; the loss must be judged", most=4)
    if consequence.nmd != "expected":
        return _Found("not checkable", consequence.nmd_reason or "the effect on the messenger is not known")
    trap = f"; {TRAP_REASON}" if _in_trap_exon(asked) else ""
    return _Found("met", f"loss of function causes the disease; {consequence.nmd_reason}{trap}")


def _deleted(asked: _Asked) -> str:
    if asked.described.span is None:
        return "its ends are not given, so the exons it takes are not known"
    return "which exons it takes must be judged from its ends"


def _in_trap_exon(asked: _Asked) -> bool:
    variant = asked.described.variant
    inside = variant is not None and variant.start.region == "coding" and not variant.start.offset
    return variant is not None and inside and exon_number(variant) == TRAP_EXON


def _ps1(asked: _Asked) -> _Found:
    if asked.effect in NEEDS_RNA and asked.described.variant is not None:
        near = same_splice_site(asked.described.variant)
        if near:
            reason = f"the same splice site is hit by {', '.join(near)}; counts once its class is accepted"
            return _Found("not checkable", reason, "moderate", 2)
        return _Found("not met", "no published change hits the same splice site")
    if asked.effect in ("missense", "substitution_unclear"):
        return _Found("not met", "no other published base change gives the same residue")
    return _Found("not met", "compares missense and splice changes only")


def _pm2(asked: _Asked) -> _Found:
    value, source, trap = _frequency(asked)
    if trap:
        return _Found("not checkable", TRAP_REASON)
    if value is None:
        return _Found("not checkable", "no frequency was given (--frequency)")
    told = f"highest frequency {value:g} ({source})"
    if value <= limit("rare"):
        return _Found("met", f"{told}, at most {limit('rare'):g} (assumed limit)")
    return _Found("not met", f"{told}, above {limit('rare'):g} (assumed limit)")


def _frequent(asked: _Asked, name: str) -> _Found:
    value, source, trap = _frequency(asked)
    if trap:
        return _Found("not checkable", TRAP_REASON)
    if value is None:
        return _Found("not checkable", "no frequency was given (--frequency)")
    if name == "disease" and value > limit("common"):
        return _Found("not met", "left to BA1")
    status: Status = "met" if value > limit(name) else "not met"
    word = "above" if status == "met" else "not above"
    return _Found(status, f"highest frequency {value:g} ({source}), {word} {limit(name):g}")


def _frequency(asked: _Asked) -> tuple[float | None, str, bool]:
    """Return the frequency that was given or listed, its source, and whether the run of A spoils it."""
    variant = asked.described.variant
    if variant is not None and variant.key in TRAP:
        return None, "", True
    if asked.evidence.frequency is not None:
        return asked.evidence.frequency, asked.evidence.frequency_source or "given, source not named", False
    listed = [(row.number("popmax"), row["popmax_source"]) for row in asked.rows if row["popmax"]]
    return (*max(listed), False) if listed else (None, "", False)


def _pm3(asked: _Asked) -> _Found:
    seen = sum(int(row["homozygous"] or 0) for row in asked.rows)
    if asked.evidence.homozygous:
        who = asked.evidence.person or "the person"
        return _Found("met", f"on both copies in {who}: half a point of PM3", "supporting")
    if seen:
        people = "one affected person" if seen == 1 else f"{seen} affected people"
        kin = "" if seen == 1 else "; counted once, for they may be related"
        return _Found("met", f"on both copies in {people} (phenopacket-store){kin}", "supporting")
    return _Found("not checkable", "needs a family or a record: seen opposite a pathogenic change?")


def _pm4(asked: _Asked) -> _Found:
    if asked.effect == "inframe":
        return _Found("not checkable", "whether it lies in a repeat needs the sequence")
    return _Found("not met", "the length of the protein is not changed in frame")


def _pm5(asked: _Asked) -> _Found:
    if asked.effect in ("missense", "substitution_unclear"):
        return _Found("not met", "no other published change of this residue")
    return _Found("not met", "for missense changes only")


def _pp3(asked: _Asked) -> _Found:
    if asked.effect in NULL:
        return _Found("not met", "not added to PVS1")
    if asked.evidence.splice is None:
        return _Found("not checkable", "no SpliceAI score was given (--spliceai); the matrix counts 0 points")
    told = asked.evidence.splice.text()
    if asked.evidence.splice.largest >= limit("splice_damage"):
        return _Found("met", f"{told}, at least {limit('splice_damage'):g}")
    if asked.effect in ("missense", "substitution_unclear"):
        return _Found("not checkable", f"{told}; damage to the residue needs a missense score, not taken yet")
    return _Found("not met", f"{told}, below {limit('splice_damage'):g}")


def _pp4(asked: _Asked) -> _Found:
    signs = asked.evidence.signs
    if signs is None:
        return _Found("not checkable", "needs the signs of one person (--case)")
    if HAIR not in signs:
        return _Found("not met", "trichorrhexis invaginata, the specific sign, is not recorded")
    if signs & SKIN and signs & ATOPY:
        return _Found("met", "bamboo hair, skin and atopy together are specific", "moderate")
    return _Found("met", "trichorrhexis invaginata is specific", "supporting")


def _bp3(asked: _Asked) -> _Found:
    if asked.effect == "inframe":
        return _Found("not checkable", "whether it lies in a repeat needs the sequence")
    return _Found("not met", "for in-frame changes only")


def _bp4(asked: _Asked) -> _Found:
    if asked.effect in NULL:
        return _Found("not met", "not used for changes that take the product away")
    if asked.evidence.splice is None:
        return _Found("not checkable", "no SpliceAI score was given (--spliceai)")
    told = asked.evidence.splice.text()
    if asked.effect in ("missense", "substitution_unclear"):
        return _Found("not checkable", f"{told}; the residue needs a missense score, not taken yet")
    if asked.evidence.splice.largest <= limit("splice_quiet"):
        return _Found("met", f"{told}, at most {limit('splice_quiet'):g}")
    return _Found("not met", f"{told}, above {limit('splice_quiet'):g}")


def _bp7(asked: _Asked) -> _Found:
    silent = asked.effect in ("synonymous", "intronic_near", "deep_intronic")
    if not silent:
        return _Found("not met", "for silent and deep intronic changes only")
    if any(row["type"] in ("synonymous_splicing", "deep_intronic") for row in asked.rows):
        return _Found("not met", "published as acting on splicing")
    if asked.evidence.splice is None:
        return _Found("not checkable", "no SpliceAI score was given (--spliceai)")
    quiet = asked.evidence.splice.largest <= limit("splice_quiet")
    return _Found("met" if quiet else "not met", asked.evidence.splice.text())


def _fixed(asked: _Asked) -> dict[str, _Found]:
    """Return the lines that lekti cannot judge, or never counts, whatever the change."""
    missense = asked.effect in ("missense", "substitution_unclear")
    family, laboratory = "needs the parents", "needs a measurement that a laboratory accepts"
    return {
        "PS2": _Found("not checkable", family),
        "PS3": _Found("not checkable", laboratory),
        "PS4": _Found("not checkable", "needs a study of people with and without the disease"),
        "PM1": _Found("not met", "no hot spot of SPINK5 is established"),
        "PM6": _Found("not met", "left to PS2"),
        "PP1": _Found("not checkable", "needs affected relatives"),
        "PP2": _Found("not met", "common missense changes are known" if missense else "for missense only"),
        "PP5": _Found("not met", "retired: ClinGen asks not to use it"),
        "BS2": _Found("not checkable", "needs a healthy adult with two copies"),
        "BS3": _Found("not checkable", laboratory),
        "BS4": _Found("not checkable", "needs affected relatives"),
        "BP1": _Found("not met", "missense changes are reported in people with the disease"),
        "BP2": _Found("not checkable", "needs to know which copy it lies on"),
        "BP5": _Found("not checkable", "needs the rest of the person's genome"),
        "BP6": _Found("not met", "retired: ClinGen asks not to use it"),
    }
