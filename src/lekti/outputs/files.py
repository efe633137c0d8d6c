"""Result files, written whole or not at all: result.zarr, summary.parquet, report.html in one folder."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lekti.base.errors import MachineError
from lekti.base.provenance import USE

if TYPE_CHECKING:
    from lekti.population.result import Result

DATASET, SUMMARY, REPORT = "result.zarr", "summary.parquet", "report.html"
NAMES = (DATASET, SUMMARY, REPORT)


@dataclass(frozen=True)
class Written:
    """Where the three files of a run lie."""

    folder: Path

    @property
    def dataset(self) -> Path:
        return self.folder / DATASET

    @property
    def summary(self) -> Path:
        return self.folder / SUMMARY

    @property
    def report(self) -> Path:
        return self.folder / REPORT


def check_folder(folder: Path, *, force: bool = False) -> None:
    """Raise `MachineError` if a result could not be written into `folder`, before any work is done.

    A folder that is missing or empty is free. With `force` a folder is replaced too when it holds a lekti
    result and nothing else.
    """
    try:
        _check_free(folder, force=force)
    except OSError as error:
        raise MachineError(
            f"{folder} cannot be used: {error.strerror}", fix="Choose another folder with --out."
        ) from error
    beside = _real(folder).parent
    if not os.access(beside, os.W_OK):
        raise MachineError(
            f"The folder {beside} cannot be written",
            fix="Check the rights there, or choose another folder with --out.",
        )


def _check_free(folder: Path, *, force: bool) -> None:
    if not folder.exists() and not folder.is_symlink():
        if not folder.absolute().parent.is_dir():
            raise MachineError(f"The folder {folder.parent} does not exist", fix="Create it first.")
        return
    if not folder.is_dir():
        raise MachineError(f"{folder} is a file", expected="the name of a folder")
    names = sorted(path.name for path in folder.iterdir())
    if not names:
        return
    if not force:
        raise MachineError(
            f"{folder} exists and is not empty",
            fix="Choose another folder with --out, or add --force to replace an earlier result.",
        )
    if not holds_result(folder):
        others = [name for name in names if name not in NAMES] or names
        raise MachineError(
            f"{folder} holds more than a lekti result ({', '.join(others[:3])})",
            fix="--force replaces results of lekti only; choose another folder with --out.",
        )


def holds_result(folder: Path) -> bool:
    """Say whether a folder holds a result of lekti and nothing else."""
    names = {path.name for path in folder.iterdir()}
    described = folder / DATASET / "zarr.json"
    return names <= set(NAMES) and described.is_file() and USE in described.read_text("utf-8")


def write_result(result: Result, folder: Path, *, force: bool = False) -> Written:
    """Write the three files of a result into `folder` and return where they lie.

    They are written beside it first and take its name at the end, so an interruption leaves the folder
    as it was. Raises `MachineError` for a folder that is not free (see `check_folder`) or a full disk.
    """
    from lekti.outputs.arrays import write_dataset, write_summary
    from lekti.outputs.report import report_html

    check_folder(folder, force=force)
    try:
        with _unfinished(folder) as draft:
            write_dataset(result, draft / DATASET)
            write_summary(result, draft / SUMMARY)
            (draft / REPORT).write_text(report_html(result), encoding="utf-8", newline="\n")
            _take_place(draft, folder, force=force)
    except OSError as error:
        raise MachineError(
            f"The result cannot be written into {folder}: {error.strerror or error}",
            fix="Check the space and the rights there, or choose another folder with --out.",
        ) from error
    return Written(folder)


@contextmanager
def _unfinished(folder: Path) -> Generator[Path, None, None]:
    """Yield a hidden folder beside the target; what is left of it at the end is removed."""
    beside = _real(folder).parent
    draft = Path(tempfile.mkdtemp(dir=beside, prefix=f".{folder.name[:40]}.", suffix=".part"))
    try:
        draft.chmod(0o755)
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _take_place(draft: Path, folder: Path, *, force: bool) -> None:
    """Give the finished draft the name of the folder; an earlier result goes only when the new one stands.

    Without `force` a folder that another run has filled meanwhile stays: removing it fails.
    """
    target = _real(folder)
    if target.exists() and not force:
        target.rmdir()
    if not target.exists():
        draft.rename(target)
        return
    earlier = draft.with_suffix(".earlier")
    try:
        target.rename(earlier)
        draft.rename(target)
    except BaseException:
        if earlier.exists() and not target.exists():
            earlier.rename(target)
        raise
    shutil.rmtree(earlier, ignore_errors=True)


def _real(folder: Path) -> Path:
    return folder.resolve() if folder.exists() else folder.absolute()
