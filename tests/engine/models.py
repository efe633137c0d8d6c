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


def layered_chain(*, layers: int = 6, species: int = 11) -> System:
    """Return layers of skin in which pairs bind fast, complexes are cleared, and everything diffuses.

    Per layer: `species` enzymes, each with an inhibitor-bound complex, and one shared inhibitor; rates run
    from 5e-5 to 4e4 per day. A depot feeds a blood pool that feeds the innermost layer with a drug.
    """
    derivatives: dict[str, Expr] = {}
    initial: dict[str, Expr | float] = {}
    for layer in range(layers):
        bound_total = number(0.0)
        for i in range(species):
            enzyme, pair = symbol(f"e{layer}_{i}"), symbol(f"c{layer}_{i}")
            binding = (
                symbol("kon") * (1.0 + i) * enzyme * symbol(f"h{layer}") - symbol("koff") * (2.0 + i) * pair
            )
            activity = enzyme ** symbol("n") / (symbol("half") ** symbol("n") + enzyme ** symbol("n"))
            made = symbol("make") * (1.0 + 0.5 * i) / (1.0 + symbol(f"d{layer}"))
            derivatives[enzyme.name] = made - binding - symbol("slow") * enzyme - symbol("clear") * activity
            derivatives[pair.name] = binding - symbol("clear") * pair
            initial[pair.name] = 0.1 * symbol("make")
            bound_total = bound_total + binding
        derivatives[f"h{layer}"] = symbol("supply") - bound_total - symbol("clear") * symbol(f"h{layer}")
        derivatives[f"d{layer}"] = -(symbol("drug_loss") * symbol(f"d{layer}"))
    for layer in range(layers - 1):
        for name in [f"e{{}}_{i}" for i in range(species)] + ["h{}", "d{}"]:
            flow = symbol("move") * (symbol(name.format(layer)) - symbol(name.format(layer + 1)))
            derivatives[name.format(layer)] -= flow
            derivatives[name.format(layer + 1)] += flow
    blood = symbol("blood")
    derivatives["d0"] += symbol("enter") * blood
    derivatives["depot"] = -(symbol("absorb") * symbol("depot"))
    derivatives["blood"] = symbol("absorb") * symbol("depot") - symbol("drug_loss") * blood
    rates = {"kon": 4e3, "koff": 1.0, "make": 0.8, "half": 0.2, "n": 1.6, "slow": 5e-5, "clear": 0.9}
    rates |= {"supply": 6.0, "drug_loss": 0.08, "move": 0.7, "enter": 0.01, "absorb": 0.25}
    return model(
        derivatives, initial=initial, parameters=rates, assignments={"relief": blood / (5.0 + blood)}
    )
