"""Result files are written whole or not at all, and nobody's folder is lost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from pyarrow import parquet

from lekti.base.errors import MachineError
from lekti.base.provenance import USE
from lekti.outputs import files
from lekti.outputs.files import NAMES, check_folder, holds_result, write_result
from lekti.population.result import Result


def everything(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_three_files_are_written_and_nothing_is_left_beside_them(result: Result, tmp_path: Path) -> None:
    written = write_result(result, tmp_path / "out")
    assert everything(written.folder) == sorted(NAMES)
    assert everything(tmp_path) == ["out"]


def test_the_dataset_reads_back_with_units_and_provenance(result: Result, tmp_path: Path) -> None:
    written = write_result(result, tmp_path / "out")
    with xr.open_zarr(written.dataset) as back:
        assert dict(back.sizes) == {"patients": 60, "times": result.dataset.sizes["times"]}
        for name in result.dataset.data_vars:
            assert back[name].attrs.get("units") == result.dataset[name].attrs.get("units")
        assert np.array_equal(back["ige"].values, result.dataset["ige"].values)
        assert back["outcome"].values.tolist() == ["ok"] * 60
        assert back["times"].attrs["units"] == "d"
        assert (back.attrs["use"], back.attrs["seed"]) == (USE, 1)


def test_the_other_plans_lie_beside_it(result: Result, tmp_path: Path) -> None:
    written = write_result(result, tmp_path / "out")
    with xr.open_zarr(written.dataset, group="plans") as back:
        assert back["plans"].values.tolist() == ["No treatment", "IVIG alone", "IVIG and dupilumab"]


def test_the_dataset_is_zarr_version_three(result: Result, tmp_path: Path) -> None:
    written = write_result(result, tmp_path / "out")
    assert '"zarr_format": 3' in (written.dataset / "zarr.json").read_text("utf-8")


def test_the_summary_is_a_long_table_with_units(result: Result, tmp_path: Path) -> None:
    table = parquet.read_table(write_result(result, tmp_path / "out").summary)
    assert table.column_names == [
        "times", "age_years", "output", "unit", "q05", "q25", "q50", "q75", "q95", "patients",
    ]  # fmt: skip
    frame = table.to_pandas()
    assert set(frame["output"]) >= {"ige", "tewl", "itch_nrs", "ccl17", "dupilumab", "igg", "infection_rate"}
    assert (frame["q05"] <= frame["q95"]).all()
    assert (frame["unit"] != "").all()
    last = frame[(frame["output"] == "ige")].iloc[-1]
    assert last["q50"] == pytest.approx(np.median(result.dataset["ige"].values[:, -1]))
    assert (table.schema.metadata or {})[b"use"].decode() == USE


def test_the_same_result_is_written_the_same(result: Result, tmp_path: Path) -> None:
    first, second = (write_result(result, tmp_path / name) for name in ("a", "b"))
    for path in first.folder.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (second.folder / path.relative_to(first.folder)).read_bytes()


def test_an_empty_folder_is_free(result: Result, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert holds_result(write_result(result, tmp_path / "out").folder)


def test_an_existing_result_is_kept_without_force(result: Result, tmp_path: Path) -> None:
    written = write_result(result, tmp_path / "out")
    before = written.report.read_bytes()
    with pytest.raises(MachineError, match="--force"):
        write_result(result, tmp_path / "out")
    assert written.report.read_bytes() == before


def test_force_replaces_an_earlier_result(result: Result, tmp_path: Path) -> None:
    written = write_result(result, tmp_path / "out")
    written.report.write_text("old", "utf-8")
    write_result(result, tmp_path / "out", force=True)
    assert written.report.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert everything(tmp_path) == ["out"]


@pytest.mark.parametrize("name", ["thesis.docx", "report.html", "result.zarr"])
def test_force_never_replaces_a_foreign_folder(result: Result, tmp_path: Path, name: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text("mine", "utf-8")
    with pytest.raises(MachineError, match="more than a lekti result"):
        write_result(result, tmp_path / "out", force=True)
    assert (tmp_path / "out" / name).read_text("utf-8") == "mine"


def test_force_spares_a_result_with_something_of_the_users_beside_it(result: Result, tmp_path: Path) -> None:
    write_result(result, tmp_path / "out")
    (tmp_path / "out" / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(MachineError, match=r"notes\.txt"):
        write_result(result, tmp_path / "out", force=True)
    assert (tmp_path / "out" / "notes.txt").exists()


def test_a_file_is_no_folder_and_a_missing_parent_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(MachineError, match="is a file"):
        check_folder(tmp_path / "file")
    with pytest.raises(MachineError, match="does not exist"):
        check_folder(tmp_path / "no" / "such" / "folder")


@pytest.mark.parametrize("force", [False, True])
def test_an_interruption_leaves_everything_as_it_was(
    result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: bool
) -> None:
    if force:
        write_result(result, tmp_path / "out")

    def interrupted(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("lekti.outputs.report.report_html", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_result(result, tmp_path / "out", force=force)
    assert everything(tmp_path) == (["out"] if force else [])
    assert not force or holds_result(tmp_path / "out")


def test_an_interruption_between_the_two_renames_brings_the_earlier_result_back(
    result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_result(result, tmp_path / "out")
    rename, calls = Path.rename, list[Path]()

    def second_fails(path: Path, target: Path) -> Path:
        calls.append(path)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", second_fails)
    with pytest.raises(KeyboardInterrupt):
        write_result(result, tmp_path / "out", force=True)
    assert everything(tmp_path) == ["out"]
    assert holds_result(tmp_path / "out")


def test_a_folder_that_another_run_fills_meanwhile_stays(
    result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"

    def slow(*_: object) -> str:
        target.mkdir()
        (target / "report.html").write_text("theirs", "utf-8")
        return "ours"

    monkeypatch.setattr("lekti.outputs.report.report_html", slow)
    with pytest.raises(MachineError, match="choose another folder"):
        write_result(result, target)
    assert (target / "report.html").read_text("utf-8") == "theirs"
    assert everything(tmp_path) == ["out"]


def test_a_name_no_file_system_can_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="File name too long"):
        check_folder(tmp_path / ("x" * 300))


def _no(*_: object) -> bool:
    return False


def test_a_folder_without_the_right_to_write_is_refused_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", _no)  # an administrator may write everywhere
    with pytest.raises(MachineError, match="cannot be written"):
        check_folder(tmp_path / "out")


def test_a_full_disk_is_one_sentence(result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("lekti.outputs.arrays.write_summary", full)
    with pytest.raises(MachineError, match="No space left on device"):
        write_result(result, tmp_path / "out")
    assert everything(tmp_path) == []


def test_the_folder_is_as_readable_as_any_other(result: Result, tmp_path: Path) -> None:
    written = write_result(result, tmp_path / "out")
    assert written.folder.stat().st_mode & 0o777 == 0o755
    assert files.DATASET == "result.zarr"
