"""Solvers that the engine tests run against each other."""

from collections.abc import Iterator

import pytest

from lekti.engine.kernel import Kernel
from lekti.engine.problem import Solver
from lekti.engine.reference import Reference

SOLVERS: dict[str, Solver] = {"reference": Reference(), "kernel": Kernel(), "one lane": Kernel(lanes=1)}


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the kernels of small test models out of the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEKTI_CACHE", str(tmp_path_factory.mktemp("kernels")))
        yield


@pytest.fixture(params=sorted(SOLVERS))
def solver(request: pytest.FixtureRequest) -> Solver:
    return SOLVERS[request.param]
