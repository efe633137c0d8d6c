"""`python -m benchmarks.install`: give peers that need one their own environment, and say what failed."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ENVIRONMENTS = Path(".venv-peers")
PACKAGES = {
    "numbalsoda": ("numbalsoda", "numba", "numpy"),
    "amici": ("amici", "numpy"),
    "diffrax": ("diffrax", "jax", "numpy"),
}


def main() -> None:
    """Install every peer that is not there yet; one that fails is named, and the others go on."""
    for program, packages in PACKAGES.items():
        folder = ENVIRONMENTS / program
        if (folder / "ready").exists():
            continue
        print(f"{program}: installing into {folder}", flush=True)
        venv.create(folder, with_pip=True, clear=True)
        pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", *packages]
        done = subprocess.run(pip, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            (folder / "ready").touch()
            continue
        errors = [line for line in done.stderr.splitlines() if "error" in line.lower()]
        print(f"{program}: could not be installed: {' '.join(errors[-1:]).strip()}", file=sys.stderr)


if __name__ == "__main__":
    main()
