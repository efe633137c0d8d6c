"""Heavy packages are imported only when a command needs them."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    "antimony",
    "httpx",
    "jinja2",
    "jsonschema",
    "libsbml",
    "llvmlite",
    "numpy",
    "pandas",
    "pint",
    "pyarrow",
    "scipy",
    "xarray",
    "zarr",
)


@pytest.mark.parametrize("module", ["lekti", "lekti.cli.main"])
def test_import_pulls_in_nothing_heavy(module: str) -> None:
    program = f"import sys, {module}; print(*(name for name in {HEAVY} if name in sys.modules))"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
