"""Modules and parameter tables in, one Antimony text and one SBML L3V2 document out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from lekti.base.errors import ModelError
from lekti.model.annotate import annotate
from lekti.model.modules import LAYERS, Module, load_modules
from lekti.model.parameters import Parameter, Unit, load_parameters, load_units
from lekti.model.read_sbml import read_sbml
from lekti.model.unit_check import unit_problems

MODEL_ID = "netherton"


@cache
def assemble_antimony(*, layers: int = LAYERS) -> str:
    """Return the whole model as one Antimony text."""
    units, parameters, modules = load_units(), load_parameters(), load_modules(layers=layers)
    parts = [
        f"// Netherton syndrome: {len(modules)} modules, {len(parameters)} parameters, {layers} skin layers.",
        "// For research and education; not for decisions about a person.",
        f"model {MODEL_ID}",
        *_unit_lines(units.values()),
        "",
        *(f"{module.text}\n" for module in modules),
        *_variable_units(modules),
        "",
        *_parameter_lines(parameters),
        "end",
    ]
    return "\n".join(parts) + "\n"


@cache
def assemble_sbml(*, layers: int = LAYERS) -> str:
    """Return the whole model as a valid SBML Level 3 Version 2 document with consistent units.

    Raises `ModelError` with the complaint of Antimony or libSBML when the text does not hold together.
    """
    import libsbml

    document: Any = libsbml.readSBMLFromString(_antimony_to_sbml(assemble_antimony(layers=layers)))
    model: Any = document.getModel()
    model.setName("Netherton syndrome")
    model.setTimeUnits("day")
    model.setSubstanceUnits("mole")
    model.setExtentUnits("mole")
    model.setVolumeUnits("litre")
    for element in _elements_with_math(model):
        math = element.getMath().deepCopy()
        _mark_numbers(math)
        element.setMath(math)
    annotate(model, load_parameters())
    text = str(libsbml.writeSBMLToString(document))
    problems = check_document(document) or unit_problems(read_sbml(text, name="netherton.xml"), load_units())
    if problems:
        raise ModelError(f"The assembled SBML has {len(problems)} problems, first: {problems[0]}")
    return text


def check_document(document: Any) -> list[str]:
    """Return every error and warning of libSBML's consistency check, units included."""
    document.checkConsistency()
    return [
        " ".join(document.getError(index).getMessage().split()) for index in range(document.getNumErrors())
    ]


def _antimony_to_sbml(text: str) -> str:
    import antimony

    antimony.clearPreviousLoads()
    if antimony.loadAntimonyString(text) < 0:
        raise ModelError(f"Antimony refuses the model: {antimony.getLastError()}")
    return str(antimony.getSBMLString(MODEL_ID))


def _unit_lines(units: Iterable[Unit]) -> list[str]:
    return [f"  unit {unit.id} = {unit.antimony};" for unit in units if unit.id not in ("dimensionless",)]


def _variable_units(modules: Iterable[Module]) -> list[str]:
    """Variables whose module names no unit are dimensionless."""
    defined: dict[str, None] = {}
    given: set[str] = set()
    for statement in (statement for module in modules for statement in module.statements):
        if " has " in statement:
            given.add(statement.split(" has ")[0].strip())
        else:
            defined.setdefault(statement.split("=")[0].rstrip(": '").strip())
    return [f"  {name} has dimensionless;" for name in defined if name not in given]


def _parameter_lines(parameters: Iterable[Parameter]) -> list[str]:
    return [
        f"  {parameter.id} = {parameter.value!r}; {parameter.id} has {parameter.unit};"
        for parameter in parameters
    ]


def _elements_with_math(model: Any) -> Iterable[Any]:
    for index in range(model.getNumRules()):
        yield model.getRule(index)
    for index in range(model.getNumInitialAssignments()):
        yield model.getInitialAssignment(index)


def _mark_numbers(node: Any) -> None:
    """Give every bare number the unit `dimensionless`: in a module a number without a name has no unit."""
    if node.isNumber() and not node.hasUnits():
        node.setUnits("dimensionless")
    for index in range(node.getNumChildren()):
        _mark_numbers(node.getChild(index))
