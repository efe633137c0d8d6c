"""Residual LEKTI activity of one allele as a distribution, with its reasons; every prior is assumed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from lekti.base.tables import Row, knowledge_table
from lekti.genetics.allele import Allele, same_variant
from lekti.genetics.effects import Effect, effect_of, structural_effect
from lekti.genetics.hgvs import protein_text, read_variant

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Residual:
    """Residual activity of one allele: 0 is none, 1 is the activity of the reference.

    Beta(alpha, beta), or one value when `fixed` is set. `provenance` says how the numbers are known.
    """

    effect: str
    label: str
    alpha: float
    beta: float
    fixed: float | None
    reasons: tuple[str, ...]
    source: str
    provenance: str

    @property
    def mean(self) -> float:
        """Return the expected activity."""
        if self.fixed is not None:
            return self.fixed
        return self.alpha / (self.alpha + self.beta)

    @property
    def median(self) -> float:
        """Return the activity that half of the draws lie below."""
        return self.interval(0.0)[0]

    def interval(self, level: float = 0.9) -> tuple[float, float]:
        """Return the central interval that holds `level` of the distribution.

        >>> low, high = residual_of(Allele("hgvs", hgvs="c.1302+5G>C")).interval()
        >>> round(low, 3), round(high, 3)
        (0.01, 0.451)
        """
        if self.fixed is not None:
            return self.fixed, self.fixed
        from scipy.stats import beta

        tail = (1.0 - level) / 2.0
        low, high = beta.ppf([tail, 1.0 - tail], self.alpha, self.beta)
        return float(low), float(high)

    def draw(self, generator: np.random.Generator) -> float:
        """Draw one activity."""
        return self.fixed if self.fixed is not None else float(generator.beta(self.alpha, self.beta))


def residual_of(allele: Allele, *, where: str = "") -> Residual:
    """Return the residual activity of one allele, with the reasons for it.

    Raises `InputError` for HGVS text that cannot be read.
    """
    return residual_of_effect(_allele_effect(allele, where))


def residual_of_effect(effect: Effect) -> Residual:
    """Return the residual activity that belongs to an effect, with the reasons for it."""
    row = _priors()[effect.name]
    fixed = row.number("fixed") if row["fixed"] else None
    alpha, beta = (1.0, 1.0) if fixed is not None else (row.number("alpha"), row.number("beta"))
    reasons = (*effect.reasons, row["reason"])
    source = "; ".join(
        dict.fromkeys(part for part in (effect.source, row["source"]) if part not in ("", "none"))
    )
    return Residual(effect.name, row["label"], alpha, beta, fixed, reasons, source, row["provenance"])


def draw_residuals(alleles: Sequence[Allele], generator: np.random.Generator) -> tuple[float, float]:
    """Draw the activity of both alleles; one variant on both copies has one activity, drawn once.

    >>> import numpy as np
    >>> both = Allele("hgvs", hgvs="c.1302+5G>C")
    >>> a, b = draw_residuals((both, both), np.random.default_rng(1))
    >>> a == b
    True
    """
    first, second = alleles
    a = residual_of(first).draw(generator)
    if same_variant(first, second):
        return a, a
    return a, residual_of(second).draw(generator)


def _allele_effect(allele: Allele, where: str) -> Effect:
    if allele.hgvs is not None:
        text = f"{allele.hgvs} {protein_text(allele.protein, where=where)}" if allele.protein else allele.hgvs
        return effect_of(read_variant(text, where=where))
    if allele.structural is not None:
        return structural_effect(allele.structural)
    return Effect(allele.kind, ())


@cache
def _priors() -> dict[str, Row]:
    return {row["effect"]: row for row in knowledge_table("genetics/residual_prior.tsv")}
