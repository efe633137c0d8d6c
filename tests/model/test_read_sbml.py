"""SBML in: every measure of a species, every rule, and a clear no to what lekti cannot hold."""

from __future__ import annotations

import contextlib
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lekti.base.errors import ModelError
from lekti.model.expression import evaluate
from lekti.model.read_sbml import read_sbml
from lekti.model.system import System

XMLNS = 'xmlns="http://www.w3.org/1998/Math/MathML"'


def sbml(body: str) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level3/version2/core" level="3" version="2"><model id="m">
{body}
</model></sbml>"""


def math(content: str) -> str:
    return f"<math {XMLNS}>{content}</math>"


def parameter(name: str, value: str = "", constant: str = "true", units: str = "") -> str:
    value = f' value="{value}"' if value else ""
    units = f' units="{units}"' if units else ""
    return f'<parameter id="{name}"{value}{units} constant="{constant}"/>'


def parameters(*items: str) -> str:
    return f"<listOfParameters>{''.join(items)}</listOfParameters>"


def rules(**rates: str) -> str:
    items = [f'<rateRule variable="{k}">{math(v)}</rateRule>' for k, v in rates.items()]
    return f"<listOfRules>{''.join(items)}</listOfRules>"


def species(volume_rule: str = "", amount_only: str = "false") -> System:
    return read_sbml(
        sbml(
            f"""<listOfCompartments><compartment id="c" size="2" constant="false"/></listOfCompartments>
<listOfSpecies>
<species id="s" compartment="c" initialConcentration="5" hasOnlySubstanceUnits="{amount_only}"
 boundaryCondition="false" constant="false"/>
<species id="b" compartment="c" initialAmount="6" hasOnlySubstanceUnits="false" boundaryCondition="true"
 constant="false"/></listOfSpecies>
{volume_rule}
<listOfReactions><reaction id="r" reversible="false">
<listOfReactants><speciesReference species="s" stoichiometry="2" constant="true"/>
<speciesReference species="b" stoichiometry="1" constant="true"/></listOfReactants>
<kineticLaw>{math("<apply><times/><ci>k</ci><ci>s</ci></apply>")}
<listOfLocalParameters><localParameter id="k" value="0.5"/></listOfLocalParameters></kineticLaw>
</reaction></listOfReactions>"""
        )
    )


def slope(system: System, name: str, **values: float) -> float:
    known = dict(zip(system.parameters, system.defaults, strict=True)) | values
    for assigned, expr in system.assignments:
        known[assigned] = evaluate(expr, known)
    return evaluate(system.derivatives[system.states.index(name)], known)


def start(system: System, name: str) -> float:
    known = dict(zip(system.parameters, system.defaults, strict=True))
    return evaluate(system.initial[system.states.index(name)], known)


def test_a_species_in_a_fixed_volume_is_a_concentration() -> None:
    system = species()
    assert system.states == ("s",)
    assert start(system, "s") == 5.0
    assert slope(system, "s", s=5.0) == -2 * 0.5 * 5.0 / 2.0


def test_a_species_in_substance_units_is_an_amount() -> None:
    system = species(amount_only="true")
    assert start(system, "s") == 10.0
    assert slope(system, "s", s=10.0) == -2 * 0.5 * 10.0


def test_a_species_in_a_growing_volume_keeps_its_amount() -> None:
    system = species(rules(c="<cn>1</cn>"))
    assert set(system.states) == {"s.amount", "c"}
    assert start(system, "s.amount") == 10.0
    assert slope(system, "s.amount", **{"s.amount": 10.0, "c": 4.0}) == -2 * 0.5 * 10.0 / 4.0


def test_a_boundary_species_is_a_parameter_in_its_own_measure() -> None:
    system = species()
    assert system.defaults[system.parameters.index("b")] == 3.0


def test_local_parameters_are_named_after_their_reaction() -> None:
    assert "r.k" in species().parameters


def test_a_reaction_id_holds_the_rate() -> None:
    assert "r" in dict(species().assignments)


def test_rate_rules_initial_assignments_and_functions_are_put_together() -> None:
    system = read_sbml(
        sbml(
            f"""<listOfFunctionDefinitions><functionDefinition id="outer">{
                math("<lambda><bvar><ci>a</ci></bvar><apply><ci>inner</ci><ci>a</ci></apply></lambda>")
            }</functionDefinition><functionDefinition id="inner">{
                math("<lambda><bvar><ci>x</ci></bvar><apply><times/><cn>3</cn><ci>x</ci></apply></lambda>")
            }</functionDefinition></listOfFunctionDefinitions>"""
            + parameters(
                parameter("x", constant="false"),
                parameter("k", "0.5", units="per_day"),
                parameter("twice"),
                parameter("y", constant="false"),
            )
            + f"""<listOfInitialAssignments>
