"""A server on this machine in the place of every service, an empty cache, and no waiting."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .local_service import LocalService, local_service


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[LocalService]:
    for variable in (
        "NCBI_API_KEY",
        "LEKTI_EMAIL",
        "LEKTI_OFFLINE",
        "HTTP_PROXY",
        "http_proxy",
        "ALL_PROXY",
        "all_proxy",
    ):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LEKTI_CACHE", str(tmp_path / "cache"))
    with local_service() as running:
        for name in ("EUTILS", "EUROPEPMC", "CROSSREF", "ENSEMBL"):
            monkeypatch.setenv(f"LEKTI_{name}_URL", f"{running.address}{name.lower()}")
        yield running
