"""Pairs of people from different records who may be one person, by a stated rule, with their reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from lekti.base.tables import knowledge_table
from lekti.genetics.allele import Allele
from lekti.genetics.other_names import normal_key
from lekti.patients.case import OWN_RECORD, Case
from lekti.patients.cohort_files import Member

YEAR = 365.25


@dataclass(frozen=True)
class Rule:
    """The numbers of the rule; all are assumed."""

    most_years_apart: float
    least_shared: int
    least_agreeing: float


@dataclass(frozen=True)
class Pair:
    """Two people who may be one: `likely` when enough signs can be compared, and why."""

    first: str
    second: str
    likely: bool
    reasons: tuple[str, ...]


@cache
def duplicate_rule() -> Rule:
    """Return the rule of `cohort/duplicate_rule.tsv`."""
    rows = {row["id"]: row.number("value") for row in knowledge_table("cohort/duplicate_rule.tsv")}
    return Rule(rows["most_years_apart"], int(rows["least_shared"]), rows["least_agreeing"])


def find_duplicates(members: Sequence[Member]) -> tuple[Pair, ...]:
    """Return the flagged pairs, in the order of files.

    Flagged: different records, the same two known alleles, sexes and ages that do not contradict, and
    signs that agree where both files assess them. Two files with the same text are flagged too.
    """
    groups: dict[tuple[str, ...], list[Member]] = {}
    for member in members:
        if all(allele.kind in ("hgvs", "structural") for allele in member.case.alleles):
            groups.setdefault(genotype_key(member.case), []).append(member)
    pairs = [
        pair
        for group in groups.values()
        for one, other in combinations(group, 2)
        if (pair := _compared(one, other, len(group))) is not None
    ]
    return tuple(sorted(pairs, key=lambda pair: (pair.first, pair.second)))


def genotype_key(case: Case) -> tuple[str, ...]:
    """Return the two described alleles in one order, however they are written."""
    return tuple(sorted(_key(allele) for allele in case.alleles))


def _key(allele: Allele) -> str:
    return normal_key(allele.hgvs) if allele.hgvs is not None else allele.label


def _compared(one: Member, other: Member, sharing: int) -> Pair | None:
    if one.case == other.case:  # the id of an imported case holds the checksum of its file
        return Pair(one.file, other.file, likely=True, reasons=("the two files hold the same text",))
    if not _records_differ(one.case, other.case):
        return None
    reasons = [_sharing(one.case, sharing)]
    for reason in (_sexes(one.case, other.case), _ages(one.case, other.case)):
        if reason is None:
            return None
        reasons.append(reason)
    rule = duplicate_rule()
    signs = {feature.hpo: feature.present for feature in one.case.features}
    others = {feature.hpo: feature.present for feature in other.case.features}
    shared = sorted(signs.keys() & others.keys())
    agreeing = sum(signs[hpo] == others[hpo] for hpo in shared)
    if shared and agreeing < rule.least_agreeing * len(shared):
        return None
    reasons.append(f"{agreeing} of {len(shared)} signs assessed in both agree")
    return Pair(one.file, other.file, len(shared) >= rule.least_shared, tuple(reasons))


def _records_differ(one: Case, other: Case) -> bool:
    mine, theirs = set(one.source_records), set(other.source_records)
    return not mine & theirs and {OWN_RECORD} not in (mine, theirs)


def _sharing(case: Case, sharing: int) -> str:
    labels = [allele.label for allele in case.alleles]
    words = f"{labels[0]}, homozygous" if labels[0] == labels[1] else " and ".join(labels)
    return f"the same genotype ({words}), which {sharing} people here have"


def _sexes(one: Case, other: Case) -> str | None:
    sexes = {one.subject.sex, other.subject.sex}
    if "unknown" in sexes:
        return "a sex that is not told"
    return f"the same sex ({one.subject.sex})" if len(sexes) == 1 else None


def _ages(one: Case, other: Case) -> str | None:
    first, second = one.subject.age_days, other.subject.age_days
    if first is None or second is None:
        return "an age that is not told"
    apart = abs(first - second) / YEAR
    if apart > duplicate_rule().most_years_apart:
        return None
    return f"ages {first / YEAR:.1f} and {second / YEAR:.1f} years"
