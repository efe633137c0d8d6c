"""The genotypes that a set of alleles can form, and how they are passed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations_with_replacement

import numpy as np

from lekti.genetics.pedigree import OTHER, REFERENCE


@dataclass(frozen=True)
class Genotypes:
    """Unordered pairs of alleles; the first allele is the reference, every other one is faulty."""

    alleles: tuple[str, ...]

    @cached_property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """Return the genotypes as pairs of allele indices."""
        return tuple(combinations_with_replacement(range(len(self.alleles)), 2))

    @cached_property
    def copies(self) -> np.ndarray:
        """Return the number of faulty copies of each genotype."""
        return np.array([(first > 0) + (second > 0) for first, second in self.pairs])

    @cached_property
    def transmission(self) -> np.ndarray:
        """Return P(child | father, mother) by Mendel's law, shape (father, mother, child)."""
        gametes = np.zeros((len(self.pairs), len(self.alleles)))
        for at, pair in enumerate(self.pairs):
            for allele in pair:
                gametes[at, allele] += 0.5
        table = np.zeros((len(self.pairs),) * 3)
        for at, (first, second) in enumerate(self.pairs):
            one_way = np.multiply.outer(gametes[:, first], gametes[:, second])
            table[:, :, at] = one_way if first == second else one_way + one_way.T
        return table

    def founder(self, frequencies: np.ndarray, inbreeding: float) -> np.ndarray:
        """Return the genotype frequencies of a founder; Hardy-Weinberg with inbreeding F.

        `frequencies` has shape (scenarios, alleles), the result (scenarios, genotypes).
        """
        found = np.zeros((frequencies.shape[0], len(self.pairs)))
        for at, (first, second) in enumerate(self.pairs):
            together = frequencies[:, first] * frequencies[:, second] * (1.0 - inbreeding)
            if first == second:
                found[:, at] = together + inbreeding * frequencies[:, first]
            else:
                found[:, at] = 2.0 * together
        return found

    def frequencies(self, faulty: np.ndarray, known_share: float) -> np.ndarray:
        """Share the summed frequency of faulty alleles, one per scenario, among the alleles."""
        named = len(self.alleles) - 2
        columns = [1.0 - faulty, *[faulty * known_share] * named, faulty * (1.0 - named * known_share)]
        return np.stack(columns, axis=1)


def genotypes_of(labels: Sequence[str]) -> Genotypes:
    """Return the genotypes of the reference, the named variants of a family, and all other variants."""
    return Genotypes((REFERENCE, *labels, OTHER))
