"""SBML text in, one flat `System` out; what lekti cannot hold is refused by name."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from lekti.base.errors import ModelError, shown
from lekti.model.arithmetic import divide
from lekti.model.derivative import derivative
from lekti.model.event import Change, Event, RandomEvent
from lekti.model.expression import Expr, evaluate, number, substitute, symbol, symbols, total, walk
from lekti.model.random_events import Chance, chances_of_model, read_formula
from lekti.model.read_math import RATE_OF
from lekti.model.sbml_document import sbml_document
from lekti.model.sbml_formulas import SbmlEvent, read_formulas
from lekti.model.sbml_quantities import Quantity, quantities
from lekti.model.system import TIME, System


@dataclass(frozen=True, eq=False)
class SbmlModel:
    """A system with what SBML says about its species, and the ids that had to change their name."""

    system: System
    species: Mapping[str, tuple[str, bool]]
    renamed: Mapping[str, str]

    def name_of(self, sbml_id: str) -> str:
        """Return the name that an SBML id has in the system."""
        return self.renamed.get(sbml_id, sbml_id)


def read_sbml(text: str, *, name: str = "model.xml") -> System:
    """Read SBML Level 2 or 3 and return the flat `System`; `name` is the file that errors point to.

    Species count in concentration or amount as their `hasOnlySubstanceUnits` says. A constant with an initial
    assignment becomes an assignment; a reaction id becomes an assignment that holds its rate; what an event
    changes becomes a state. Raises `ModelError` for text that is not SBML, and `NotHeldError` for delay,
    algebraic rules, fast reactions, comp and fbc.
    """
    return read_sbml_model(text, name=name).system


def read_sbml_model(text: str, *, name: str = "model.xml") -> SbmlModel:
    """Read SBML as `read_sbml` does; keep each species' (compartment, whether its symbol is an amount)."""
    document = sbml_document(text, name)  # it owns the model and must outlive it
    model = document.getModel()
    renamed = _rename_time(document, model)
    reader = _Assembly(model, name)
    species = {
        s.getId(): (s.getCompartment(), reader.quantities[s.getId()].symbol_is_amount)
        for s in model.getListOfSpecies()
    }
    return SbmlModel(reader.system(), species, renamed)


def _rename_time(document: Any, model: Any) -> dict[str, str]:
    """Give a quantity whose id is `time` another name, because `time` is the model's own clock."""
    owner = model.getElementBySId(TIME)
    if owner is None:
        return {}
    new = f"{TIME}_"
    while model.getElementBySId(new) is not None:
        new += "_"
    owner.setId(new)
    for element in document.getListOfAllElements():
        element.renameSIdRefs(TIME, new)
    return {TIME: new}


class _Chance:
    """A random event of the annotation with its formulas read."""

    def __init__(self, chance: Chance, name: str) -> None:
        where = f"{name}: random event '{chance.id}'"
        self.name = chance.id
        self.hazard = read_formula(chance.hazard, where=where)
        self.values = {one: read_formula(text, where=where) for one, text in chance.values.items()}


