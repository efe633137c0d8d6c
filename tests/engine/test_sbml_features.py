"""What SBML can say beside reactions and rules, each in a small model with a known answer."""

from __future__ import annotations

import math as mathematics

import pytest

from lekti.engine.reference import Reference
from lekti.engine.simulate import simulate
from lekti.model.read_sbml import read_sbml, read_sbml_model

from .sbml_texts import call, event, events, math, parameters, rate_of, rules, sbml

VOLUME = '<listOfCompartments><compartment id="c" size="2" constant="false"/></listOfCompartments>'


def value(body: str, name: str, time: float) -> float:
    model = read_sbml(sbml(body))
    run = simulate(model, model.parameter_row(), times=[time], outputs=[name], solver=Reference())
    assert run.outcomes[0].ok, str(run.outcomes[0])
    return float(run.values[0, 0, 0])


def species(**attributes: str) -> str:
    given = {"initialAmount": "4", "hasOnlySubstanceUnits": "true", "boundaryCondition": "false"} | attributes
    written = " ".join(f'{key}="{text}"' for key, text in given.items())
    return f'<listOfSpecies><species id="s" compartment="c" constant="false" {written}/></listOfSpecies>'


def made(rate: str = "<cn>1</cn>", reference: str = 'stoichiometry="1" constant="true"') -> str:
    return f"""<listOfReactions><reaction id="r" reversible="false"><listOfProducts>
<speciesReference species="s" {reference}/></listOfProducts>
<kineticLaw>{math(rate)}</kineticLaw></reaction></listOfReactions>"""


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (call("implies", call("gt", 1, 2), "<false/>"), 1.0),
        (call("quotient", -7, 2), -3.0),
        (call("rem", -7, 2), -1.0),
        (call("max", 1, 5, 3), 5.0),
        (call("min", 4, 2, 3), 2.0),
        (call("factorial", 5), 120.0),
        (call("arccoth", 2), 0.5 * mathematics.log(3.0)),
        (call("xor", "<true/>", "<true/>", "<true/>"), 1.0),
        ("<notanumber/>", mathematics.nan),
        ("<infinity/>", mathematics.inf),
        ("<piecewise><piece><cn>3</cn><false/></piece></piecewise>", mathematics.nan),
    ],
)
def test_the_functions_of_level_3(formula: str, expected: float) -> None:
    body = parameters(x=None) + rules(assign={"x": formula})
    assert value(body, "x", 1.0) == pytest.approx(expected, nan_ok=True)


def test_a_conversion_factor_scales_what_a_reaction_makes() -> None:
    body = VOLUME + species(conversionFactor="f") + parameters(f=3) + made()
    assert value(body, "s", 2.0) == pytest.approx(4 + 2 * 3)


def test_the_conversion_factor_of_the_model_stands_for_all_species() -> None:
    text = sbml(VOLUME + species() + parameters(f=3) + made()).replace(
        '<model id="m">', '<model id="m" conversionFactor="f">'
    )
    model = read_sbml(text)
    run = simulate(model, model.parameter_row(), times=[2.0], outputs=["s"])
    assert run.values[0, 0, 0] == pytest.approx(10.0)


def test_a_stoichiometry_can_follow_a_rule() -> None:
    body = VOLUME + species() + rules(rate={"n": "<cn>2</cn>"}) + made(reference='id="n" stoichiometry="1"')
    body = body.replace('stoichiometry="1"', 'stoichiometry="1" constant="false"')
    assert value(body, "s", 3.0) == pytest.approx(4 + 3 + 9)


def test_a_stoichiometry_can_start_from_a_formula() -> None:
    body = VOLUME + species() + parameters(k=5)
    body += (
        f'<listOfInitialAssignments><initialAssignment symbol="n">{math("<ci>k</ci>")}</initialAssignment>'
    )
    body += "</listOfInitialAssignments>" + made(reference='id="n" constant="true"')
    assert value(body, "s", 2.0) == pytest.approx(14.0)


def test_an_event_can_change_a_stoichiometry() -> None:
    body = VOLUME + species() + made(reference='id="n" stoichiometry="1" constant="false"')
    body += events(event(call("geq", "t", 1), {"n": 10}))
    assert value(body, "s", 2.0) == pytest.approx(4 + 1 + 10)


@pytest.mark.parametrize(
    ("asked", "expected"), [("x", -0.5), ("y", -1.0), ("k", 0.0)], ids=["state", "rule", "constant"]
)
def test_the_rate_of_a_quantity_can_be_asked_for(asked: str, expected: float) -> None:
    body = parameters(x=3, y=None, k=2, z=None) + rules(
        assign={"y": call("times", "k", "x"), "z": rate_of(asked)}, rate={"x": "<cn>-0.5</cn>"}
    )
    assert value(body, "z", 1.0) == pytest.approx(expected)


def test_the_rate_of_a_concentration_counts_the_growth_of_its_volume() -> None:
    body = VOLUME + species(hasOnlySubstanceUnits="false") + parameters(z=None)
    body += rules(assign={"z": rate_of("s")}, rate={"c": "<cn>1</cn>"}) + made()
    assert value(body, "z", 2.0) == pytest.approx((1 * 4 - 6 * 1) / 4**2)  # (n' c - n c') / c²


def test_rate_of_works_through_a_function_definition() -> None:
    bound = "<lambda><bvar><ci>a</ci></bvar>" + rate_of("a") + "</lambda>"
    body = f'<listOfFunctionDefinitions><functionDefinition id="f">{math(bound)}</functionDefinition>'
    body += "</listOfFunctionDefinitions>" + parameters(x=3, z=None)
    body += rules(assign={"z": "<apply><ci>f</ci><ci>x</ci></apply>"}, rate={"x": "<cn>7</cn>"})
    assert value(body, "z", 1.0) == 7.0


def test_a_formula_that_is_missing_leaves_the_value_of_the_file() -> None:
    body = parameters(p=3) + '<listOfRules><assignmentRule variable="p"/></listOfRules>'
    assert value(body, "p", 1.0) == 3.0


def test_an_event_without_a_trigger_never_happens() -> None:
    body = parameters(p=3) + events(event(call("geq", "t", 0), {"p": 4})).replace(
        math(call("geq", "t", 0)), ""
    )
    assert value(body, "p", 1.0) == 3.0


def test_a_quantity_may_be_called_time() -> None:
    model = read_sbml_model(
        sbml(parameters(time=10, x=0) + rules(rate={"x": call("plus", "<ci>time</ci>", "t")}))
    )
    system = model.system
    run = simulate(system, system.parameter_row(), times=[2.0], outputs=[model.name_of("time"), "x"])
    assert run.values[0, 0].tolist() == pytest.approx([10.0, 22.0])


def test_events_are_part_of_the_checksum() -> None:
    first, second, third = (
        read_sbml(sbml(parameters(x=1, y=1) + rest)).checksum
        for rest in (
            events(event(call("geq", "t", 1), {"x": 2})),
            events(event(call("geq", "t", 1), {"x": 3})),
            events(event(call("geq", "t", 1), {"x": 2}, persistent=False)),
        )
    )
    assert len({first, second, third}) == 3
