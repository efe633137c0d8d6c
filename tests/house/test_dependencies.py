"""Every package that lekti imports is one that pyproject.toml asks for."""

from __future__ import annotations

import ast
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
ASKED = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["judges"]]
DECLARED = {canonicalize_name(Requirement(line).name) for line in ASKED}
# The judges may be absent, and then their import names cannot be looked up.
IMPORT_NAMES_OF_JUDGES = {"roadrunner": "libroadrunner", "basico": "copasi-basico"}


def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name.partition(".")[0] for name in names}


def _distribution_of(name: str) -> str:
    known = packages_distributions().get(name) or [IMPORT_NAMES_OF_JUDGES.get(name, name)]
    return canonicalize_name(known[0])


def test_every_import_is_declared() -> None:
    own = {*sys.stdlib_module_names, "lekti"}
    imports = {(name, path.name) for path in (ROOT / "src").rglob("*.py") for name in _imported(path) - own}
    assert imports
    assert sorted(pair for pair in imports if _distribution_of(pair[0]) not in DECLARED) == []
