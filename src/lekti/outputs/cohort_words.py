"""Sentences and cells of a cohort summary, from `knowledge/wording/cohort.tsv`."""

from __future__ import annotations

import statistics

from lekti.base.tables import knowledge_table
from lekti.outputs.numbers import THIN
from lekti.population.cohort import CohortSummary, FeatureCount
from lekti.population.duplicates import duplicate_rule
from lekti.population.share import Share

SHOWN_SIGNS = 20


def cohort_say(sentence: str, **words: object) -> str:
    """Return the sentence of that id with its gaps filled; a space before % never breaks a line."""
    text = {row["id"]: row["text"] for row in knowledge_table("wording/cohort.tsv")}[sentence]
    return text.format(**words).replace(" %", f"{THIN}%")


def finding(summary: CohortSummary) -> str:
    """Return the finding: the most often assessed sign, with its denominator."""
    people = _counted(summary.people, "person", "people")
    start = f"{people} from {_counted(summary.records, 'record', 'records')}"
    if not summary.features:
        return f"{start}, and no sign is told of any"
    first = summary.features[0]
    return f"{start}; {first.label[:1].lower()}{first.label[1:]} in {of(first.share)} assessed"


def of(share: Share) -> str:
    """Return a share with its denominator: `38 of 42`."""
    return f"{share.observed} of {share.assessed}"


def percent(value: float) -> str:
    """Return a share as a whole percentage."""
    return f"{100 * value:.0f}{THIN}%"


def interval(share: Share) -> str:
    """Return the 95 % interval of a share: `78 to 96 %`."""
    low, high = share.interval
    return f"{100 * low:.0f} to {percent(high)}"


def people_line(summary: CohortSummary) -> str:
    """Say how many are female, male or not told, and how old they were at the last contact."""
    sexes = ", ".join(
        f"{count} {'of sex not told' if sex == 'unknown' else sex}" for sex, count in summary.sexes.items()
    )
    ages = summary.ages_years
    if not ages:
        return f"{sexes}. No age is told."
    middle = statistics.median(ages)
    told = f"told of {len(ages)}" if len(ages) < summary.people else "told of all"
    ends = f"{ages[0]:.1f} to {ages[-1]:.1f}"
    return f"{sexes}. Age at the last contact {middle:.1f} years (median; {ends}; {told})."


def counted_line(counts: dict[str, int]) -> str:
    """Return groups and their sizes: `28 homozygous, 33 compound heterozygous`."""
    return "; ".join(f"{count} {name}" for name, count in counts.items())


def rule_line() -> str:
    """Return the rule by which people are flagged, with its numbers."""
    rule = duplicate_rule()
    return cohort_say(
        "rule",
        years=f"{rule.most_years_apart:g}",
        agreeing=percent(rule.least_agreeing),
        shared=rule.least_shared,
    )


def signs_to_draw(summary: CohortSummary) -> list[FeatureCount]:
    """Return the signs most often assessed, the most frequent first."""
    chosen = summary.features[:SHOWN_SIGNS]
    return sorted(chosen, key=lambda each: (-each.share.value, -each.share.assessed, each.label))


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
