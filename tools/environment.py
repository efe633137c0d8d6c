"""Build the folder `.venv` from the lock files, whole or not at all.

Layers: `runtime` runs lekti, `test` adds pytest, `dev` adds what `make check` needs, `judges` adds
libRoadRunner and COPASI, and `petab` the petab library; the last two not every machine can have. What is
whole is left alone, so a second call needs no network. A record inside the folder is removed before anything
changes and written when it is done; a folder without one is built anew. pip is used as this machine has it
set up. Standard library only.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from shutil import rmtree

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "runtime": "requirements.lock",
    "test": "requirements-test.lock",
    "dev": "requirements-dev.lock",
    "judges": "requirements-judges.lock",
    "petab": "requirements-petab.lock",
}
OPTIONAL = {"judges": "libRoadRunner and COPASI", "petab": "The petab library"}
FROM_SOURCE = {"petab": ["--no-binary", "petab"]}
"""What is published as source only; everything else is installed as built by its makers."""
MARK = "made-by-make"
RECORD = "whole.json"


class RefusedError(Exception):
    """The environment cannot be built; the message is the one sentence for the user."""


def main(arguments: list[str]) -> int:
    """Bring FOLDER up to the layers; --whole only asks whether it is, --again repeats what was not found."""
    options = {word for word in arguments if word.startswith("--")}
    folder, *layers = [word for word in arguments if word not in options]
    path = Path(folder).absolute()
    if "--whole" in options:
        return 0 if is_whole(path, layers) and "--again" not in options else 1
    try:
        build(path, layers, again="--again" in options)
    except RefusedError as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"Stopped. The next make builds {folder} anew.", file=sys.stderr)
        return 130
    return 0


def is_whole(folder: Path, layers: list[str]) -> bool:
    """Tell whether the folder holds lekti and these layers as the files of this checkout say."""
    record = _read_record(folder)
    in_place = record.get("place") == _place(folder) and record.get("lekti") == _checksum("pyproject.toml")
    return in_place and all(record.get(layer) == _checksum(LOCKS[layer]) for layer in layers)


def build(folder: Path, layers: list[str], *, again: bool = False) -> None:
    """Install what is missing; start from nothing where a lock file, the place or the Python changed."""
    if folder.exists() and not (folder / MARK).exists():
        raise RefusedError(
            f"{folder.name} was not made by make, so make leaves it alone. "
            "Move it away, or choose another folder: make VENV=.venv-make."
        )
    record = _read_record(folder)
    installed = [layer for layer in LOCKS if layer in record]
    if record.get("place") != _place(folder) or any(record[x] != _checksum(LOCKS[x]) for x in installed):
        record = _start_anew(folder)
    for layer in layers:
        if layer not in record or (again and record.get(f"{layer} found") == "no"):
            _add_layer(folder, layer, record)
    if record.get("lekti") != _checksum("pyproject.toml"):
        _add_lekti(folder, record)


def _start_anew(folder: Path) -> dict[str, str]:
    print(f"Creating {folder.name} with Python {sys.version.split()[0]} ...", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
    (folder / RECORD).unlink(missing_ok=True)
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            rmtree(entry)
        elif entry.name != MARK:
            entry.unlink()
    if not _create(folder):
        raise RefusedError(
            f"{folder.name} cannot be created with {sys.executable}: its venv module fails. "
            "On Debian and Ubuntu: apt install python3-venv."
        )
    return {"place": _place(folder)}


def _add_layer(folder: Path, layer: str, record: dict[str, str]) -> None:
    lock = ROOT / LOCKS[layer]
    count = sum(line[:1].isalnum() for line in lock.read_text("utf-8").splitlines())
    print(f"Installing {count} packages of {lock.name} ...", flush=True)
    (folder / RECORD).unlink(missing_ok=True)
    files = ["--only-binary", ":all:", *FROM_SOURCE.get(layer, [])]
    found = _pip(folder, ["--no-deps", "--require-hashes", *files, "-r", str(lock)])
    if not found and layer not in OPTIONAL:
        raise RefusedError(f"The packages of {lock.name} cannot be installed here; pip says why above.")
    if not found:
        print(f"{OPTIONAL[layer]} cannot be had here; tests that need them skip. Try again: make judges")
    record |= {layer: _checksum(lock.name), f"{layer} found": "yes" if found else "no"}
    _write_record(folder, record)


def _add_lekti(folder: Path, record: dict[str, str]) -> None:
    (folder / RECORD).unlink(missing_ok=True)
    if not _pip(folder, ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]):
        raise RefusedError("lekti itself cannot be installed; pip says why above.")
    record["lekti"] = _checksum("pyproject.toml")
    _write_record(folder, record)


def _create(folder: Path) -> bool:
    command = [sys.executable, "-m", "venv", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _pip(folder: Path, arguments: list[str]) -> bool:
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    command = [str(python), "-m", "pip", "install", "-qq", "--no-compile", *arguments]
    calm = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_USER": "0", "PYTHONNOUSERSITE": "1"}
    return subprocess.run(command, env={**os.environ, **calm}, check=False).returncode == 0


def _place(folder: Path) -> str:
    return f"{folder}, Python {sys.version_info[0]}.{sys.version_info[1]}"


def _checksum(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def _read_record(folder: Path) -> dict[str, str]:
    try:
        return json.loads((folder / RECORD).read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}


def _write_record(folder: Path, record: dict[str, str]) -> None:
    partial = folder / f"{RECORD}.partial"
    partial.write_text(json.dumps(record, indent=1), "utf-8")
    partial.replace(folder / RECORD)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
