"""The quantities of an SBML model: every id that has a value, and how a species measures it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lekti.base.errors import ModelError


@dataclass(frozen=True)
class Quantity:
    """One SBML id with a value: its start value if the file gives one, and how species measure it."""

    id: str
    value: float
    unit: str
    compartment: str = ""  # of a species whose symbol means a concentration
    value_is_amount: bool = False
    symbol_is_amount: bool = True
    line: int = 0


def quantities(model: Any, name: str) -> dict[str, Quantity]:
    """Return compartments, species, parameters and named species references by id, in the file's order.

    Raises `ModelError` for an id that is used twice and for a species in a compartment that is not there.
    """
    found: dict[str, Quantity] = {}
    reactions = {r.getId(): r.getLine() for r in model.getListOfReactions()}
    for q in _all(model):
        if q.id in found or q.id in reactions:
            raise ModelError(f"'{q.id}' is defined twice", where=f"{name}:{q.line}")
        found[q.id] = q
    volumes = {c.getId() for c in model.getListOfCompartments()}
    for s in model.getListOfSpecies():
        if s.getCompartment() not in volumes:
            what = f"Species '{s.getId()}' is in compartment '{s.getCompartment()}', which is not there"
            raise ModelError(what, where=f"{name}:{s.getLine()}")
    return found


def _all(model: Any) -> Iterable[Quantity]:
    volumes = {c.getId() for c in model.getListOfCompartments() if _has_volume(c)}
    for c in model.getListOfCompartments():
        size = c.getSize() if c.isSetSize() else math.nan
        yield Quantity(c.getId(), size, c.getUnits(), line=c.getLine())
    for s in model.getListOfSpecies():
        by_amount = s.getHasOnlySubstanceUnits() or s.getCompartment() not in volumes
        value = s.getInitialAmount() if s.isSetInitialAmount() else s.getInitialConcentration()
        yield Quantity(
            s.getId(),
            value if s.isSetInitialAmount() or s.isSetInitialConcentration() else math.nan,
            s.getSubstanceUnits(),
            compartment=s.getCompartment() if s.getCompartment() in volumes else "",
            value_is_amount=s.isSetInitialAmount(),
            symbol_is_amount=by_amount,
            line=s.getLine(),
        )
    for p in model.getListOfParameters():
        value = p.getValue() if p.isSetValue() else math.nan
        yield Quantity(p.getId(), value, p.getUnits(), line=p.getLine())
    for reference in references(model):
        if reference.getId():
            value = reference.getStoichiometry()
            yield Quantity(reference.getId(), value, "", line=reference.getLine())


def references(model: Any) -> Iterator[Any]:
    """Yield every species reference of every reaction."""
    for reaction in model.getListOfReactions():
        yield from reaction.getListOfReactants()
        yield from reaction.getListOfProducts()


def _has_volume(compartment: Any) -> bool:
    """Tell whether species can have a concentration; a point (0 dimensions) has none, before Level 3."""
    if compartment.getSpatialDimensions() != 0:
        return True
    return compartment.getLevel() > 2 and compartment.isSetSize()
