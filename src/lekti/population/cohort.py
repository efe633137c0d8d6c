"""What a cohort of published people shows: variants, zygosity, signs with their denominators, groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from lekti.base.tables import knowledge_table
from lekti.genetics.allele import Allele, same_variant
from lekti.genetics.other_names import normal_key
from lekti.genetics.residual import residual_of
from lekti.patients.case import Case
from lekti.patients.cohort_files import Cohort, Member
from lekti.population.duplicates import YEAR, Pair, find_duplicates
from lekti.population.share import Share

ZYGOSITIES = ("homozygous", "compound heterozygous", "one allele known", "no allele known")
GENOTYPE_GROUPS = ("two truncating", "one truncating, one other", "no truncating", "not fully known")


@dataclass(frozen=True)
class VariantCount:
    """One variant: how many alleles and people carry it, how many are homozygous, and its effect."""

    label: str
    effect: str
    alleles: int
    people: int
    homozygous: int
    records: int


@dataclass(frozen=True)
class FeatureCount:
    """One sign: its share of those assessed, how many files do not mention it, and its share by group."""

    hpo: str
    label: str
    share: Share
    not_mentioned: int
    by_group: dict[str, Share]


@dataclass(frozen=True)
class CohortSummary:
    """Everything that `lekti cohort summary` says."""

    cohort: Cohort
    records: int
    sexes: dict[str, int]
    ages_years: tuple[float, ...]
    zygosity: dict[str, int]
    genotype_groups: dict[str, int]
    variants: tuple[VariantCount, ...]
    features: tuple[FeatureCount, ...]
    duplicates: tuple[Pair, ...]

    @property
    def people(self) -> int:
        """Return how many people there are, flagged pairs counted twice."""
        return len(self.cohort.members)


def summarise(cohort: Cohort) -> CohortSummary:
    """Count a cohort; nothing is estimated that a file does not tell."""
    cases = [member.case for member in cohort.members]
    return CohortSummary(
        cohort=cohort,
        records=len({record for case in cases for record in case.source_records}),
        sexes=_counted(("female", "male", "unknown"), (case.subject.sex for case in cases)),
        ages_years=tuple(sorted(c.subject.age_days / YEAR for c in cases if c.subject.age_days is not None)),
        zygosity=_counted(ZYGOSITIES, map(zygosity, cases)),
        genotype_groups=_counted(GENOTYPE_GROUPS, map(genotype_group, cases)),
        variants=_variants(cases),
        features=_features(cohort.members),
        duplicates=find_duplicates(cohort.members),
    )


def zygosity(case: Case) -> str:
    """Return one of `ZYGOSITIES`: two known alleles that are the same or not, or fewer known."""
    known = [allele for allele in case.alleles if _is_known(allele)]
    if len(known) < 2:
        return "one allele known" if known else "no allele known"
    return "homozygous" if same_variant(*case.alleles) else "compound heterozygous"


def genotype_group(case: Case) -> str:
    """Return one of `GENOTYPE_GROUPS` by the effects of both alleles; the grouping is assumed."""
    groups = [_allele_group(allele) for allele in case.alleles]
    if "unknown" in groups:
        return "not fully known"
    return GENOTYPE_GROUPS[2 - groups.count("truncating")]


def _is_known(allele: Allele) -> bool:
    return allele.kind in ("hgvs", "structural")


def _allele_group(allele: Allele) -> str:
    return "unknown" if not _is_known(allele) else _groups().get(residual_of(allele).effect, "other")


@cache
def _groups() -> dict[str, str]:
    return {row["effect"]: row["group"] for row in knowledge_table("cohort/allele_groups.tsv")}


def _counted(names: Sequence[str], values: Iterable[str]) -> dict[str, int]:
    counts = Counter(values)
    return {name: counts[name] for name in names if counts[name]}


def _variants(cases: Sequence[Case]) -> tuple[VariantCount, ...]:
    found: dict[str, list[tuple[Allele, Case]]] = {}
    for case in cases:
        for allele in case.alleles:
            if _is_known(allele):
                key = normal_key(allele.hgvs) if allele.hgvs is not None else allele.label
                found.setdefault(key, []).append((allele, case))
    counts = [_variant(carriers) for carriers in found.values()]
    return tuple(sorted(counts, key=lambda each: (-each.alleles, -each.people, each.label)))


def _variant(carriers: Sequence[tuple[Allele, Case]]) -> VariantCount:
    people = Counter(id(case) for _, case in carriers)
    records = {record for _, case in carriers for record in case.source_records}
    allele = carriers[0][0]
    return VariantCount(
        label=allele.label,
        effect=residual_of(allele).label,
        alleles=len(carriers),
        people=len(people),
        homozygous=sum(count == 2 for count in people.values()),
        records=len(records),
    )


def _features(members: Sequence[Member]) -> tuple[FeatureCount, ...]:
    labels: dict[str, str] = {}
    seen: dict[str, list[tuple[str, bool]]] = {}
    for member in members:
        group = genotype_group(member.case)
        for feature in member.case.features:
            labels.setdefault(feature.hpo, feature.label)
            seen.setdefault(feature.hpo, []).append((group, feature.present))
    counts = [_feature(hpo, labels[hpo], told, len(members)) for hpo, told in seen.items()]
    return tuple(sorted(counts, key=lambda each: (-each.share.assessed, -each.share.value, each.label)))


def _feature(hpo: str, label: str, told: Sequence[tuple[str, bool]], people: int) -> FeatureCount:
    by_group = {
        name: _share([present for group, present in told if group == name]) for name in GENOTYPE_GROUPS
    }
    return FeatureCount(
        hpo=hpo,
        label=label,
        share=_share([present for _, present in told]),
        not_mentioned=people - len(told),
        by_group={name: share for name, share in by_group.items() if share.assessed},
    )


def _share(present: Sequence[bool]) -> Share:
    return Share(sum(present), len(present))
