"""Which precision follows populations: judged once, on a few people of the prior or of a calibration."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from lekti.engine.piloted import Verdict, pilot
from lekti.genetics.allele import UNKNOWN
from lekti.model.netherton import netherton_system
from lekti.model.parameters import load_parameters
from lekti.patients.case import Case, Subject
from lekti.population.arms import TOLERANCE
from lekti.population.given import YEAR
from lekti.population.people import candidates
from lekti.population.target_words import readout_words
from lekti.population.targets import Target
from lekti.population.typical import Typical

PILOTS = 8
AGES = (0.05, 0.5, 1.0, 6.0, 20.0)
"""Ages in years at which the outputs of both precisions are compared."""


def population_kernel(typical: Typical, targets: Iterable[Target], *, seed: int) -> Verdict:
    """Return the kernel for the people of targets: float32 stages where a pilot finds them as good.

    Judged on the outputs that these targets need.
    """
    system = netherton_system()
    anyone = Case("pilot", (), Subject(), (UNKNOWN, UNKNOWN))
    rows = candidates(system, anyone, load_parameters(), np.arange(PILOTS), key=(seed, 0), typical=typical)
    words = [readout_words()[target.readout] for target in targets]
    outputs = {one.output for one in words if one.output and one.kind != "parameter"}
    start = float(system.defaults[system.parameters.index("age_start")])
    return pilot(
        system,
        rows,
        times=np.array(AGES) * YEAR - start,
        outputs=sorted(outputs | {"ige_moving", "thickness", "lipids"}),
        tolerance=TOLERANCE,
    )
