"""Reaction networks of a chosen size and density as Antimony, the same ones for the same seed."""

from __future__ import annotations

import numpy as np


def network(states: int, links: int, *, reach: int, seed: int = 7) -> str:
    """Return Antimony of a random network: each species is made, lost, and has `links` regulated flows.

    A flow goes to a species at most `reach` places away and saturates; another species speeds it up. Rates of
    loss run from 1e-2 to 1e3 per day, so the network is stiff.
    """
    generator = np.random.default_rng(seed)
    lines = [f"model network{states}", "  compartment body = 1;"]
    lines += [f"  species x{i} in body; x{i} = 1;" for i in range(states)]
    fast = 10.0 ** generator.uniform(-2.0, 3.0, states)
    for i in range(states):
        lines.append(f"  loss{i} = {fast[i]:.6g}; make{i} = {fast[i]:.6g};")
        lines.append(f"  M{i}: -> x{i}; make{i};")
        lines.append(f"  L{i}: x{i} -> ; loss{i}*x{i};")
        for j in range(links):
            lines += _flow((i, j), states, reach, fast[i], generator)
    return "\n".join([*lines, "end", ""])


def _flow(
    which: tuple[int, int], states: int, reach: int, fast: float, generator: np.random.Generator
) -> list[str]:
    """Return the j-th saturating flow from species i, sped up by a third species."""
    i, j = which
    other = (i + int(generator.integers(1, reach + 1))) % states
    helper = (i + int(generator.integers(-reach, reach + 1))) % states
    name, speed = f"{i}_{j}", fast * generator.uniform(0.1, 0.8)
    return [
        f"  v{name} = {speed:.6g}; k{name} = {generator.uniform(0.3, 2.0):.6g};",
        f"  F{name}: x{i} -> x{other}; v{name}*x{i}/(k{name} + x{i})*x{helper}^2/(1 + x{helper}^2);",
    ]
