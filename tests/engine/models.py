"""Small models that the engine tests share."""

from __future__ import annotations

import numpy as np

from lekti.model.expression import Expr, number, symbol
from lekti.model.system import System


def model(
    derivatives: dict[str, Expr],
    *,
    initial: dict[str, Expr | float] | None = None,
    parameters: dict[str, float] | None = None,
    assignments: dict[str, Expr] | None = None,
) -> System:
    """Return a system from derivatives by state; what is not said starts at 0."""
    start = initial or {}
    values = parameters or {}
    expressions = [start.get(name, 0.0) for name in derivatives]
    return System(
        name="test model",
        states=tuple(derivatives),
        parameters=tuple(values),
        defaults=np.array(list(values.values())),
        initial=tuple(e if isinstance(e, Expr) else number(e) for e in expressions),
        derivatives=tuple(derivatives.values()),
        assignments=tuple((assignments or {}).items()),
    )


def decay() -> System:
    """Return x' = -k x from x0."""
    x, k = symbol("x"), symbol("k")
    return model({"x": -(k * x)}, initial={"x": symbol("x0")}, parameters={"k": 0.3, "x0": 2.0})


def two_compartments() -> System:
    """Return a depot that empties into a centre that is cleared: first-order absorption."""
    depot, centre, ka, ke = (symbol(name) for name in ("depot", "centre", "ka", "ke"))
    return model(
        {"depot": -(ka * depot), "centre": ka * depot - ke * centre},
        parameters={"ka": 1.2, "ke": 0.15, "volume": 4.0},
        assignments={"concentration": centre / symbol("volume")},
    )


def michaelis_menten() -> System:
    """Return s' = -vmax s / (km + s)."""
    s, vmax, km = symbol("s"), symbol("vmax"), symbol("km")
    return model({"s": -(vmax * s) / (km + s)}, initial={"s": 10.0}, parameters={"vmax": 1.5, "km": 2.0})


def driven() -> System:
    """Return x' = -k (x - sin(w t)): the derivative changes with time itself."""
    from lekti.model.expression import apply

    x, k, w = symbol("x"), symbol("k"), symbol("w")
    return model({"x": -(k * (x - apply("sin", w * symbol("time"))))}, parameters={"k": 50.0, "w": 2.0})


def robertson() -> System:
    """Return the stiff reactions of Robertson (1966)."""
    a, b, c = symbol("a"), symbol("b"), symbol("c")
    slow, fast, pair = 0.04 * a, 1e4 * b * c, 3e7 * b * b
    return model({"a": fast - slow, "b": slow - fast - pair, "c": pair}, initial={"a": 1.0})
