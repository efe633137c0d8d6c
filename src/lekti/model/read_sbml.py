"""SBML text in, one flat `System` out; what lekti cannot hold is refused by name."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import libsbml
import numpy as np

from lekti.base.errors import ModelError
from lekti.model.expression import Expr, evaluate, number, substitute, symbol, symbols, total
from lekti.model.read_math import Functions, read_math
from lekti.model.system import TIME, System

_REFUSED = ("comp", "fbc")
_HARMLESS = ("l3v2extendedmath", "layout", "render", "groups")  # drawings and names, or read below


def read_sbml(text: str, *, name: str = "model.xml") -> System:
    """Read SBML Level 2 or 3 and return the flat `System`; `name` is the file that errors point to.

    Species count in concentration or amount as their `hasOnlySubstanceUnits` says. A constant with an initial
    assignment becomes an assignment; a reaction id becomes an assignment that holds its rate.
    Raises `ModelError` for text that is not SBML, and for events, delay, algebraic rules, fast reactions,
    comp and fbc.
    """
    document = _document(text, name)  # it owns the model and must outlive it
    model = document.getModel()
    _refuse(model, name)
    return _Reader(model, name).system()


def _document(text: str, name: str) -> Any:
    document: Any = libsbml.readSBMLFromString(text)
    for i in range(document.getNumPlugins()):
        package = document.getPlugin(i).getPackageName()
        if package not in _HARMLESS and (package in _REFUSED or document.getPackageRequired(package)):
            raise ModelError(
                f"The model uses the SBML package {package}, which lekti does not hold", where=name
            )
    for i in range(document.getNumErrors()):
        error = document.getError(i)
        if error.getSeverity() >= libsbml.LIBSBML_SEV_ERROR:
            what = " ".join(error.getShortMessage().split()) or "The file cannot be read"
            raise ModelError(what, where=f"{name}:{error.getLine()}", expected="valid SBML")
    if document.getModel() is None or document.getLevel() < 2:
        raise ModelError("The file holds no model of SBML Level 2 or 3", where=name)
    return document


def _refuse(model: Any, name: str) -> None:
    fast = [r for r in model.getListOfReactions() if r.isSetFast() and r.getFast()]
    found = [
        ("events", list(model.getListOfEvents())),
        ("algebraic rules", [rule for rule in model.getListOfRules() if rule.isAlgebraic()]),
        ("fast reactions", fast),
    ]
    for construct, things in found:
        if things:
            line = things[0].getLine()
            raise ModelError(f"The model uses {construct}, which lekti does not hold", where=f"{name}:{line}")


@dataclass(frozen=True)
class _Quantity:
    """One SBML id with a value: its start value if the file gives one, and how species measure it."""

    id: str
    value: float
    unit: str
    compartment: str = ""  # of a species whose symbol means a concentration
    value_is_amount: bool = False
    symbol_is_amount: bool = True
    line: int = 0


class _Reader:
    """The document's rules and quantities by id; `system` puts them together once."""

    def __init__(self, model: Any, name: str) -> None:
        self.name = name
        self.functions = _functions(model, name)
        self.quantities = {q.id: q for q in _quantities(model)}
        self.rules = self._targets(model, "isAssignment")
        self.rates = self._targets(model, "isRate")
        self.starts = {
            item.getSymbol(): self._math(item.getMath(), item) for item in model.getListOfInitialAssignments()
        }
        self.locals: dict[str, float] = {}
        self.reactions = {r.getId(): self._kinetics(r) for r in model.getListOfReactions()}
        self.changes = self._changes(model)
        self.start_of: dict[str, Expr] = {}
        self.open: list[str] = []
        if TIME in self.quantities:
            raise ModelError("The id 'time' is taken by the time of the model", where=name)

    def system(self) -> System:
        states = dict(self.rates)
        hidden: dict[str, Expr] = {}
        for name, change in self.changes.items():
            self._add_species(name, change, states, hidden)
        fixed = [q for q in self.quantities.values() if q.id not in states | hidden | self.rules]
        plain = [q for q in fixed if q.id not in self.starts and not self._dilutes(q)]
        parameters = {q.id: self._value(q) for q in plain} | self.locals
        assignments = hidden | self.rules | self.reactions
        assignments |= {q.id: self._fixed(q) for q in fixed if q not in plain}
        return System(
            name=self.name,
            states=tuple(states),
            parameters=tuple(parameters),
            defaults=np.array(list(parameters.values()), dtype=np.float64),
            initial=tuple(self._start_of_state(name) for name in states),
            derivatives=tuple(states.values()),
            assignments=_ordered(assignments, self.name),
            units={q.id: q.unit for q in self.quantities.values() if q.unit},
        )

    def _add_species(self, name: str, change: Expr, states: dict[str, Expr], hidden: dict[str, Expr]) -> None:
        """Make a species that reactions change a state, in its own measure where its volume is fixed."""
        species = self.quantities[name]
        if species.symbol_is_amount:
            states[name] = change
        elif species.compartment in self.rules or species.compartment in self.rates:
            states[f"{name}.amount"] = change
            hidden[name] = symbol(f"{name}.amount") / symbol(species.compartment)
        else:
            states[name] = change / symbol(species.compartment)

    def _dilutes(self, q: _Quantity) -> bool:
        return not q.symbol_is_amount and (q.compartment in self.rules or q.compartment in self.rates)

    def _fixed(self, q: _Quantity) -> Expr:
        """Return a value that nothing but its volume changes, over parameters and that volume."""
        if not self._dilutes(q):
            return self._start(q.id)
        return self._start(q.id) * self._start(q.compartment) / symbol(q.compartment)

    def _value(self, q: _Quantity) -> float:
        """Return the file's value of a quantity that no rule touches, in the measure of its symbol."""
        if q.value_is_amount == q.symbol_is_amount or not q.compartment:
            return q.value
        volume = evaluate(self._start(q.compartment), self._file_values())
        return q.value * volume if q.symbol_is_amount else q.value / volume

    def _file_values(self) -> dict[str, float]:
        return {q.id: q.value for q in self.quantities.values()}

    def _start_of_state(self, name: str) -> Expr:
        if name in self.quantities:
            return self._start(name)
        species = name.removesuffix(".amount")
        return self._start(species) * self._start(self.quantities[species].compartment)

    def _start(self, name: str) -> Expr:
        """Return the value of a name at time 0 over parameters only."""
        if name == TIME:
            return number(0.0)
        if name not in self.start_of:
            if name in self.open:
                loop = " → ".join([*self.open[self.open.index(name) :], name])
                raise ModelError(f"The start values go in a circle: {loop}", where=self.name)
            self.open.append(name)
            self.start_of[name] = self._start_value(name)
            self.open.pop()
        return self.start_of[name]

    def _start_value(self, name: str) -> Expr:
        rule = self.starts.get(name, self.rules.get(name, self.reactions.get(name)))
        if rule is not None:
            return substitute(rule, {needed: self._start(needed) for needed in symbols(rule)})
        if name not in self.quantities:
            return symbol(name)  # a local parameter
        q = self.quantities[name]
        if name not in self.rates and name not in self.changes and not self._dilutes(q):
            return symbol(name)
        if math.isnan(q.value):
            raise ModelError(f"'{name}' has no start value", where=f"{self.name}:{q.line}")
        if q.value_is_amount == q.symbol_is_amount or not q.compartment:
            return number(q.value)
        size = self._start(q.compartment)
        return q.value * size if q.symbol_is_amount else q.value / size

    def _math(self, node: Any, owner: Any, names: dict[str, Expr] | None = None) -> Expr:
        where = f"{self.name}:{owner.getLine()}"
        if node is None:
            raise ModelError(f"'{owner.getId()}' has no formula", where=where)
        return read_math(node, self.functions, where=where, names=names or {})

    def _targets(self, model: Any, kind: str) -> dict[str, Expr]:
        rules = [rule for rule in model.getListOfRules() if getattr(rule, kind)()]
        return {rule.getVariable(): self._math(rule.getMath(), rule) for rule in rules}

    def _kinetics(self, reaction: Any) -> Expr:
        law = reaction.getKineticLaw()
        if law is None:
            line = reaction.getLine()
            raise ModelError(f"Reaction '{reaction.getId()}' has no rate", where=f"{self.name}:{line}")
        found = [*law.getListOfLocalParameters()] or [*law.getListOfParameters()]
        names: dict[str, Expr] = {}
        for item in found:
            long_name = f"{reaction.getId()}.{item.getId()}"
            names[item.getId()] = symbol(long_name)
            self.locals[long_name] = item.getValue()
        return self._math(law.getMath(), law, names)

    def _changes(self, model: Any) -> dict[str, Expr]:
        """Return the change of amount per day of every species that reactions make or use."""
        terms: dict[str, list[Expr]] = {}
        species = {s.getId(): s for s in model.getListOfSpecies()}
        for reaction in model.getListOfReactions():
            sides = ((reaction.getListOfProducts(), 1.0), (reaction.getListOfReactants(), -1.0))
            for side, sign in sides:
                for reference in side:
                    item = species[reference.getSpecies()]
                    if not item.getBoundaryCondition() and not item.getConstant():
                        flow = symbol(reaction.getId()) * (sign * self._stoichiometry(reference))
                        terms.setdefault(item.getId(), []).append(flow * _conversion(item, model))
        return {name: total(terms[name]) for name in species if name in terms}

    def _stoichiometry(self, reference: Any) -> Expr:
        if reference.isSetStoichiometryMath():
            return self._math(reference.getStoichiometryMath().getMath(), reference)
        if reference.getId():
            return symbol(reference.getId())
        if math.isnan(reference.getStoichiometry()):
            where = f"{self.name}:{reference.getLine()}"
            raise ModelError(f"'{reference.getSpecies()}' has no stoichiometry", where=where)
        return number(reference.getStoichiometry())


