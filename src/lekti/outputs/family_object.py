"""The one object that `lekti family --json` prints."""

from __future__ import annotations

from typing import Any

from lekti.base.provenance import USE, versions
from lekti.genetics.family_risk import Chance, CoupleRisk, EffectOfTest, FamilyAnswer, PersonRisk
from lekti.genetics.pedigree import Range
from lekti.outputs.chance import both_framings, range_of
from lekti.outputs.family_words import assumptions, known_of, left_out
from lekti.outputs.numbers import THIN


def family_object(answer: FamilyAnswer) -> dict[str, Any]:
    """Return the answer as plain values; a chance has its value, range, and both framings in words."""
    population = answer.family.population
    asked = answer.asked
    return {
        "family": answer.family.name,
        "use": USE,
        "versions": versions("numpy"),
        "next_child": None if asked is None else _couple(asked),
        "couples": [_couple(each) for each in answer.couples],
        "people": [_person(each) for each in answer.people],
        "tests": [_test(each) for each in answer.effects],
        "population": {
            "told": population.kind,
            "frequency": _range(population.frequency),
            "allele_frequency": _range(answer.allele_frequency),
            "carriers_among_healthy": _chance(answer.carriers),
            "share_of_affected_from_first_cousins": answer.share_from_first_cousins,
        },
        "log_likelihood": answer.log_likelihood,
        "assumptions": assumptions(answer.family),
        "not_in_the_sums": left_out(),
    }


def _chance(chance: Chance) -> dict[str, Any]:
    return {
        "value": chance.value,
        "low": chance.low,
        "high": chance.high,
        "words": _plain(both_framings(chance)),
        "range": range_of(chance) or None,
    }


def _range(told: Range) -> dict[str, Any]:
    return {"value": told.value, "low": told.low, "high": told.high, "source": told.source or None}


def _couple(risk: CoupleRisk) -> dict[str, Any]:
    return {
        "father": risk.father,
        "mother": risk.mother,
        "affected": _chance(risk.affected),
        "carrier": _chance(risk.carrier),
        "neither": _chance(risk.neither),
        "inbreeding_of_children": risk.inbreeding,
    }


def _person(risk: PersonRisk) -> dict[str, Any]:
    return {
        "id": risk.person.id,
        "known": _plain(known_of(risk.person)),
        "no_copy": _chance(risk.none),
        "one_copy": _chance(risk.carrier),
        "two_copies": _chance(risk.two),
        "affected_child_with_unrelated_partner": _chance(risk.child),
        "inbreeding": risk.inbreeding,
    }


def _test(effect: EffectOfTest) -> dict[str, Any]:
    return {
        "person": effect.person,
        "looks_for": list(effect.looks_for),
        "sensitivity": _range(effect.sensitivity),
        "finds_a_copy": _chance(effect.found),
        "risk_if_found": _chance(effect.risk_if_found),
        "risk_if_not_found": _chance(effect.risk_if_not),
        "mean_change_of_risk": effect.mean_change,
    }


def _plain(text: str) -> str:
    return text.replace(THIN, " ")
