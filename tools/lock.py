"""Write the lock files: every package at one version, with the hashes of its files.

`make lock` keeps the versions that still fit; `make lock UPGRADE=1` moves all of them to the newest.
One lock serves Python 3.11 and newer on Linux, macOS and Windows, and names no place to download from.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNTIME, TEST, DEV, JUDGES, PETAB = (
    "requirements.lock",
    "requirements-test.lock",
    "requirements-dev.lock",
    "requirements-judges.lock",
    "requirements-petab.lock",
)

INTEL_MAC = "sys_platform == 'darwin' and platform_machine == 'x86_64'"
NOT_INTEL_MAC = "sys_platform != 'darwin' or platform_machine != 'x86_64'"
HOLD = (
    "libroadrunner<2.11",  # 2.11 has no file for Python 3.11
    f"antimony==3.1.0 ; {INTEL_MAC}",  # the last ones built for that machine
    f"antimony>=3.2 ; {NOT_INTEL_MAC}",
    f"llvmlite==0.45.1 ; {INTEL_MAC}",
    f"llvmlite>=0.47 ; {NOT_INTEL_MAC}",
)


def main(arguments: list[str]) -> int:
    """Write the five lock files beside `pyproject.toml`."""
    upgrade = ["--upgrade"] if "--upgrade" in arguments else []
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    _compile(RUNTIME, ["pyproject.toml", "--group", "build", *upgrade])
    _compile(TEST, ["--group", "test", "-c", RUNTIME, *upgrade])
    _compile(DEV, ["--group", "dev", "-c", RUNTIME, "-c", TEST, *upgrade])
    for lock, extra in ((JUDGES, "judges"), (PETAB, "petab")):
        _compile(lock, ["-", "-c", RUNTIME, "-c", TEST, "-c", DEV, *upgrade], "\n".join(extras[extra]))
    return 0


def _compile(lock: str, sources: list[str], text: str = "") -> None:
    shape = ["--universal", "--python-version", "3.11", "--fork-strategy", "fewest", "--generate-hashes"]
    words = ["--quiet", "--no-annotate", "--custom-compile-command", "make lock"]
    with tempfile.TemporaryDirectory() as folder:
        hold = Path(folder, "hold.txt")
        hold.write_text("\n".join(HOLD), "utf-8")
        command = [
            sys.executable,
            "-m",
            "uv",
            "pip",
            "compile",
            *sources,
            "-c",
            str(hold),
            *shape,
            *words,
            "-o",
            lock,
        ]
        subprocess.run(command, cwd=ROOT, env=_with_one_index(), input=text, text=True, check=True)
    pinned = [line for line in (ROOT / lock).read_text("utf-8").splitlines() if line[:1].isalnum()]
    print(f"{lock}: {len(pinned)} packages")


def _with_one_index() -> dict[str, str]:
    """Let uv look where pip looks."""
    environment = dict(os.environ)
    for pip_name, uv_name in (("PIP_INDEX_URL", "UV_DEFAULT_INDEX"), ("PIP_CERT", "SSL_CERT_FILE")):
        if pip_name in environment:
            environment.setdefault(uv_name, environment[pip_name])
    return environment


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