def _conversion(species: Any, model: Any) -> Expr:
    factor = species.getConversionFactor() or model.getConversionFactor()
    return symbol(factor) if factor else number(1.0)


def _functions(model: Any, name: str) -> Functions:
    """Return the bodies of the function definitions; one may call another in either order."""
    waiting = {item.getId(): item for item in model.getListOfFunctionDefinitions()}
    known: dict[str, tuple[tuple[str, ...], Expr]] = {}
    while waiting:
        ready = [key for key, item in waiting.items() if not _calls(item.getBody()) & waiting.keys()]
        if not ready:
            raise ModelError(f"Function '{next(iter(waiting))}' calls itself", where=name)
        for key in ready:
            item = waiting.pop(key)
            where = f"{name}:{item.getLine()}"
            if item.getBody() is None:
                raise ModelError(f"Function '{key}' has no body", where=where)
            bound = tuple(item.getArgument(i).getName() for i in range(item.getNumArguments()))
            names = {argument: symbol(argument) for argument in bound}
            known[key] = (bound, read_math(item.getBody(), known, where=where, names=names))
    return known


def _calls(node: Any) -> set[str]:
    if node is None:
        return set()
    own = {node.getName()} if node.getType() == libsbml.AST_FUNCTION else set[str]()
    return own.union(*(_calls(node.getChild(i)) for i in range(node.getNumChildren())))


