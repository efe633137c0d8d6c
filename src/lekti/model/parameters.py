"""Parameters: one number each, with its unit, its prior and where it comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from lekti.base.errors import ModelError
from lekti.base.tables import Row, knowledge_table

MODULES = (
    "person",
    "genotype",
    "proteolysis",
    "barrier",
    "water",
    "growth",
    "microbes",
    "alarms",
    "immunity",
    "ige",
    "itch",
    "hair",
    "igg",
    "infection",
    "dupilumab",
    "treatments",
    "readouts",
    "scores",
)
"""The modules of the model, in the order in which they are written out."""

PROVENANCES = ("read", "secondary", "derived", "assumed")
"""read: seen in the source. secondary: seen in something that cites it. derived: our arithmetic on such
numbers. assumed: no number found. Numbers only recalled from memory are not accepted."""


@dataclass(frozen=True)
class Prior:
    """How a parameter varies between virtual patients: a name and its numbers, such as `lognormal(0.2)`."""

    name: str
    numbers: tuple[float, ...] = ()

    @property
    def varies(self) -> bool:
        """Whether the parameter is drawn from this prior (and not fixed or set by another room)."""
        return self.name not in ("fixed", "genotype", "healthy twin", "untreated twin")


@dataclass(frozen=True)
class Parameter:
    """A number of the model in model units, and what it rests on."""

    id: str
    module: str
    value: float
    unit: str
    source_value: str
    prior: Prior
    provenance: str
    source: str
    locator: str
    reason: str
    where: str


@dataclass(frozen=True)
class Unit:
    """A unit of the model in the four spellings it is needed in."""

    id: str
    antimony: str
    pint: str
    ucum: str
    printed: str


@cache
def load_units() -> Mapping[str, Unit]:
    """Return the units of `knowledge/model/units.tsv` by id."""
    return {
        row["id"]: Unit(row["id"], row["antimony"], row["pint"], row["ucum"], row["printed"])
        for row in knowledge_table("model/units.tsv")
    }


@cache
def load_parameters() -> tuple[Parameter, ...]:
    """Return every parameter of the model, module by module, converted to model units.

    Raises `ModelError` with file and line for a unit that does not fit, an unknown provenance or an id
    that stands twice.
    """
    units = load_units()
    seen: dict[str, str] = {}
    parameters: list[Parameter] = []
    for module in MODULES:
        for row in knowledge_table(f"model/{module}.tsv"):
            parameter = _parameter(row, module, units)
            if parameter.id in seen:
                raise ModelError(
                    f"{parameter.id} stands twice", where=f"{row.where} and {seen[parameter.id]}"
                )
            seen[parameter.id] = row.where
            parameters.append(parameter)
    return tuple(parameters)


def weight_parameters(sex: str) -> dict[str, float]:
    """Return the growth-curve parameters of one sex ("male" or "female"; "unknown" is the mean of both)."""
    table = knowledge_table("model/weight_by_sex.tsv")
    if sex == "unknown":
        return {row["id"]: (row.number("male") + row.number("female")) / 2 for row in table}
    return {row["id"]: row.number(sex) for row in table}


def parse_prior(text: str, *, where: str) -> Prior:
    """Read a prior such as `fixed`, `lognormal(0.2)` or `responder(0.8,0.1,0.6)`.

    >>> parse_prior("lognormal(0.2)", where="x.tsv:2")
    Prior(name='lognormal', numbers=(0.2,))
    """
    match = re.fullmatch(r"([a-z_ ]+?)(?:\(([-0-9.,eE ]+)\))?", text)
    if match is None:
        raise ModelError(f"prior '{text}' is not understood", where=where, expected="name(number, ...)")
    numbers = tuple(float(part) for part in match[2].split(",")) if match[2] else ()
    return Prior(match[1], numbers)


def _parameter(row: Row, module: str, units: Mapping[str, Unit]) -> Parameter:
    if row["provenance"] not in PROVENANCES:
        raise ModelError(
            f"provenance '{row['provenance']}'", where=row.where, expected=" or ".join(PROVENANCES)
        )
    if row["model_unit"] not in units:
        raise ModelError(f"unit '{row['model_unit']}'", where=row.where, expected="an id of units.tsv")
    return Parameter(
        id=row["id"],
        module=module,
        value=_convert(row, units[row["model_unit"]]),
        unit=row["model_unit"],
        source_value=f"{row['value']} {row['unit']}".removesuffix(" 1"),
        prior=parse_prior(row["prior"], where=row.where),
        provenance=row["provenance"],
        source=row["source"],
        locator=row["locator"],
        reason=row["reason"],
        where=row.where,
    )


def _convert(row: Row, unit: Unit) -> float:
    value = row.number("value")
    if row["unit"] in ("1", unit.pint):
        return value
    from lekti.base.units import convert

    return convert(value, row["unit"], unit.pint, where=row.where)
