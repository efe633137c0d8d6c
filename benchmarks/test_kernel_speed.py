"""How fast the kernel follows people through ten years with a dose every two weeks, on one core."""

from __future__ import annotations

import numpy as np
from pytest_benchmark.fixture import BenchmarkFixture

from lekti.engine.doses import Doses
from lekti.engine.kernel import Kernel
from lekti.engine.run import Run
from lekti.engine.simulate import simulate
from lekti.model.netherton import netherton_system

PATIENTS = 16
BIRTH = 120.0
DAYS = BIRTH + 3652.5


def test_ten_years_take_under_a_tenth_of_a_second_per_patient(benchmark: BenchmarkFixture) -> None:
    system = netherton_system()
    rows = np.repeat(system.parameter_row(lekti_allele_a=0.05, lekti_allele_b=0.05), PATIENTS, axis=0)
    weights = np.random.default_rng(1).lognormal(0.0, 0.1, PATIENTS)
    rows[:, system.parameters.index("weight_factor")] = weights
    days = np.arange(BIRTH, DAYS, 14.0)
    doses = Doses(
        patient=np.repeat(np.arange(PATIENTS), len(days)),
        time=np.tile(days, PATIENTS),
        target="dupilumab_depot",
        amount=100.0,
    )
    times = np.arange(0.0, DAYS, 7.0)

    def follow() -> Run:
        return simulate(
            system, rows, times=times, doses=doses, outputs=["tewl", "ige"], solver=Kernel(), threads=1
        )

    follow()  # compiles
    run = benchmark.pedantic(follow, rounds=3)
    benchmark.extra_info["steps per patient"] = float(run.steps.mean())
    benchmark.extra_info["states"] = len(system.states)
    assert not run.failures()
    assert benchmark.stats.stats.min / PATIENTS < 0.1