def _quantities(model: Any) -> Iterable[_Quantity]:
    volumes = {c.getId() for c in model.getListOfCompartments() if _has_volume(c)}
    for c in model.getListOfCompartments():
        size = c.getSize() if c.isSetSize() else math.nan
        yield _Quantity(c.getId(), size, c.getUnits(), line=c.getLine())
    for s in model.getListOfSpecies():
        by_amount = s.getHasOnlySubstanceUnits() or s.getCompartment() not in volumes
        value = s.getInitialAmount() if s.isSetInitialAmount() else s.getInitialConcentration()
        yield _Quantity(
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
        yield _Quantity(p.getId(), value, p.getUnits(), line=p.getLine())
    for reaction in model.getListOfReactions():
        for side in (reaction.getListOfReactants(), reaction.getListOfProducts()):
            for reference in side:
                if reference.getId():
                    yield _Quantity(
                        reference.getId(), reference.getStoichiometry(), "", line=reference.getLine()
                    )


def _has_volume(compartment: Any) -> bool:
    """Tell whether species can have a concentration; a point (0 dimensions) has none, before Level 3."""
    if compartment.getSpatialDimensions() != 0:
        return True
    return compartment.getLevel() > 2 and compartment.isSetSize()


def _ordered(assignments: dict[str, Expr], name: str) -> tuple[tuple[str, Expr], ...]:
    """Return the assignments so that each stands after those it needs, else in the order of the file."""
    needs = {key: symbols(expr) & assignments.keys() for key, expr in assignments.items()}
    done: dict[str, Expr] = {}
    waiting = list(assignments)
    while waiting:
        rest: list[str] = []
        for key in waiting:
            if needs[key] <= done.keys():
                done[key] = assignments[key]
            else:
                rest.append(key)
        if len(rest) == len(waiting):
            raise ModelError(f"The rule of '{rest[0]}' goes in a circle", where=name)
        waiting = rest
    return tuple(done.items())