<initialAssignment symbol="x">{math("<apply><plus/><ci>y</ci><ci>k</ci></apply>")}</initialAssignment>
<initialAssignment symbol="twice">{math("<apply><times/><cn>2</cn><ci>x</ci></apply>")}</initialAssignment>
</listOfInitialAssignments><listOfRules>
<assignmentRule variable="y">{math("<apply><ci>outer</ci><ci>k</ci></apply>")}</assignmentRule>
<rateRule variable="x">{math("<apply><minus/><ci>y</ci><ci>x</ci></apply>")}</rateRule></listOfRules>"""
        )
    )
    assert system.states == ("x",)
    assert system.parameters == ("k",)
    assert system.units == {"k": "per_day"}
    assert start(system, "x") == 2.0
    assert slope(system, "x", x=1.0) == 0.5
    assert evaluate(dict(system.assignments)["twice"], {"k": 0.5}) == 4.0


def test_the_checksum_follows_equations_and_not_defaults() -> None:
    one, other = (read_sbml(sbml(parameters(parameter("k", v)))) for v in ("1", "2"))
    renamed = read_sbml(sbml(parameters(parameter("q", "1"))))
    assert one.checksum == other.checksum != renamed.checksum


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            f"<listOfRules><algebraicRule>{math('<cn>1</cn>')}</algebraicRule></listOfRules>",
            "algebraic rules",
        ),
        (
            parameters(parameter("x", "1", "false"))
            + rules(
                x="<apply><csymbol encoding='text' definitionURL='http://www.sbml.org/sbml/symbols/delay'>d"
                "</csymbol><ci>x</ci><cn>1</cn></apply>"
            ),
            r"delay.*model\.xml:\d",
        ),
        (parameters(parameter("x", "1", "false")) + rules(x="<apply><ci>f</ci><ci>x</ci></apply>"), "'f'"),
        (parameters(parameter("x", "1", "false")) + rules(x="<ci>nothing</ci>"), "'nothing' has no meaning"),
        (parameters(parameter("x", constant="false")) + rules(x="<cn>1</cn>"), "'x' has no start value"),
    ],
)
def test_what_lekti_does_not_hold_is_refused_by_name(body: str, words: str) -> None:
    with pytest.raises(ModelError, match=words):
        read_sbml(sbml(body))


@pytest.mark.parametrize("package", ["comp", "fbc"])
def test_packages_that_change_the_meaning_are_refused(package: str) -> None:
    version = {"comp": "1", "fbc": "2"}[package]
    text = sbml("").replace(
        "<sbml ",
        f'<sbml xmlns:{package}="http://www.sbml.org/sbml/level3/version1/{package}/version{version}" '
        f'{package}:required="{"true" if package == "comp" else "false"}" ',
    )
    with pytest.raises(ModelError, match=package):
        read_sbml(text)


@pytest.mark.parametrize("text", ["", "not xml", "<sbml><model>", sbml("<listOfParameters>")])
def test_a_broken_file_gives_one_error_with_a_line(text: str) -> None:
    with pytest.raises(ModelError, match=r"broken\.xml:\d+"):
        read_sbml(text, name="broken.xml")


def test_rules_in_a_circle_are_refused() -> None:
    text = sbml(
        parameters(parameter("a", constant="false"), parameter("b", constant="false"))
        + f"""<listOfRules><assignmentRule variable="a">{math("<ci>b</ci>")}</assignmentRule>
