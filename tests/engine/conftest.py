"""Solvers that the engine tests run against each other."""

import pytest

from lekti.engine.kernel import Kernel
from lekti.engine.problem import Solver
from lekti.engine.reference import Reference

SOLVERS: dict[str, Solver] = {"reference": Reference(), "kernel": Kernel(), "one lane": Kernel(lanes=1)}


@pytest.fixture(params=sorted(SOLVERS))
def solver(request: pytest.FixtureRequest) -> Solver:
    return SOLVERS[request.param]