class _Assembly:
    """The formulas and quantities of a document; `system` puts them together once."""

    def __init__(self, model: Any, name: str) -> None:
        self.name = name
        self.quantities = quantities(model, name)
        self.formulas = read_formulas(model, name)
        self.chances = [_Chance(chance, name) for chance in chances_of_model(model, name)]
        events = (*self.formulas.events, *self.chances)
        self.jumping = {target for event in events for target in event.values}
        self.states: dict[str, Expr] = {}
        self.hidden: dict[str, Expr] = {}
        self.slopes: dict[str, Expr] = {}
        self.start_of: dict[str, Expr] = {}
        self.needs: dict[str, tuple[str, ...]] = {}

    def system(self) -> System:
        """Return the flat system."""
        self._check_targets()
        self._add_states()
        known = self.formulas
        moved = {*self.states, *self.hidden, *known.rules}
        fixed = [q for q in self.quantities.values() if q.id not in moved]
        plain = [q for q in fixed if q.id not in known.starts and not self._dilutes(q)]
        parameters = {q.id: self._value(q) for q in plain} | dict(known.local_values)
        assignments = self.hidden | dict(known.rules) | dict(known.reactions)
        self._add_slopes(assignments)
        assignments |= {q.id: self._fixed(q) for q in fixed if q.id not in parameters}
        assignments |= self.slopes
        return System(
            name=self.name,
            states=tuple(self.states),
            parameters=tuple(parameters),
            defaults=np.array(list(parameters.values()), dtype=np.float64),
            initial=tuple(self._start_of_state(name) for name in self.states),
            derivatives=tuple(named_rates(expr) for expr in self.states.values()),
            assignments=_ordered({key: named_rates(e) for key, e in assignments.items()}, self.name),
            units={q.id: q.unit for q in self.quantities.values() if q.unit},
            events=tuple(self._event(event) for event in known.events),
            random_events=tuple(
                RandomEvent(chance.name, named_rates(chance.hazard), self._changes(chance.values))
                for chance in self.chances
            ),
        )

    def _check_targets(self) -> None:
        known = self.formulas
        for target in (*known.rules, *known.rates, *known.starts, *self.jumping):
            if target not in self.quantities:
                raise ModelError(f"'{target}' has a formula and is no quantity of the model", where=self.name)
        moved = (*known.rates, *known.changes, *self.jumping)
        twice = [name for name in known.rules if name in moved or name in known.starts]
        twice += [name for name in known.rates if name in known.changes]
        if twice:
            raise ModelError(f"'{twice[0]}' is given in two ways", where=self.name, expected="one formula")

    def _add_states(self) -> None:
        """Make states of what rate rules, reactions and events change."""
        for name, rate in self.formulas.rates.items():
            volume = self.quantities[name].compartment
            if volume in self.jumping:
                swelling = symbol(name) * self.formulas.rates.get(volume, number(0.0))
                self._add_amount(name, rate * symbol(volume) + swelling)
            else:
                self.states[name] = rate
        still = {name: number(0.0) for name in self.quantities if name in self.jumping - self.states.keys()}
        for name, change in (still | dict(self.formulas.changes)).items():
            q = self.quantities[name]
            if name in self.states or name in self.hidden:
                continue
            if self._dilutes(q):
                self._add_amount(name, change)
            else:
                self.states[name] = change if q.symbol_is_amount else change / symbol(q.compartment)

    def _add_amount(self, name: str, change: Expr) -> None:
        """Keep a species whose volume varies as an amount; its concentration becomes an assignment."""
        self.states[f"{name}.amount"] = change
        self.hidden[name] = symbol(f"{name}.amount") / symbol(self.quantities[name].compartment)

    def _dilutes(self, q: Quantity) -> bool:
        """Tell whether the quantity is a concentration in a volume that varies."""
        varying = q.compartment in self.formulas.rules or q.compartment in self.formulas.rates
        return not q.symbol_is_amount and (varying or q.compartment in self.jumping)

    def _changes(self, values: Mapping[str, Expr]) -> tuple[Change, ...]:
        changes: list[Change] = []
        for target, value in values.items():
            by_amount = target in self.hidden
            factor = self.quantities[target].compartment if by_amount else ""
            changes.append(Change(f"{target}.amount" if by_amount else target, named_rates(value), factor))
        return tuple(changes)

    def _event(self, event: SbmlEvent) -> Event:
        return Event(
            name=event.name,
            trigger=named_rates(event.trigger),
            changes=self._changes(event.values),
            delay=None if event.delay is None else named_rates(event.delay),
            priority=None if event.priority is None else named_rates(event.priority),
            initial=event.initial,
            persistent=event.persistent,
            at_trigger=event.at_trigger,
        )

    def _add_slopes(self, assignments: dict[str, Expr]) -> None:
        """Give every `rateOf` that a formula asks for its formula."""
        known = self.formulas
        roots = [*self.states.values(), *assignments.values(), *known.starts.values()]
        for event in known.events:
            roots += [event.trigger, *event.values.values()]
            roots += [expr for expr in (event.delay, event.priority) if expr is not None]
        for chance in self.chances:
            roots += [chance.hazard, *chance.values.values()]
        wanted = dict.fromkeys(node.args[0].name for node in walk(roots) if node.op == RATE_OF)
        if not wanted:
            return
        slopes: dict[str, Expr] = dict(self.states)
        for name, rule in _ordered({key: named_rates(e) for key, e in assignments.items()}, self.name):
            terms = [
                derivative(rule, key) * self._slope(key, slopes) for key in sorted(symbols(rule) - {TIME})
            ]
            slopes[name] = total([derivative(rule, TIME), *terms])
        self.slopes = {rate_name(name): self._slope(name, slopes) for name in wanted}

    def _slope(self, name: str, slopes: Mapping[str, Expr]) -> Expr:
        """Return the rate of change of a name; a rate that is part of another becomes a name of its own."""
        if name in slopes:
            return slopes[name]
        q = self.quantities.get(name)
        if q is not None and self._dilutes(q):
            return -(symbol(name) / symbol(q.compartment)) * self._slope(q.compartment, slopes)
        return symbol(RATE_OF_RATE) if name.startswith(f"{RATE_OF}(") else number(0.0)

    def _fixed(self, q: Quantity) -> Expr:
        """Return a value that nothing but its volume changes, over parameters and that volume."""
        if not self._dilutes(q):
            return self._start(q.id)
        return self._start(q.id) * self._start(q.compartment) / symbol(q.compartment)

    def _value(self, q: Quantity) -> float:
        """Return the file's value of a quantity that no rule touches, in the measure of its symbol."""
        if q.value_is_amount == q.symbol_is_amount or not q.compartment:
            return q.value
        known = {one.id: one.value for one in self.quantities.values()} | dict(self.formulas.local_values)
        start = self._start(q.compartment)
        for missing in sorted(symbols(start) - known.keys()):
            raise ModelError(f"'{missing}' has no meaning where it is used", where=f"{self.name}:{q.line}")
        volume = evaluate(start, known)
        return q.value * volume if q.symbol_is_amount else divide(q.value, volume)

    def _start_of_state(self, name: str) -> Expr:
        if name in self.quantities:
            return self._start(name)
        species = name.removesuffix(".amount")
        return self._start(species) * self._start(self.quantities[species].compartment)

    def _start(self, name: str) -> Expr:
        """Return the value of a name at time 0 over parameters only."""
        path = [name]
        while path:
            one = path[-1]
            missing = next((n for n in self._needs(one) if n not in self.start_of), None)
            if missing is None:
                self.start_of[one] = self._start_value(one)
                path.pop()
            elif missing in path:
                loop = " → ".join([*path[path.index(missing) :], missing])
                raise ModelError(f"The start values go in a circle: {shown(loop, 200)}", where=self.name)
            else:
                path.append(missing)
        return self.start_of[name]

    def _needs(self, name: str) -> tuple[str, ...]:
        """Return the names whose start values the start value of a name is made of."""
        if name not in self.needs:
            rule, q = self._start_rule(name), self.quantities.get(name)
            if rule is not None:
                self.needs[name] = tuple(sorted(symbols(rule)))
            else:
                self.needs[name] = (q.compartment,) if q is not None and q.compartment else ()
        return self.needs[name]

    def _start_rule(self, name: str) -> Expr | None:
        known = self.formulas
        for formulas in (known.starts, known.rules, known.reactions, self.slopes):
            if name in formulas:
                return named_rates(formulas[name])
        return None

    def _start_value(self, name: str) -> Expr:
        if name == TIME:
            return number(0.0)
        known, rule = self.formulas, self._start_rule(name)
        if rule is not None:
            return substitute(rule, {needed: self.start_of[needed] for needed in symbols(rule)})
        if name not in self.quantities:
            return symbol(name)  # a local parameter
        q = self.quantities[name]
        moves = name in known.rates or name in known.changes or name in self.jumping
        if not moves and not self._dilutes(q):
            return symbol(name)
        if math.isnan(q.value) and name not in self.jumping:
            raise ModelError(f"'{name}' has no start value", where=f"{self.name}:{q.line}")
        if q.value_is_amount == q.symbol_is_amount or not q.compartment:
            return number(q.value)
        size = self.start_of[q.compartment]
        return q.value * size if q.symbol_is_amount else q.value / size


RATE_OF_RATE = "rateOf of a rateOf"
"""A name that nothing has: a rate of a rate is refused as a name without a meaning."""


def rate_name(name: str) -> str:
    """Return the name of the assignment that holds the rate of change of a name."""
    return f"rateOf({name})"


def named_rates(expr: Expr) -> Expr:
    """Return the expression with each `rateOf` operation as the name of its assignment."""
    memo = {node: symbol(rate_name(node.args[0].name)) for node in walk([expr]) if node.op == RATE_OF}
    return substitute(expr, {}, dict(memo)) if memo else expr


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
