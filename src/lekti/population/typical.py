"""Typical values: for each set of people, where the middle of everybody's parameters lies."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lekti.base.errors import InputError
from lekti.base.seeds import patient_shares
from lekti.model.parameters import Parameter, load_parameters
from lekti.population.target_words import population_kinds

ABOUT = "lekti"
SETTING = "setting "
"""Stands before the name of a parameter that a population sets, in the names of typical values."""


MOST_SDS = 30.0
"""Scores further from the middle of a prior are no typical values but a damaged file."""

PRIOR = "prior"
"""The origin of typical values that no data have moved."""


@dataclass(frozen=True, eq=False)
class Typical:
    """Standard-normal scores [sets, names]: 0 is the middle of the prior, 1 one SD of what nobody knows.

    `origin` says where they come from: the prior, or the checksum of a calibration.
    """

    names: tuple[str, ...]
    scores: np.ndarray
    origin: str = PRIOR

    def of(self, name: str, sets: np.ndarray) -> np.ndarray:
        """Return the scores of one name for sets by number; numbers past the last begin again."""
        if name not in self.names:
            return np.zeros(len(sets))
        return self.scores[np.asarray(sets) % len(self.scores), self.names.index(name)]

    def sets_of(self, people: np.ndarray, *, seed: int, attempt: int) -> np.ndarray:
        """Return a set at random for each person, by (seed, person, attempt)."""
        share = patient_shares(seed, people, "set of typical values", attempt)
        return np.minimum(share * len(self.scores), len(self.scores) - 1).astype(np.int64)


def free_names(parameters: Sequence[Parameter] | None = None) -> tuple[str, ...]:
    """Return what a calibration may move: assumed parameters that vary, and shared settings."""
    found = [
        one.id for one in parameters or load_parameters() if one.prior.varies and one.provenance == "assumed"
    ]
    settings = [one for kind in population_kinds().values() for one in kind.settings if one.shared]
    return (*found, *dict.fromkeys(SETTING + one.parameter for one in settings))


def prior_typical(*, sets: int, seed: int) -> Typical:
    """Return typical values drawn from the prior; set k depends on the seed and k alone."""
    from scipy.special import ndtri

    names = free_names()
    columns = [ndtri(patient_shares(seed, np.arange(sets), f"{name} typical")) for name in names]
    return Typical(names, np.stack(columns, axis=1))


def origin_of(typical: Typical | None) -> str:
    """Return where typical values come from in words; None is the prior."""
    if typical is None or typical.origin == PRIOR:
        return "prior: the model is not calibrated"
    return f"calibration {typical.origin}"


def spread_left(before: Typical, after: Typical) -> Mapping[str, float]:
    """Return, by name, the SD of typical values after over before a calibration: 1 where data say nothing."""
    ratio = after.scores.std(axis=0) / before.scores.std(axis=0)
    return dict(zip(after.names, (float(one) for one in ratio), strict=True))


def write_typical(typical: Typical, path: Path, *, about: Mapping[str, object]) -> None:
    """Write typical values as Parquet, one column a name, with `about` as JSON in the file's metadata."""
    import pyarrow as pa
    from pyarrow import parquet

    columns = {name: typical.scores[:, place].astype(np.float32) for place, name in enumerate(typical.names)}
    table = pa.table(columns).replace_schema_metadata({ABOUT: json.dumps(about, sort_keys=True)})
    part = path.with_suffix(".part")
    parquet.write_table(table, part, compression="zstd")
    part.replace(path)


def read_typical(path: Path) -> tuple[Typical, Mapping[str, object]]:
    """Return typical values and what the file says about them; `InputError` for anything else.

    Their origin is the SHA-256 of the scores and names: two files with the same numbers are the same.
    """
    import pyarrow as pa
    from pyarrow import parquet

    try:
        table = parquet.read_table(path)
        about = json.loads((table.schema.metadata or {})[ABOUT.encode()])
        if not all(pa.types.is_floating(column.type) for column in table.columns):
            raise TypeError("a column holds no numbers")
        scores = np.stack([np.asarray(column, dtype=np.float64) for column in table.columns], axis=1)
    except (OSError, KeyError, TypeError, ValueError, pa.ArrowException) as error:
        raise InputError(
            f"{path} holds no typical values", expected="a file that lekti calibrate wrote"
        ) from error
    if not isinstance(about, dict) or not len(scores) or not (np.abs(scores) <= MOST_SDS).all():
        expected = f"at least one set of scores, each a number within {MOST_SDS:g} SDs"
        raise InputError(f"{path} holds no typical values", expected=expected)
    names = tuple(table.column_names)
    origin = hashlib.sha256("\n".join(names).encode() + scores.astype("<f4").tobytes()).hexdigest()
    return Typical(names, scores, origin), about
