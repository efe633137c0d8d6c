"""The progress bar shows itself only where someone watches."""

from __future__ import annotations

import sys

import pytest

from lekti.cli.progress import progress_bar


def test_a_closed_error_stream_is_no_reason_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    with progress_bar() as move:
        move("drawing people", 1, 2)
