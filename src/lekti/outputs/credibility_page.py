"""The page of the credibility report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from lekti.base.provenance import USE
from lekti.base.tables import knowledge_text
from lekti.model.parameters import PROVENANCES
from lekti.outputs.credibility import Credibility, told
from lekti.outputs.csv_tables import data_link, table_csv
from lekti.outputs.numbers import interval, measured, predicted
from lekti.outputs.report import page_style

VERDICTS = {True: "inside", False: "outside", None: "-"}
_HEAD = ("id", "role", "label", "observed", "median", "low90", "high90", "inside")


def credibility_html(report: Credibility) -> str:
    """Return one self-contained page; the same tables give the same text, byte for byte."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: knowledge_text(f"credibility/{name}")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("page.html.j2").render(**_page(report))


def _page(report: Credibility) -> dict[str, Any]:
    areas = [(area, list(each)) for area, each in groupby(report.factors, key=lambda one: one.area)]
    rows = list(_rows(report.validation))
    words = ("verified", "modules", "predicted", "no_rows", "behaviours")
    return {
        "use": USE,
        "style": page_style(),
        "title": told("title"),
        "lead": told("lead", **report.counts),
        "statements": report.statements,
        "areas": areas,
        "proofs": report.proofs,
        "not_for": report.not_for,
        "provenances": PROVENANCES,
        "modules": report.modules,
        "roles": report.roles,
        "behaviours": report.behaviours,
        "rows": rows,
        "rows_csv": data_link(table_csv(list(_HEAD), [list(_cells(one)) for one in rows])),
        "words": {one: told(one) for one in words},
        "model": report.model_sha256,
        "versions": " · ".join(f"{name} {version}" for name, version in report.versions.items()),
    }


def _rows(validation: Mapping[str, Any] | None) -> Iterable[dict[str, str]]:
    """Yield the observations of a validation as printed; behaviours have a table of their own."""
    for one in validation["rows"] if validation is not None else ():
        if one["readout"] == "behaviour":
            continue
        made = one["median"] is not None
        seen = one["observed"]
        yield {
            "id": one["id"],
            "role": one["role"],
            "label": one["label"],
            "observed": measured(seen) if isinstance(seen, float | int) else " to ".join(map(measured, seen)),
            "unit": one["unit"],
            "median": predicted(one["median"]) if made else "-",
            "interval": interval(one["low"], one["high"]) if made else "-",
            "inside": VERDICTS[one["inside"]],
        }


def _cells(row: Mapping[str, str]) -> Iterable[str]:
    low, _, high = row["interval"].partition(" to ")
    yield from (
        row["id"],
        row["role"],
        row["label"],
        row["observed"],
        row["median"],
        low,
        high,
        row["inside"],
    )
