"""What the wheel and the source archive carry, built with the pinned build backend and no network."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"


def _build(kind: str, folder: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (archive,) = folder.iterdir()
    return archive


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    return set(zipfile.ZipFile(_build("wheel", tmp_path_factory.mktemp("wheel"))).namelist())


def test_wheel_carries_all_of_knowledge(wheel: set[str]) -> None:
    texts = {path.relative_to(SOURCE).as_posix() for path in (SOURCE / "lekti").rglob("*") if path.is_file()}
    expected = {name for name in texts if "__pycache__" not in name and not name.endswith(".pyc")}
    assert any(name.startswith("lekti/knowledge/") for name in expected)
    assert expected - wheel == set()


def test_wheel_is_typed_and_licensed(wheel: set[str]) -> None:
    assert "lekti/py.typed" in wheel
    assert any(name.endswith("licenses/LICENSE") for name in wheel)


def test_wheel_carries_nothing_else(wheel: set[str]) -> None:
    assert {name.split("/")[0].split("-")[0] for name in wheel} == {"lekti"}
    assert not [name for name in wheel if name.startswith("lekti/") and "test" in Path(name).name]


def test_source_archive_can_test_itself(tmp_path: Path) -> None:
    with tarfile.open(_build("sdist", tmp_path)) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    kept = [
        "Makefile",
        "requirements.lock",
        "requirements-test.lock",
        "tools/environment.sh",
        "pyproject.toml",
    ]
    assert [name for name in [*kept, "LICENSE", "README.md"] if name not in names] == []
    assert any(name.startswith("tests/") for name in names)
