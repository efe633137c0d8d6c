"""What the number of layers of the stratum corneum changes: water loss against LEKTI left, layer by layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lekti.base.errors import InputError, MachineError
from lekti.engine.kernel import Kernel
from lekti.engine.run import Tolerance
from lekti.engine.simulate import simulate
from lekti.model.modules import LAYERS
from lekti.model.netherton import netherton_system
from lekti.population.given import YEAR
from lekti.population.people import Progress, with_healthy_twin

COUNTS = (4, 6, 8, 12, 24)
MOST = 24
ADULT_YEARS = 20.0
LEFT = tuple(round(float(share), 2) for share in np.arange(0.0, 1.0001, 0.02))
"""LEKTI left from both alleles; 0 is null, 0.5 a carrier, 1 healthy."""

NAMED = (
    (0.0, "null"),
    (0.1, "10 % left"),
    (0.2, "20 % left"),
    (0.3, "30 % left"),
    (0.5, "carrier"),
    (1.0, "healthy"),
)


@dataclass(frozen=True, eq=False)
class LayerStudy:
    """Water loss in g/m²/h of a typical untreated adult, shape [counts, LEKTI left]."""

    counts: tuple[int, ...]
    left: tuple[float, ...]
    tewl: np.ndarray

    def at(self, count: int, left: float) -> float:
        """Return the water loss for a number of layers and a share of LEKTI left that was run."""
        return float(self.tewl[self.counts.index(count), self.left.index(left)])

    def against_finest(self, count: int) -> np.ndarray:
        """Return the relative difference to the finest number of layers for each LEKTI left."""
        finest = self.tewl[int(np.argmax(self.counts))]
        return self.tewl[self.counts.index(count)] / finest - 1.0

    def shift(self, count: int) -> float:
        """Return by how much LEKTI left must change, at most, for the finest to show the same water loss.

        Where water loss hardly falls any more (above half of LEKTI left) no shift is read.
        """
        finest = self.tewl[int(np.argmax(self.counts))]
        below = np.array(self.left) <= 0.5
        shares = np.array(self.left)[below]
        values = self.tewl[self.counts.index(count)][below]
        inside = (values <= finest[below].max()) & (values >= finest[below].min())
        same = np.interp(-values[inside], -finest[below], shares)
        return float(np.abs(same - shares[inside]).max())


def layer_study(
    counts: Sequence[int] = COUNTS, left: Sequence[float] = LEFT, *, progress: Progress
) -> LayerStudy:
    """Run a typical untreated adult for each number of layers and each share of LEKTI left.

    Each number of layers has its own healthy twin. Raises `InputError` for a number that is not between 2
    and 24, `MachineError` if a run fails.
    """
    for count in counts:
        if not 2 <= count <= MOST:
            raise InputError(f"{count} layers", expected=f"2 to {MOST}")
    if len(set(counts)) != len(counts) or len(counts) < 2:
        raise InputError(f"layers {' '.join(map(str, counts))}", expected="at least two different numbers")
    rows: list[np.ndarray] = []
    for place, count in enumerate(counts):
        rows.append(_water_loss(count, left))
        progress("numbers of layers", place + 1, len(counts))
    return LayerStudy(tuple(counts), tuple(left), np.stack(rows))


def shipped_layers() -> int:
    """Return the number of layers that lekti uses."""
    return LAYERS


def _water_loss(count: int, left: Sequence[float]) -> np.ndarray:
    system, kernel = netherton_system(layers=count), Kernel()
    healthy = with_healthy_twin(system, system.parameter_row(), kernel)
    matrix = np.repeat(healthy, len(left), axis=0)
    for name in ("lekti_allele_a", "lekti_allele_b"):
        matrix[:, system.parameters.index(name)] = left
    birth = -float(matrix[0, system.parameters.index("age_start")])
    run = simulate(
        system,
        matrix,
        times=[birth + ADULT_YEARS * YEAR],
        outputs=["tewl"],
        solver=kernel,
        tolerance=Tolerance(relative=1e-6),
    )
    if run.failures():
        raise MachineError(f"{len(run.failures())} runs with {count} layers failed: {run.outcomes[0]}")
    return run["tewl"][:, 0]
