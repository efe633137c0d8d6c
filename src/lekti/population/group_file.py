"""A population as a file: one row a virtual person, one column a parameter that differs from its default."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from lekti.base.errors import InputError
from lekti.model.system import System
from lekti.population.groups import Group
from lekti.population.target_words import population_kinds
from lekti.population.typical import ABOUT

PERSON = ("set", "male", "age_days", "tries")
"""Columns that are no parameters."""


def write_group(group: Group, system: System, path: Path, *, about: Mapping[str, object]) -> None:
    """Write the people that were found as Parquet (float32), with `about` as JSON in the metadata."""
    import pyarrow as pa
    from pyarrow import parquet

    found = group.tries > 0
    columns: dict[str, np.ndarray] = {
        "set": group.sets[found].astype(np.int32),
        "male": group.male[found],
        "age_days": group.ages[found].astype(np.float32),
        "tries": group.tries[found].astype(np.int32),
    }
    for place, name in enumerate(system.parameters):
        values = group.parameters[found, place]
        if (values != system.defaults[place]).any():
            columns[name] = values.astype(np.float32)
    told = {**about, "population": group.kind.id}
    table = pa.table(columns).replace_schema_metadata({ABOUT: json.dumps(told, sort_keys=True)})
    part = path.with_suffix(".part")
    parquet.write_table(table, part, compression="zstd")
    part.replace(path)


def read_group(path: Path, system: System) -> tuple[Group, Mapping[str, object]]:
    """Return the people of a file and what the file says about them; `InputError` for anything else."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        table = parquet.read_table(path)
        about = json.loads((table.schema.metadata or {})[ABOUT.encode()])
        kind = population_kinds()[about["population"]]
        columns = {name: np.asarray(table[name]) for name in table.column_names}
        matrix = np.tile(np.asarray(system.defaults), (table.num_rows, 1))
        for name in columns.keys() - set(PERSON):
            matrix[:, system.parameters.index(name)] = columns[name]
        group = Group(
            kind=kind,
            parameters=matrix,
            sets=columns["set"].astype(np.int64),
            male=columns["male"].astype(bool),
            ages=columns["age_days"].astype(np.float64),
            tries=columns["tries"].astype(np.int64),
        )
    except (OSError, KeyError, TypeError, ValueError, pa.ArrowException) as error:
        raise InputError(
            f"{path} holds no population", expected="a file that lekti calibrate wrote for this model"
        ) from error
    if not len(group.tries) or not np.isfinite(group.parameters).all():
        raise InputError(f"{path} holds no population", expected="at least one person with finite numbers")
    return group, about
