"""Every formula of an SBML model by the id it belongs to, before anything is put together."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lekti.base.errors import ModelError
from lekti.model.expression import Expr, number, symbol, total
from lekti.model.read_functions import read_functions
from lekti.model.read_math import Functions, read_math


@dataclass(frozen=True, eq=False)
class SbmlEvent:
    """An event as the file has it; `values` are the new values by SBML id."""

    name: str
    where: str
    trigger: Expr
    values: Mapping[str, Expr]
    delay: Expr | None
    priority: Expr | None
    initial: bool
    persistent: bool
    at_trigger: bool


@dataclass(frozen=True, eq=False)
class Formulas:
    """Assignment rules, rate rules, initial assignments and reaction rates by id, and the events.

    `changes` is the change of amount per day of every species that reactions make or use; `local_values`
    holds the parameters of single reactions as `reaction.parameter`. What has no formula in the file is left
    out.
    """

    rules: Mapping[str, Expr]
    rates: Mapping[str, Expr]
    starts: Mapping[str, Expr]
    reactions: Mapping[str, Expr]
    changes: Mapping[str, Expr]
    local_values: Mapping[str, float]
    events: tuple[SbmlEvent, ...]


def read_formulas(model: Any, name: str) -> Formulas:
    """Return the formulas of a libSBML model."""
    reader = _Reader(name, read_functions(model, name))
    rules = list(model.getListOfRules())
    local_values: dict[str, float] = {}
    return Formulas(
        rules=reader.by_target([(r.getVariable(), r) for r in rules if r.isAssignment()]),
        rates=reader.by_target([(r.getVariable(), r) for r in rules if r.isRate()]),
        starts=reader.by_target([(i.getSymbol(), i) for i in model.getListOfInitialAssignments()]),
        reactions={r.getId(): reader.rate(r, local_values) for r in model.getListOfReactions()},
        changes=reader.changes(model),
        local_values=local_values,
        events=tuple(
            reader.event(event, number)
            for number, event in enumerate(model.getListOfEvents(), start=1)
            if _has_formula(event.getTrigger())
        ),
    )


@dataclass(frozen=True)
class _Reader:
    name: str
    functions: Functions

    def formula(self, owner: Any, names: Mapping[str, Expr] | None = None) -> Expr:
        return read_math(owner.getMath(), self.functions, where=self.where(owner), names=names or {})

    def optional(self, owner: Any) -> Expr | None:
        return self.formula(owner) if _has_formula(owner) else None

    def where(self, owner: Any) -> str:
        return f"{self.name}:{owner.getLine()}"

    def by_target(self, items: list[tuple[str, Any]]) -> dict[str, Expr]:
        found: dict[str, Expr] = {}
        for target, item in items:
            if target in found:
                raise ModelError(f"'{target}' has two formulas of the same kind", where=self.where(item))
            if _has_formula(item):
                found[target] = self.formula(item)
        return found

    def rate(self, reaction: Any, local_values: dict[str, float]) -> Expr:
        """Return the rate of a reaction over global names; its own parameters are put into `local_values`."""
        law = reaction.getKineticLaw()
        if not _has_formula(law):
            raise ModelError(f"Reaction '{reaction.getId()}' has no rate", where=self.where(reaction))
        names: dict[str, Expr] = {}
        for item in [*law.getListOfLocalParameters()] or [*law.getListOfParameters()]:
            long_name = f"{reaction.getId()}.{item.getId()}"
            names[item.getId()] = symbol(long_name)
            local_values[long_name] = item.getValue()
        return self.formula(law, names)

    def changes(self, model: Any) -> dict[str, Expr]:
        terms: dict[str, list[Expr]] = {}
        species = {s.getId(): s for s in model.getListOfSpecies()}
        for reaction in model.getListOfReactions():
            sides = ((reaction.getListOfProducts(), 1.0), (reaction.getListOfReactants(), -1.0))
            for reference, sign in [(item, sign) for side, sign in sides for item in side]:
                item = species.get(reference.getSpecies())
                if item is None:
                    what = f"Species '{reference.getSpecies()}' is not there"
                    raise ModelError(what, where=self.where(reference))
                if not item.getBoundaryCondition() and not item.getConstant():
                    flow = symbol(reaction.getId()) * (sign * self.stoichiometry(reference))
                    terms.setdefault(item.getId(), []).append(flow * _conversion(item, model))
        return {name: total(terms[name]) for name in species if name in terms}

    def stoichiometry(self, reference: Any) -> Expr:
        if reference.isSetStoichiometryMath():
            return self.formula(reference.getStoichiometryMath())
        if reference.getId():
            return symbol(reference.getId())
        if math.isnan(reference.getStoichiometry()):
            what = f"'{reference.getSpecies()}' has no stoichiometry"
            raise ModelError(what, where=self.where(reference))
        return number(reference.getStoichiometry())

    def event(self, event: Any, place: int) -> SbmlEvent:
        trigger = event.getTrigger()
        items = [(item.getVariable(), item) for item in event.getListOfEventAssignments()]
        return SbmlEvent(
            name=event.getId() or f"event {place}",
            where=self.where(event),
            trigger=self.formula(trigger),
            values=self.by_target(items),
            delay=self.optional(event.getDelay()),
            priority=self.optional(event.getPriority()),
            initial=bool(trigger.getInitialValue()),
            persistent=bool(trigger.getPersistent()),
            at_trigger=bool(event.getUseValuesFromTriggerTime()),
        )


def _has_formula(owner: Any) -> bool:
    return owner is not None and owner.getMath() is not None


def _conversion(species: Any, model: Any) -> Expr:
    factor = species.getConversionFactor() or model.getConversionFactor()
    return symbol(factor) if factor else number(1.0)
