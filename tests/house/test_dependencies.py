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


def _distributions(names: set[str]) -> dict[str, str]:
    installed = packages_distributions()
    return {
        name: canonicalize_name(installed.get(name, [IMPORT_NAMES_OF_JUDGES.get(name, name)])[0])
        for name in names
    }


def test_every_import_is_declared() -> None:
    own = {*sys.stdlib_module_names, "lekti"}
    files = sorted((ROOT / "src").rglob("*.py"))
    imports = {path.relative_to(ROOT).as_posix(): _imported(path) - own for path in files}
    distribution = _distributions(set().union(*imports.values()))
    undeclared = {name for name, package in distribution.items() if package not in DECLARED}
    assert "numpy" in distribution
    assert {path: names & undeclared for path, names in imports.items() if names & undeclared} == {}
