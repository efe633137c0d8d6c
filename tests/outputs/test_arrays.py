"""Arrays on disk hold every patient, failed ones too, and every unit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import xarray as xr
from pyarrow import parquet

from lekti.outputs.arrays import write_dataset, write_summary
from lekti.population.result import Result


def with_a_failure(result: Result) -> Result:
    data = result.dataset.copy(deep=True)
    for name in ("ige", "tewl"):
        data[name].values[7, :] = np.nan
    data["outcome"] = (
        "patients",
        np.array(["ok"] * 7 + ["failed: µ too small"] + ["ok"] * 52),
        {"units": "1"},
    )
    return replace(result, dataset=data)


def test_a_failed_patient_keeps_its_place_and_its_reason(result: Result, tmp_path: Path) -> None:
    write_dataset(with_a_failure(result), tmp_path / "r.zarr")
    with xr.open_zarr(tmp_path / "r.zarr") as back:
        assert back["outcome"].values[7] == "failed: µ too small"
        assert np.isnan(back["ige"].values[7]).all()
        assert back.sizes["patients"] == 60


def test_the_summary_counts_only_solved_patients(result: Result, tmp_path: Path) -> None:
    write_summary(with_a_failure(result), tmp_path / "s.parquet")
    frame = parquet.read_table(tmp_path / "s.parquet").to_pandas()
    counts = frame.groupby("output")["patients"].first()
    assert (counts["ige"], counts["igg"]) == (59, 60)
    assert frame[["q05", "q50", "q95"]].notna().to_numpy().all()


def test_writing_leaves_the_result_as_it_was(result: Result, tmp_path: Path) -> None:
    before = result.dataset.copy(deep=True)
    write_dataset(result, tmp_path / "r.zarr")
    xr.testing.assert_identical(result.dataset, before)


def test_a_result_without_plans_has_no_plans(result: Result, tmp_path: Path) -> None:
    write_dataset(replace(result, plans=None), tmp_path / "r.zarr")
    assert not (tmp_path / "r.zarr" / "plans").exists()
