"""The page of a family: the answer, the drawn pedigree, everyone's chances, and what they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lekti.base.provenance import USE, versions
from lekti.base.tables import knowledge_text
from lekti.genetics.family_risk import (
    Chance,
    CoupleRisk,
    EffectOfTest,
    FamilyAnswer,
    PersonRisk,
    labels_in_words,
)
from lekti.outputs.chance import both_framings, percent_of, range_of, with_range
from lekti.outputs.csv_tables import data_link, table_csv
from lekti.outputs.family_words import (
    assumptions,
    family_say,
    frequency_line,
    headline,
    known_of,
    left_out,
)
from lekti.outputs.pedigree_figure import WIDEST, pedigree_figure
from lekti.outputs.pedigree_key import children_figure, pedigree_key
from lekti.outputs.report import page_style
from lekti.outputs.sources import link, numbered

_BESIDE = 740.0
_CSV = ("person", "known", "no_copy", "one_copy", "one_copy_low", "one_copy_high", "two_copies",
        "affected_child_unrelated_partner", "low", "high")  # fmt: skip


def family_html(answer: FamilyAnswer) -> str:
    """Return one self-contained page; the same family gives the same text, byte for byte."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: knowledge_text(f"wording/{name}")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("family.html.j2").render(**_page(answer))


def _page(answer: FamilyAnswer) -> dict[str, Any]:
    figure = pedigree_figure(answer).drawing
    asked = answer.asked
    children = children_figure(asked) if asked is not None else None
    numbers = _numbers(answer)
    return {
        "use": USE,
        "style": page_style() + knowledge_text("wording/family.css"),
        "kicker": _kicker(answer),
        "title": headline(asked) if asked is not None else None,
        "children": "" if children is None else children.svg(),
        "beside": figure.width <= _BESIDE,
        "wide": figure.width > WIDEST,
        "pedigree": figure.svg(),
        "key": pedigree_key(answer).svg(),
        "people": [_person(each) for each in answer.people],
        "people_csv": data_link(_people_csv(answer)),
        "couples": [_couple(each) for each in answer.couples if each != asked],
        "tests": [_test(each) for each in answer.effects],
        "tests_order": family_say("tests_order"),
        "tests_nothing": family_say("tests_nothing"),
        "counsellor": family_say("counsellor"),
        "line": family_say("model_line", frequency=frequency_line(answer)),
        "cousins": _cousins(answer),
        "numbers": numbers,
        "assumptions": assumptions(answer.family),
        "left_out": left_out(),
        "versions": " · ".join(f"{name} {version}" for name, version in versions("numpy").items()),
        "sources": numbered([*answer.family.records, *_linked(numbers)]),
    }


def _linked(numbers: Sequence[Mapping[str, str]]) -> list[str]:
    """Return the sources that are records; `computed`, `assumed` and `the file` stand as words."""
    return [each["source"] for each in numbers if link(each["source"])]


def _kicker(answer: FamilyAnswer) -> str:
    family = answer.family
    count = len(family.people)
    words = [f"{count} {'person' if count == 1 else 'people'}"]
    words += [f"{one.label} = {one.hgvs or 'a variant not told'}" for one in family.variants]
    return " · ".join(words if family.variants else [*words, "variants not told"])


def _person(risk: PersonRisk) -> dict[str, str]:
    affected = risk.person.status == "affected" or risk.two.value > 0.995
    return {
        "id": risk.person.id,
        "known": known_of(risk.person),
        "carries": "two copies" if affected else both_framings(risk.carrier),
        "carries_range": "" if affected else range_of(risk.carrier),
        "two": _two(risk),
        "child": "" if risk.person.died else with_range(risk.child),
        "child_percent": "" if risk.person.died or risk.child.value <= 0 else percent_of(risk.child.value),
    }


def _two(risk: PersonRisk) -> str:
    if risk.person.status == "affected":
        return "has it"
    return both_framings(risk.two)


def _couple(risk: CoupleRisk) -> dict[str, str]:
    told = headline(risk)
    return {
        "couple": f"{risk.father} and {risk.mother}",
        "affected": both_framings(risk.affected),
        "range": range_of(risk.affected),
        "carrier": both_framings(risk.carrier),
        "related": told.notes[-1].removeprefix("The parents are ").removesuffix("."),
    }


def _test(effect: EffectOfTest) -> dict[str, str]:
    return {
        "person": effect.person,
        "test": f"{labels_in_words(effect.looks_for)} (finds {percent_of(effect.sensitivity.value)})",
        "found": both_framings(effect.found),
        "if_found": both_framings(effect.risk_if_found),
        "if_found_range": range_of(effect.risk_if_found),
        "if_not": both_framings(effect.risk_if_not),
        "if_not_range": range_of(effect.risk_if_not),
    }


def _numbers(answer: FamilyAnswer) -> list[dict[str, str]]:
    """Return each number the sums rest on: its name, value, range and source."""
    population, carriers = answer.family.population, answer.carriers
    names = {
        "incidence": "How often at birth",
        "carriers": "Carriers",
        "alleles": "Faulty copies",
    }
    told = Chance(population.frequency.value, population.frequency.low, population.frequency.high)
    rows = [
        (names[population.kind], both_framings(told), range_of(told), population.frequency.source),
        ("Carriers among unrelated healthy people", both_framings(carriers), range_of(carriers), "computed"),
    ]
    for each in {(e.looks_for, e.sensitivity) for e in answer.effects} | {
        (test.looks_for, test.sensitivity) for one in answer.family.people for test in one.tests
    }:
        looks_for, found = each
        ends = "" if found.is_exact else f"{percent_of(found.low)} to {percent_of(found.high)}"
        name = f"A test of {labels_in_words(looks_for)} finds a faulty copy"
        rows.append((name, percent_of(found.value), ends, found.source))
    keys = ("name", "value", "range", "source")
    return [dict(zip(keys, row, strict=True)) for row in [*rows[:2], *sorted(set(rows[2:]))]]


def _cousins(answer: FamilyAnswer) -> str:
    share = answer.share_from_first_cousins
    if share is None:
        return ""
    return f"Of all affected children in this population, {percent_of(share)} are born to first cousins."


def _people_csv(answer: FamilyAnswer) -> str:
    rows = [
        [
            risk.person.id,
            known_of(risk.person),
            *(f"{value:.6g}" for value in (risk.none.value, risk.carrier.value, risk.carrier.low)),
            *(f"{value:.6g}" for value in (risk.carrier.high, risk.two.value)),
            *(f"{value:.6g}" for value in (risk.child.value, risk.child.low, risk.child.high)),
        ]
        for risk in answer.people
    ]
    return table_csv(list(_CSV), rows)
