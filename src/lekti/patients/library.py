"""Cases by name or path: the built-in examples, and the files of a user."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path

from lekti.base.errors import InputError, shown
from lekti.base.files import read_user_text
from lekti.base.tables import knowledge_text
from lekti.patients.case import Case
from lekti.patients.read_case import read_case

CASE_LIMIT_BYTES = 1_000_000


def load_case(name_or_path: str | Path) -> Case:
    """Return the built-in case of that name, or the case in the file at that path.

    A built-in name wins over a file of the same name; write `./index` for the file. Raises
    `InputError`, with file and line, for anything that is no valid case file.

    >>> load_case("index").subject.sex
    'male'
    """
    wanted = str(name_or_path)
    if wanted in builtin_cases():
        return read_case(knowledge_text(f"cases/{wanted}.yaml"), name=f"{wanted}.yaml")
    path = Path(name_or_path)
    if not os.path.exists(path):  # noqa: PTH110  False, and no error, for a name no file system can hold
        raise InputError(
            f"'{shown(wanted, 120)}' is neither a file nor a built-in case",
            expected=f"a case file, or the built-in case {' or '.join(builtin_cases())}",
        )
    text = read_user_text(path, limit_bytes=CASE_LIMIT_BYTES, noun="case file")
    return read_case(text, name=wanted)


def builtin_cases() -> tuple[str, ...]:
    """Return the names of the cases that ship with lekti."""
    folder = resources.files("lekti").joinpath("knowledge", "cases")
    return tuple(sorted(Path(file.name).stem for file in folder.iterdir() if file.name.endswith(".yaml")))
