"""Solvers by the names a user gives them."""

from __future__ import annotations

from lekti.base.errors import InputError
from lekti.engine.kernel import Kernel
from lekti.engine.problem import Solver
from lekti.engine.reference import Reference


def solver_of(name: str) -> Solver:
    """Return the solver called `reference` or `kernel`."""
    if name == "reference":
        return Reference()
    if name == "kernel":
        return Kernel()
    raise InputError(f"Engine '{name}' is not known", expected="reference or kernel")
