"""Give linkml-reference-validator an environment of its own, and say what failed."""

from __future__ import annotations

import subprocess
import venv
from pathlib import Path

PACKAGE = "linkml-reference-validator==0.4.0"
FOLDER = Path(".venv-peers") / "linkml-reference-validator"


def python(folder: Path = FOLDER) -> Path:
    """Return the interpreter of the environment, made on first use; CannotInstallError says why not."""
    own = folder / "bin" / "python"
    if (folder / "ready").exists():
        return own
    venv.create(folder, with_pip=True, clear=True)
    pip = [own, "-m", "pip", "install", "--quiet", PACKAGE]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        errors = [line for line in done.stderr.splitlines() if "error" in line.lower()]
        raise CannotInstallError(" ".join(errors[-1:]).strip() or "pip gave no reason")
    (folder / "ready").touch()
    return own


class CannotInstallError(Exception):
    """The peer cannot be installed here; the text is pip's own."""
