"""Random numbers that depend on the seed and the patient only, never on threads or chunks."""

from __future__ import annotations

import zlib

import numpy as np


def patient_generator(seed: int, patient: int, stream: str) -> np.random.Generator:
    """Return the generator of one patient and one named stream.

    The key is (seed, patient, stream), so patient 7 draws the same numbers whether 10 or
    10,000 patients are drawn, and in whatever order.

    >>> a = patient_generator(1, 7, "parameters").standard_normal()
    >>> a == patient_generator(1, 7, "parameters").standard_normal()
    True
    """
    label = zlib.crc32(stream.encode("utf-8"))
    return np.random.Generator(np.random.Philox(np.random.SeedSequence([seed, patient, label])))
