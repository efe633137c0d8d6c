"""A folder of phenopackets as people; a file that cannot be read is listed with its sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lekti.base.errors import InputError, shown
from lekti.base.files import read_user_text
from lekti.patients.case import Case
from lekti.patients.import_phenopacket import PHENOPACKET_LIMIT_BYTES, import_phenopacket

MOST_FILES = 20_000


@dataclass(frozen=True)
class Member:
    """One person of a cohort and the file they come from."""

    file: str
    case: Case


@dataclass(frozen=True)
class Cohort:
    """The people of a folder, the files that were refused (name, sentence), and how many were no JSON."""

    folder: str
    members: tuple[Member, ...]
    refused: tuple[tuple[str, str], ...]
    passed_over: int


def read_cohort(folder: Path, *, progress: Callable[[str, int, int], None] | None = None) -> Cohort:
    """Return everyone in the phenopackets (*.json) of a folder, in the order of file names.

    A file that is no phenopacket of a person with Netherton syndrome is refused alone. Raises `InputError`
    for something that is no folder, for a folder without such files, and when all of them are refused.
    """
    if not folder.is_dir():
        raise InputError(f"{shown(str(folder), 120)} is no folder", expected="a folder of phenopackets")
    entries = sorted(each for each in folder.iterdir() if not each.name.startswith("."))
    files = [each for each in entries if each.suffix.lower() == ".json"]
    if not files:
        raise InputError(f"{shown(str(folder), 120)} holds no phenopacket", expected="files ending in .json")
    if len(files) > MOST_FILES:
        raise InputError(
            f"{len(files):,} files in {shown(str(folder), 120)}", expected=f"at most {MOST_FILES:,}"
        )
    members: list[Member] = []
    refused: list[tuple[str, str]] = []
    for at, path in enumerate(files, start=1):
        name = shown(path.name, 120)
        try:
            text = read_user_text(path, limit_bytes=PHENOPACKET_LIMIT_BYTES, noun="phenopacket")
            members.append(Member(name, import_phenopacket(text, name=name).case))
        except InputError as error:
            refused.append((name, error.sentence()))
        if progress is not None:
            progress("files", at, len(files))
    if not members:
        raise InputError(
            f"None of the {len(files)} files in {shown(str(folder), 120)} can be read: {refused[0][1]}"
        )
    return Cohort(str(folder), tuple(members), tuple(refused), len(entries) - len(files))
