"""The page of a cohort: who they are, their variants, their signs, and who may be counted twice."""

from __future__ import annotations

from typing import Any

from lekti.base.provenance import USE, versions
from lekti.base.tables import knowledge_text
from lekti.outputs.cohort_figure import cohort_figure
from lekti.outputs.cohort_words import (
    cohort_say,
    counted_line,
    finding,
    interval,
    of,
    people_line,
    percent,
    rule_line,
    signs_to_draw,
)
from lekti.outputs.csv_tables import data_link, table_csv
from lekti.outputs.figure_style import standalone_style
from lekti.outputs.layout import LAYOUTS, WIDE
from lekti.outputs.report import page_style
from lekti.outputs.sources import numbered
from lekti.population.cohort import GENOTYPE_GROUPS, CohortSummary, FeatureCount

_GROUPED = 12
_HEAD = ("hpo", "label", "observed", "excluded", "assessed", "not_mentioned", "share", "low95", "high95")


def cohort_html(summary: CohortSummary) -> str:
    """Return one self-contained page; the same folder gives the same text, byte for byte."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: knowledge_text(f"wording/{name}")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("cohort.html.j2").render(**_page(summary))


def _page(summary: CohortSummary) -> dict[str, Any]:
    signs = signs_to_draw(summary)
    groups = [name for name in GENOTYPE_GROUPS if name in summary.genotype_groups]
    records = sorted({r for member in summary.cohort.members for r in member.case.source_records})
    return {
        "use": USE,
        "style": page_style() + knowledge_text("wording/cohort.css"),
        "title": finding(summary),
        "people": people_line(summary),
        "zygosity": counted_line(summary.zygosity),
        "groups_line": counted_line(summary.genotype_groups),
        "drawings": [{"width": each.name, "svg": cohort_figure(signs, each).svg()} for each in LAYOUTS],
        "signs": [_sign(each) for each in summary.features],
        "signs_csv": data_link(table_csv(list(_HEAD), [_cells(each) for each in summary.features])),
        "variants": summary.variants,
        "groups": groups,
        "grouped": [_grouped(each, groups) for each in summary.features[:_GROUPED]],
        "pairs": summary.duplicates,
        "rule": rule_line(),
        "no_duplicates": cohort_say("no_duplicates"),
        "refused": summary.cohort.refused,
        "notes": {each: cohort_say(each) for each in ("counted", "terms", "interval", "reporting", "groups")},
        "versions": " · ".join(f"{name} {version}" for name, version in versions().items()),
        "sources": numbered(records),
    }


def _sign(feature: FeatureCount) -> dict[str, Any]:
    return {
        "hpo": feature.hpo,
        "label": feature.label,
        "of": of(feature.share),
        "percent": percent(feature.share.value),
        "interval": interval(feature.share),
        "untold": feature.not_mentioned,
    }


def _grouped(feature: FeatureCount, groups: list[str]) -> dict[str, Any]:
    cells = [feature.by_group.get(name) for name in groups]
    shown = [("", "") if share is None else (of(share), interval(share)) for share in cells]
    return {"label": feature.label, "cells": shown}


def _cells(feature: FeatureCount) -> list[str]:
    share = feature.share
    counts = [share.observed, share.assessed - share.observed, share.assessed, feature.not_mentioned]
    ends = [share.value, *share.interval]
    return [feature.hpo, feature.label, *map(str, counts), *(f"{value:.4f}" for value in ends)]


def cohort_file(summary: CohortSummary, suffix: str) -> str:
    """Return the page for `.html`, and the figure that stands on its own for `.svg`."""
    if suffix == ".svg":
        return cohort_figure(signs_to_draw(summary), WIDE).svg(style=standalone_style())
    return cohort_html(summary)
