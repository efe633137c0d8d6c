"""The one object that `lekti cohort summary --json` prints."""

from __future__ import annotations

from typing import Any

from lekti.base.provenance import USE, versions
from lekti.outputs.cohort_words import cohort_say, rule_line
from lekti.outputs.numbers import THIN
from lekti.population.cohort import CohortSummary, FeatureCount
from lekti.population.duplicates import duplicate_rule
from lekti.population.share import Share

_NOTES = ("counted", "terms", "interval", "reporting")


def cohort_object(summary: CohortSummary) -> dict[str, Any]:
    """Return the summary as plain values; every share has its denominator and its 95 % interval."""
    rule = duplicate_rule()
    return {
        "folder": summary.cohort.folder,
        "use": USE,
        "versions": versions(),
        "people": summary.people,
        "records": summary.records,
        "refused": [{"file": name, "sentence": sentence} for name, sentence in summary.cohort.refused],
        "passed_over": summary.cohort.passed_over,
        "sexes": summary.sexes,
        "ages_years": [round(age, 4) for age in summary.ages_years],
        "zygosity": summary.zygosity,
        "genotype_groups": summary.genotype_groups,
        "variants": [
            {
                "variant": each.label,
                "effect": each.effect,
                "alleles": each.alleles,
                "people": each.people,
                "homozygous": each.homozygous,
                "records": each.records,
            }
            for each in summary.variants
        ],
        "features": [_feature(each) for each in summary.features],
        "duplicates": [
            {"files": [pair.first, pair.second], "likely": pair.likely, "reasons": list(pair.reasons)}
            for pair in summary.duplicates
        ],
        "duplicate_rule": {
            "most_years_apart": rule.most_years_apart,
            "least_shared": rule.least_shared,
            "least_agreeing": rule.least_agreeing,
            "sentence": rule_line().replace(THIN, " "),
        },
        "notes": [
            cohort_say(each).replace(THIN, " ") for each in ("counted", "terms", "interval", "reporting")
        ],
    }


def _feature(feature: FeatureCount) -> dict[str, Any]:
    return {
        "hpo": feature.hpo,
        "label": feature.label,
        **_share(feature.share),
        "not_mentioned": feature.not_mentioned,
        "by_genotype_group": {name: _share(share) for name, share in feature.by_group.items()},
    }


def _share(share: Share) -> dict[str, Any]:
    return {
        "observed": share.observed,
        "excluded": share.assessed - share.observed,
        "assessed": share.assessed,
        "share": share.value,
        "interval95": list(share.interval),
    }
