"""The environment is built whole or not at all, with one clear sentence where it cannot be built."""

from __future__ import annotations

import importlib.util
import os
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tools" / "environment.sh"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="make and sh are for Linux and macOS")


def _fake_python(folder: Path, *, name: str = "python3", version: str, venv: bool = True) -> Path:
    """Write an interpreter that knows its version and its modules, and says what it is asked to run."""
    new_enough = tuple(map(int, version.split("."))) >= (3, 11)
    lines = [
        "#!/bin/sh",
        'case "$1$2" in',
        f'*"print("*) echo {version} ;;',
        f"*'< (3, 11)'*) exit {0 if new_enough else 1} ;;",
        f"*ensurepip*) exit {0 if venv else 1} ;;",
        f'*) echo "{name} {version} runs" "$@" ;;',
        "esac",
    ]
    path = folder / name
    path.write_text("\n".join(lines), "utf-8")
    path.chmod(0o755)
    return path


def _run(bin_folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    (bin_folder / "dirname").symlink_to("/usr/bin/dirname")
    environment = {"PATH": str(bin_folder), **variables}
    command = ["/bin/sh", str(SCRIPT), str(bin_folder / "venv"), "runtime"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_debian_without_venv_gets_one_sentence(tmp_path: Path) -> None:
    _fake_python(tmp_path, version="3.11", venv=False)
    answer = _run(tmp_path)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.splitlines() == [
        "Python 3.11 lacks its venv module. On Debian and Ubuntu: apt install python3-venv "
        "(or python3.11-venv). Then run make again."
    ]


def test_old_python_gets_one_sentence(tmp_path: Path) -> None:
    _fake_python(tmp_path, version="3.9")
    answer = _run(tmp_path)
    assert answer.returncode == 2
    assert len(answer.stderr.splitlines()) == 1
    assert "No Python 3.11 or newer found" in answer.stderr
    assert "python3 is 3.9." in answer.stderr


def test_no_python_at_all_gets_one_sentence(tmp_path: Path) -> None:
    answer = _run(tmp_path)
    assert answer.returncode == 2
    assert len(answer.stderr.splitlines()) == 1


def test_newest_known_python_is_taken(tmp_path: Path) -> None:
    _fake_python(tmp_path, version="3.11")
    _fake_python(tmp_path, name="python3.12", version="3.12")
    assert _run(tmp_path).stdout.startswith("python3.12 3.12 runs")


def test_a_python_that_lacks_venv_is_passed_over(tmp_path: Path) -> None:
    _fake_python(tmp_path, name="python3.12", version="3.12", venv=False)
    _fake_python(tmp_path, version="3.11")
    assert _run(tmp_path).stdout.startswith("python3 3.11 runs")


def test_python_named_by_the_user_is_the_only_one_tried(tmp_path: Path) -> None:
    _fake_python(tmp_path, version="3.12")
    mine = _fake_python(tmp_path, name="my python", version="3.13")
    assert _run(tmp_path, PYTHON=str(mine)).stdout.startswith("my python 3.13 runs")
    mine.unlink()
    (tmp_path / "dirname").unlink()
    assert _run(tmp_path, PYTHON=str(mine)).returncode == 2


class _Machine:
    """A stand-in for venv and pip that writes down what it is asked to do."""

    def __init__(self, module: ModuleType, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.module = module
        self.folder = root / ".venv"
        self.asked: list[str] = []
        self.fails_at = ""
        self.stops_at = ""
        for name in (*module.LOCKS.values(), "pyproject.toml"):
            (root / name).write_text(f"package-of-{name}==1\n", "utf-8")
        monkeypatch.setattr(module, "ROOT", root)
        monkeypatch.setattr(module, "_create", self.create)
        monkeypatch.setattr(module, "_pip", self.pip)

    def create(self, folder: Path) -> bool:
        self.asked.append("create")
        (folder / "pyvenv.cfg").touch()
        return self.fails_at != "create"

    def pip(self, _folder: Path, arguments: list[str]) -> bool:
        what = Path(arguments[-1]).name if "-r" in arguments else "lekti"
        self.asked.append(what)
        if what == self.stops_at:
            raise KeyboardInterrupt
        return what != self.fails_at

    def make(self, *layers: str, again: bool = False) -> tuple[int, list[str]]:
        self.asked.clear()
        code: int = self.module.main([*(["--again"] if again else []), str(self.folder), *layers])
        return code, list(self.asked)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> _Machine:
    spec = importlib.util.spec_from_file_location("environment", ROOT / "tools" / "environment.py")
    assert spec
    assert spec.loader
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return _Machine(module, tmp_path, monkeypatch)


def test_a_whole_environment_asks_pip_nothing(machine: _Machine) -> None:
    assert machine.make("runtime") == (0, ["create", "requirements.lock", "lekti"])
    assert machine.make("runtime") == (0, [])
    assert machine.module.is_whole(machine.folder, ["runtime"])


def test_a_layer_is_added_to_what_is_there(machine: _Machine) -> None:
    machine.make("runtime")
    assert not machine.module.is_whole(machine.folder, ["runtime", "test"])
    assert machine.make("runtime", "test") == (0, ["requirements-test.lock"])


@pytest.mark.parametrize("moment", ["requirements.lock", "requirements-test.lock", "lekti"])
def test_an_interrupted_creation_is_not_taken_for_complete(machine: _Machine, moment: str) -> None:
    machine.stops_at = moment
    code, _ = machine.make("runtime", "test")
    assert code == 130
    assert not machine.module.is_whole(machine.folder, ["runtime", "test"])
    machine.stops_at = ""
    code, asked = machine.make("runtime", "test")
    assert code == 0
    assert asked[-1] == "lekti"
    assert machine.module.is_whole(machine.folder, ["runtime", "test"])


def test_an_interrupted_addition_starts_anew(machine: _Machine) -> None:
    machine.make("runtime")
    machine.stops_at = "requirements-test.lock"
    machine.make("runtime", "test")
    machine.stops_at = ""
    assert machine.make("runtime")[1] == ["create", "requirements.lock", "lekti"]


def test_a_changed_lock_starts_anew_and_a_changed_project_does_not(machine: _Machine) -> None:
    machine.make("runtime")
    (machine.folder.parent / "pyproject.toml").write_text("changed", "utf-8")
    assert machine.make("runtime")[1] == ["lekti"]
    (machine.folder.parent / "requirements.lock").write_text("other==2\n", "utf-8")
    (machine.folder / "left-behind").touch()
    assert machine.make("runtime")[1] == ["create", "requirements.lock", "lekti"]
    assert not (machine.folder / "left-behind").exists()


def test_a_moved_checkout_starts_anew(machine: _Machine) -> None:
    machine.make("runtime")
    machine.folder = machine.folder.rename(machine.folder.with_name(".venv-moved"))
    assert machine.make("runtime")[1][0] == "create"


def test_a_folder_of_the_users_is_left_alone(machine: _Machine, capsys: pytest.CaptureFixture[str]) -> None:
    machine.folder.mkdir()
    (machine.folder / "mine").touch()
    assert machine.make("runtime") == (2, [])
    assert (machine.folder / "mine").exists()
    assert "was not made by make" in capsys.readouterr().err


def test_packages_that_cannot_be_installed_stop_the_build(machine: _Machine) -> None:
    machine.fails_at = "requirements.lock"
    assert machine.make("runtime")[0] == 2
    assert not machine.module.is_whole(machine.folder, ["runtime"])


def test_a_venv_module_that_fails_gets_one_sentence(
    machine: _Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.fails_at = "create"
    assert machine.make("runtime") == (2, ["create"])
    assert "apt install python3-venv" in capsys.readouterr().err


@pytest.mark.parametrize("layer", ["judges", "petab"])
def test_what_cannot_be_had_is_said_once_and_tried_again_on_request(
    machine: _Machine, capsys: pytest.CaptureFixture[str], layer: str
) -> None:
    machine.fails_at = f"requirements-{layer}.lock"
    assert machine.make("runtime", "judges", "petab")[0] == 0
    assert "tests that need them skip" in capsys.readouterr().out
    assert machine.make("runtime", "judges", "petab") == (0, [])
    assert machine.make("runtime", layer, again=True)[1] == [f"requirements-{layer}.lock"]
