"""The lock files fit pyproject.toml, agree with each other, and every file in them has a hash."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
GROUPS = PROJECT["dependency-groups"]
ASKED = {
    "requirements.lock": [*PROJECT["project"]["dependencies"], *GROUPS["build"]],
    "requirements-test.lock": GROUPS["test"],
    "requirements-dev.lock": [one for one in GROUPS["dev"] if isinstance(one, str)],
    "requirements-judges.lock": EXTRAS["judges"],
    "requirements-petab.lock": EXTRAS["petab"],
}
LOCKS = tuple(ASKED)


def _pins(lock: str) -> list[tuple[str, str]]:
    text = (ROOT / lock).read_text("utf-8")
    return re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text, flags=re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_holds_what_the_project_asks_for(lock: str) -> None:
    pins = _pins(lock)
    for asked in map(Requirement, ASKED[lock]):
        versions = [version for name, version in pins if name == canonicalize_name(asked.name)]
        assert versions, f"{asked.name} is missing: make lock"
        assert all(version in asked.specifier for version in versions), f"{asked} does not fit: make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_a_hash(lock: str) -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / lock).read_text("utf-8"))
    packages = [entry for entry in entries if not entry.startswith("#")]
    assert packages
    assert [entry.split()[0] for entry in packages if "--hash=sha256:" not in entry] == []


def test_locks_agree_on_versions() -> None:
    runtime = dict(_pins("requirements.lock"))
    others = {(lock, name, version) for lock in LOCKS[1:] for name, version in _pins(lock)}
    assert [each for each in others if each[1] in runtime and runtime[each[1]] != each[2]] == []


def test_running_lekti_needs_no_judge() -> None:
    runtime = {name for name, _ in _pins("requirements.lock")}
    assert runtime.isdisjoint({"libroadrunner", "copasi-basico", "python-copasi", "petab", "pytest"})
