"""The arrays of a result on disk: Zarr for every virtual patient, Parquet for their quantiles."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from lekti.base.provenance import USE
from lekti.outputs.series import patient_quantiles

if TYPE_CHECKING:
    import xarray as xr

    from lekti.population.result import Result

YEAR = 365.25
QUANTILES = ("q05", "q25", "q50", "q75", "q95")


def write_dataset(result: Result, path: Path) -> None:
    """Write every virtual patient as Zarr version 3; other plans lie in the group `plans`."""
    import zarr
    from zarr.errors import ZarrUserWarning

    dataset = _storable(result.dataset)
    dataset.attrs = {"use": USE, "case": result.case.id, "seed": result.seed} | dataset.attrs
    dataset.to_zarr(path, mode="w", zarr_format=3, consolidated=False)
    if result.plans is not None:
        plans = _storable(result.plans)
        plans.attrs = {"use": USE} | plans.attrs
        plans.to_zarr(path, group="plans", mode="a", zarr_format=3, consolidated=False)
    with (
        warnings.catch_warnings()
    ):  # one index of all arrays, as xarray expects; the format calls it an extra
        warnings.simplefilter("ignore", ZarrUserWarning)
        zarr.consolidate_metadata(str(path), zarr_format=3)


def write_summary(result: Result, path: Path) -> None:
    """Write a long table: times (days), age_years, output, unit, five quantiles, solved patients."""
    import pyarrow as pa
    from pyarrow import parquet

    columns: dict[str, list[object]] = {
        name: [] for name in ("times", "age_years", "output", "unit", *QUANTILES, "patients")
    }
    times = np.asarray(result.dataset["times"].values, dtype=float)
    for output in _outputs(result.dataset):
        values = np.asarray(result.dataset[output].transpose("patients", "times").values, dtype=float)
        quantiles, patients = patient_quantiles(values)
        columns["times"] += times.tolist()
        columns["age_years"] += (times / YEAR).tolist()
        columns["output"] += [output] * len(times)
        columns["unit"] += [str(result.dataset[output].attrs.get("units", ""))] * len(times)
        for name, row in zip(QUANTILES, quantiles, strict=True):
            columns[name] += row.tolist()
        columns["patients"] += [patients] * len(times)
    notes = {"use": USE, "case": result.case.id, "seed": str(result.seed), "units": "times d, age_years a"}
    notes["versions"] = json.dumps(dict(result.versions))
    with path.open("wb") as file:  # pyarrow itself refuses a path that is no Unicode text
        parquet.write_table(pa.table(columns).replace_schema_metadata(notes), file)


def _outputs(dataset: xr.Dataset) -> list[str]:
    return [
        str(name) for name, array in dataset.data_vars.items() if set(array.dims) == {"patients", "times"}
    ]


def _storable(dataset: xr.Dataset) -> xr.Dataset:
    """Return a copy whose texts have a type that Zarr version 3 knows."""
    copy = dataset.copy()
    for name, array in dataset.variables.items():
        if array.dtype.kind in "USO":
            copy[name] = (array.dims, array.values.astype(np.dtypes.StringDType()), array.attrs)
    return copy
