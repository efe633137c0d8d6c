"""Random events in a table and in the annotation of SBML: there and back, and what is refused."""

from __future__ import annotations

import libsbml
import numpy as np
import pytest

from lekti.base.errors import ModelError
from lekti.base.tables import Row
from lekti.engine.kernel import Kernel
from lekti.engine.simulate import simulate
from lekti.model.expression import infix
from lekti.model.random_events import Chance, chances_of_model, chances_of_table, write_chances
from lekti.model.read_sbml import read_sbml

MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level3/version2/core" level="3" version="2"><model id="m">
<listOfParameters><parameter id="x" value="1" constant="false"/>
<parameter id="rate" value="73.05" constant="true"/>
<parameter id="still" value="2" constant="false"/></listOfParameters>
<listOfRules><rateRule variable="x"><math xmlns="http://www.w3.org/1998/Math/MathML"><cn>0.5</cn></math></rateRule>
</listOfRules></model></sbml>"""
FLARE = Chance("flare", "(rate) / 365.25", {"x": "x * 0.5", "still": "still + 1"})


def with_chances(*chances: Chance) -> str:
    document = libsbml.readSBMLFromString(MODEL)
    complaints = document.checkConsistency()
    write_chances(document.getModel(), chances)
    assert document.checkConsistency() == complaints
    return str(libsbml.writeSBMLToString(document))


def row(event: str, hazard: str, unit: str, variable: str, value: str) -> Row:
    cells = {"event": event, "hazard": hazard, "unit": unit, "variable": variable, "value": value}
    return Row(cells, "random_events.tsv:2")


def test_events_of_a_table_have_hazards_per_day() -> None:
    rows = [
        row("flare", "rate", "per_year", "x", "x * 0.5"),
        row("visit", "0.1", "per_day", "-", "-"),
        row("flare", "rate", "per_year", "still", "still + 1"),
    ]
    assert chances_of_table(rows) == (FLARE, Chance("visit", "0.1", {}))


def test_events_come_back_from_the_annotation_as_they_went() -> None:
    document = libsbml.readSBMLFromString(with_chances(FLARE, Chance("visit", "x < 3 && x > 1", {})))
    assert chances_of_model(document.getModel(), "m") == (FLARE, Chance("visit", "x < 3 && x > 1", {}))


def test_a_model_with_the_annotation_is_a_system_with_random_events() -> None:
    system = read_sbml(with_chances(FLARE))
    (event,) = system.random_events
    assert infix(event.hazard) == "(rate / 365.25)"
    assert {change.state: infix(change.value) for change in event.changes} == {
        "x": "(x * 0.5)",
        "still": "(still + 1.0)",
    }
    run = simulate(
        system, system.parameter_row(), times=[0.0, 50.0], outputs=["still"], solver=Kernel(), seed=1
    )
    assert run["still"][0] == pytest.approx([2.0, 2.0 + len(run.events)])
    assert 2 < len(run.events) < 25  # 0.2 a day


def test_a_model_without_the_annotation_has_none() -> None:
    assert read_sbml(MODEL).random_events == ()


def test_the_annotation_leaves_the_rest_of_the_model_alone() -> None:
    plain, told = read_sbml(MODEL), read_sbml(with_chances(Chance("visit", "0.2", {})))
    assert plain.states == told.states
    times = np.linspace(0.0, 9.0, 10)
    runs = [simulate(system, system.parameter_row(), times=times, seed=1) for system in (plain, told)]
    np.testing.assert_allclose(runs[0].values, runs[1].values)


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (Chance("flare", "rate +", {}), "is no formula"),
        (Chance("flare", "nothing", {}), "'nothing' has no meaning"),
        (Chance("flare", "rate", {"nothing": "1"}), "'nothing' has a formula"),
        (Chance("flare", "", {}), "has no hazard"),
        (Chance("flare", "unknown(x)", {}), "'unknown', which is not defined"),
    ],
)
def test_a_wrong_annotation_gets_one_sentence(chance: Chance, words: str) -> None:
    with pytest.raises(ModelError, match=words.replace("(", "\\(")):
        read_sbml(with_chances(chance))


def test_a_table_with_another_unit_or_two_hazards_is_refused_with_its_line() -> None:
    with pytest.raises(ModelError, match="Unit 'per_week'"):
        chances_of_table([row("flare", "rate", "per_week", "-", "-")])
    with pytest.raises(ModelError, match="two hazards"):
        chances_of_table([row("a", "1", "per_day", "x", "1"), row("a", "2", "per_day", "still", "1")])
