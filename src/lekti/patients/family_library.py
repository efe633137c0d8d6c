"""Families by name or path: the built-in examples, PED files and family files."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path

from lekti.base.errors import InputError, shown
from lekti.base.files import read_user_text
from lekti.base.tables import knowledge_text
from lekti.genetics.pedigree import Family
from lekti.patients.read_family import read_family
from lekti.patients.read_ped import read_ped

FAMILY_LIMIT_BYTES = 1_000_000


def load_family(name_or_path: str) -> Family:
    """Return the built-in family of that name, or the family in the file at that path.

    A file that ends in .ped or .fam is read as PED, one in .yaml or .yml as a family file. Raises
    `InputError`, with file and line, for anything else.

    >>> [person.id for person in load_family("siblings").people][:2]
    ['I-1', 'I-2']
    """
    if name_or_path in builtin_families():
        return read_family(knowledge_text(f"families/{name_or_path}.yaml"), name=f"{name_or_path}.yaml")
    path = Path(name_or_path)
    if not os.path.exists(path):  # noqa: PTH110  False, and no error, for a name no file system can hold
        raise InputError(
            f"'{shown(name_or_path, 120)}' is neither a file nor a built-in family",
            expected=f"a PED or YAML file, or one of {', '.join(builtin_families())}",
        )
    suffix = path.suffix.lower()
    if suffix not in (".ped", ".fam", ".yaml", ".yml"):
        raise InputError(
            f"{shown(name_or_path, 120)} is no family file", expected="a name that ends in .ped or .yaml"
        )
    text = read_user_text(path, limit_bytes=FAMILY_LIMIT_BYTES, noun="family file")
    read = read_ped if suffix in (".ped", ".fam") else read_family
    return read(text, name=shown(name_or_path, 120))


def builtin_families() -> tuple[str, ...]:
    """Return the names of the families that ship with lekti."""
    folder = resources.files("lekti").joinpath("knowledge", "families")
    return tuple(sorted(Path(file.name).stem for file in folder.iterdir() if file.name.endswith(".yaml")))
