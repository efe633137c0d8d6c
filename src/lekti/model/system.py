"""`System`: one model made flat, as states with derivatives, parameters with defaults, and assignments."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from lekti.base.errors import ModelError
from lekti.model.event import Event, RandomEvent
from lekti.model.expression import Expr, substitute, symbol, symbols

TIME = "time"


@dataclass(frozen=True, eq=False)
class System:
    """A set of ordinary differential equations over named states, parameters and assignments.

    Expressions name states, parameters, assignments and `time` (days since the start of the model).
    `initial` holds one expression per state, over parameters only; `assignments` stand in the order in which
    they can be computed; `events` make states jump, `random_events` do so by chance. `checksum` changes when
    an equation, an event or a name changes, not when a default does.
    """

    name: str
    states: tuple[str, ...]
    parameters: tuple[str, ...]
    defaults: np.ndarray
    initial: tuple[Expr, ...]
    derivatives: tuple[Expr, ...]
    assignments: tuple[tuple[str, Expr], ...]
    units: Mapping[str, str] = field(default_factory=dict[str, str])
    checksum: str = ""
    events: tuple[Event, ...] = ()
    random_events: tuple[RandomEvent, ...] = ()

    def __post_init__(self) -> None:
        _check(self)
        object.__setattr__(self, "defaults", np.array(self.defaults, dtype=np.float64))
        self.defaults.setflags(write=False)
        object.__setattr__(self, "checksum", _checksum(self))

    def names(self) -> tuple[str, ...]:
        """Return every name that can be asked for as an output: states, assignments, parameters."""
        return (*self.states, *(name for name, _ in self.assignments), *self.parameters)

    def parameter_row(self, **values: float) -> np.ndarray:
        """Return the defaults with some parameters changed, shape [1, parameters]."""
        row = np.array(self.defaults)
        for name, value in values.items():
            if name not in self.parameters:
                raise ModelError(f"The model has no parameter '{name}'", where=self.name)
            row[self.parameters.index(name)] = value
        return row[np.newaxis, :]


def expanded(system: System) -> tuple[dict[str, Expr], tuple[Expr, ...]]:
    """Return assignments and derivatives over states, parameters and `time` alone, assignments put in."""
    meanings: dict[str, Expr] = {}
    memo: dict[Expr, Expr] = {}
    for name, expr in system.assignments:
        meanings[name] = substitute(expr, meanings, memo)
        memo[symbol(name)] = meanings[name]
    return meanings, tuple(substitute(expr, meanings, memo) for expr in system.derivatives)


def _check(system: System) -> None:
    lengths = {len(system.states), len(system.initial), len(system.derivatives)}
    if len(lengths) > 1 or len(system.parameters) != len(system.defaults):
        raise ModelError("Names and values of the model differ in number", where=system.name)
    names = (TIME, *system.names())
    if len(set(names)) != len(names):
        twice = sorted({name for name in names if names.count(name) > 1})
        raise ModelError(f"'{twice[0]}' is defined twice", where=system.name, expected="one meaning per name")
    _check_symbols(system, system.initial, frozenset(system.parameters))
    known = frozenset((TIME, *system.states, *system.parameters))
    for name, expr in system.assignments:
        _check_symbols(system, (expr,), known)
        known |= {name}
    _check_symbols(system, system.derivatives, known)
    for event in (*system.events, *system.random_events):
        _check_event(system, event, known)
    chances = [event.name for event in system.random_events]
    for name in chances:
        if chances.count(name) > 1:
            raise ModelError(f"Two random events are called '{name}'", where=system.name, expected="one each")


def _check_event(system: System, event: Event | RandomEvent, known: frozenset[str]) -> None:
    _check_symbols(system, tuple(event.expressions()), known)
    for change in event.changes:
        if change.state not in system.states or (change.factor and change.factor not in known):
            raise ModelError(
                f"Event '{event.name}' changes '{change.state}'", where=system.name, expected="a state"
            )


def _check_symbols(system: System, expressions: Sequence[Expr], known: frozenset[str]) -> None:
    unknown = symbols(*expressions) - known
    if unknown:
        raise ModelError(
            f"'{min(unknown)}' has no meaning where it is used",
            where=system.name,
            expected="a state, a parameter, time, or an assignment made earlier",
        )


def _checksum(system: System) -> str:
    sha = hashlib.sha256()
    for names in (system.states, system.parameters, [name for name, _ in system.assignments]):
        sha.update("\n".join(names).encode() + b"\0")
    for expr in (*system.initial, *system.derivatives, *(expr for _, expr in system.assignments)):
        sha.update(expr.digest)
    for event in (*system.events, *system.random_events):
        sha.update(event.shape().encode() + b"\0")
        for expr in event.expressions():
            sha.update(expr.digest)
    return sha.hexdigest()
