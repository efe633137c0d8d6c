"""What a result rests on: versions, seed, checksum, and the sentence on its use."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib import metadata

USE = "research and education; not for decisions about a person"


def checksum(text: str) -> str:
    """Return the SHA-256 of a text as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def versions(*packages: str) -> dict[str, str]:
    """Return the versions of lekti, Python and the named packages."""
    found = {"lekti": _version("lekti"), "python": platform.python_version()}
    return found | {package: _version(package) for package in packages}


@cache
def _version(package: str) -> str:
    return metadata.version(package)