<assignmentRule variable="b">{math("<ci>a</ci>")}</assignmentRule></listOfRules>"""
    )
    with pytest.raises(ModelError, match="circle"):
        read_sbml(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>' + sbml("").partition("\n")[2],
            "document type",
        ),
        (sbml("").replace('level="3"', 'level="2"'), "no SBML of Level 2 or 3"),
        (sbml("").replace("level3/version2/core", "level4"), "no SBML of Level 2 or 3"),
        (sbml(f"<notes>{'<p>' * 2000}{'</p>' * 2000}</notes>"), "nested more than"),
        (sbml(f"<notes>{' ' * 50_000_000}</notes>"), "at most 10 MB"),
        (sbml(parameters(parameter("a", "1"), parameter("a", "2"))), "'a' is defined twice"),
        (sbml(parameters(parameter("a", "1")) + rules(b="<cn>1</cn>")), "'b' has a formula"),
        (sbml(parameters(parameter("a", "1", "false")) + rules(a="<apply><sin/></apply>")), "arguments"),
    ],
)
def test_hostile_and_wrong_text_is_one_sentence_with_the_file(text: str, words: str) -> None:
    with pytest.raises(ModelError, match=words) as caught:
        read_sbml(text, name="bad.xml")
    assert "bad.xml" in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("broken", ["species", "compartment"])
def test_what_points_to_nothing_is_refused(broken: str) -> None:
    body = f"""<listOfCompartments><compartment id="c" size="2" constant="true"/></listOfCompartments>
<listOfSpecies><species id="s" compartment="{"no" if broken == "compartment" else "c"}" initialAmount="1"
 hasOnlySubstanceUnits="true" boundaryCondition="false" constant="false"/></listOfSpecies>
<listOfReactions><reaction id="r" reversible="false"><listOfProducts>
<speciesReference species="{"no" if broken == "species" else "s"}" stoichiometry="1" constant="true"/>
</listOfProducts><kineticLaw>{math("<cn>1</cn>")}</kineticLaw></reaction></listOfReactions>"""
    with pytest.raises(ModelError, match="'no'"):
        read_sbml(sbml(body))


def test_a_long_chain_and_a_deep_formula_are_read() -> None:
    deep = "<apply><sin/>" * 600 + "<ci>x</ci>" + "</apply>" * 600
    names = [f"p{i}" for i in range(400)]
    starts = [
        f'<initialAssignment symbol="{name}">{math(f"<ci>{after}</ci>")}</initialAssignment>'
        for name, after in pairwise(names)
    ]
    body = parameters(parameter("x", "1", "false"), *(parameter(name, "2") for name in names))
    body += f"<listOfInitialAssignments>{''.join(starts)}</listOfInitialAssignments>" + rules(x=deep)
    system = read_sbml(sbml(body))
    assert evaluate(dict(system.assignments)["p0"], {"p399": 2.0}) == 2.0
    assert 0.0 < evaluate(system.derivatives[0], {"x": 1.0}) < 0.1


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_file_with_a_piece_cut_out_is_read_or_refused(data: st.DataObject) -> None:
    text = sbml(parameters(parameter("x", "1", "false")) + rules(x="<apply><minus/><ci>x</ci></apply>"))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    with contextlib.suppress(ModelError):
        assert read_sbml(text[:start] + text[end:]).states in {("x",), ()}


@pytest.mark.parametrize(
    ("namespace", "level", "version"),
    [
        ("level2", 2, 1),
        ("level2/version2", 2, 2),
        ("level2/version3", 2, 3),
        ("level2/version4", 2, 4),
        ("level2/version5", 2, 5),
        ("level3/version1/core", 3, 1),
    ],
)
def test_every_version_of_level_2_and_3_is_read(namespace: str, level: int, version: int) -> None:
    text = sbml(parameters(parameter("x", "1", "false")) + rules(x="<cn>1</cn>"))
    text = text.replace("level3/version2/core", namespace)
    text = text.replace('level="3" version="2"', f'level="{level}" version="{version}"')
    assert read_sbml(text).states == ("x",)


def test_a_volume_that_starts_from_an_unknown_name_is_refused() -> None:
    body = f"""<listOfCompartments><compartment id="c" constant="true"/></listOfCompartments>
<listOfSpecies><species id="s" compartment="c" initialAmount="1" hasOnlySubstanceUnits="false"
 boundaryCondition="true" constant="false"/></listOfSpecies><listOfInitialAssignments>
<initialAssignment symbol="c">{math("<ci>k</ci>")}</initialAssignment></listOfInitialAssignments>"""
    with pytest.raises(ModelError, match="'k' has no meaning"):
        read_sbml(sbml(body))
