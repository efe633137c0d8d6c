"""The luck of patients: waiting times drawn by counting, so that each depends on nothing but its own name.

A draw is a pure function of (seed, patient key, event, number of the event). It is the same in any order of
patients, any number of threads, any chunk, and in every arm of a trial. The function is Philox4x32-10 of
Salmon et al. 2011 (Parallel random numbers: as easy as 1, 2, 3; SC11, doi:10.1145/2063384.2063405).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

Word = TypeVar("Word", int, np.ndarray)
"""A whole number, or an array of unsigned 64-bit integers."""

ROUNDS = 10
MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
BUMPS = (0x9E3779B9, 0xBB67AE85)
WORD = 0xFFFFFFFF
MANTISSA = 52


@dataclass(frozen=True, eq=False)
class Luck:
    """The seed of a run (None: the run needs none), and one whole number per patient that is its name."""

    seed: int | None
    keys: np.ndarray

    def of_patient(self, patient: int) -> PatientLuck:
        """Return the luck of one patient."""
        return PatientLuck(self.seed or 0, int(self.keys[patient]))

    def of(self, patients: Sequence[int]) -> Luck:
        """Return the luck of some of the patients."""
        return Luck(self.seed, self.keys[list(patients)])


@dataclass(frozen=True)
class PatientLuck:
    """The luck of one patient: call it with `waiting_time` or `share`, a digest and a number."""

    seed: int
    key: int

    def __call__(self, draw: Callable[[int, int, int, int], float], digest: int, number: int) -> float:
        return draw(self.seed, self.key, digest, number)


def philox(counter: tuple[Word, Word, Word, Word], key: tuple[int, int]) -> tuple[Word, Word, Word, Word]:
    """Return four random words of 32 bits for a counter of four words and a key of two.

    Words may be arrays of unsigned 64-bit integers, all of one shape.

    >>> hex(philox((0, 0, 0, 0), (0, 0))[0])
    '0x6627e8d5'
    """
    a, b, c, d = counter
    k, m = key
    for _ in range(ROUNDS):
        first, second = MULTIPLIERS[0] * a, MULTIPLIERS[1] * c
        a, b, c, d = (second >> 32) ^ b ^ k, second & WORD, (first >> 32) ^ d ^ m, first & WORD
        k, m = (k + BUMPS[0]) & WORD, (m + BUMPS[1]) & WORD
    return a, b, c, d


def waiting_time(seed: int, patient: int, event: int, number: int) -> float:
    """Return the Exp(1) draw that event `number` (0 is the first) of a kind waits for; always above 0."""
    return -math.log(share(seed, patient, event, number))


def share(seed: int, patient: int, event: int, number: int) -> float:
    """Return a draw evenly between 0 and 1, never either.

    `event` is the digest of the event's name (32 bits), `patient` the key of the patient (64 bits).
    """
    counter = (number & WORD, event, patient & WORD, (patient >> 32) & WORD)
    high, low, _, _ = philox(counter, (seed & WORD, (seed >> 32) & WORD))
    return (((high << (MANTISSA - 32)) | (low >> (64 - MANTISSA))) + 0.5) * 2.0**-MANTISSA


def shares(seed: int, patients: np.ndarray, event: int, numbers: np.ndarray) -> np.ndarray:
    """Return `share` of every patient [patients] and number [numbers], shape [patients, numbers]."""
    who, which = np.broadcast_arrays(
        np.asarray(patients, dtype=np.uint64)[:, np.newaxis], np.asarray(numbers, dtype=np.uint64)
    )
    word, half = np.uint64(WORD), np.uint64(32)
    counter = (which & word, np.full_like(who, event), who & word, who >> half)
    high, low, _, _ = philox(counter, (seed & WORD, (seed >> 32) & WORD))
    whole = (high << np.uint64(MANTISSA - 32)) | (low >> np.uint64(64 - MANTISSA))
    return (whole.astype(np.float64) + 0.5) * 2.0**-MANTISSA


def waiting_times(seed: int, patients: np.ndarray, event: int, numbers: np.ndarray) -> np.ndarray:
    """Return `waiting_time` of every patient and number, shape [patients, numbers]."""
    return -np.log(shares(seed, patients, event, numbers))


def digest_of(name: str) -> int:
    """Return the 32 bits that stand for the name of an event."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "little")


ORDER = digest_of("the order of events of equal priority")
