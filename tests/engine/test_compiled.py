"""Compiled code is kept between runs, and no state of that cache stops or changes a run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lekti.engine import compiled
from lekti.engine.kernel import Kernel
from lekti.engine.simulate import simulate

from .models import two_compartments

TIMES = [1.0, 5.0]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "kernels"
    monkeypatch.setenv("LEKTI_CACHE", str(folder))
    return folder


def values() -> np.ndarray:
    compiled._machine.cache_clear()  # as a new process would start
    system = two_compartments()
    return simulate(system, system.parameter_row(), times=TIMES, solver=Kernel()).values


def kept(cache: Path) -> Path:
    (file,) = cache.iterdir()
    return file


def test_code_is_kept_and_gives_the_same_bits(cache: Path) -> None:
    fresh = values()
    content = kept(cache).read_bytes()
    np.testing.assert_array_equal(values(), fresh)
    assert kept(cache).read_bytes() == content


@pytest.mark.parametrize("place", [0, 70, 90, -1])
def test_a_file_with_one_changed_byte_is_made_again(cache: Path, place: int) -> None:
    fresh = values()
    good = kept(cache).read_bytes()
    bad = bytearray(good)
    bad[place] ^= 1
    kept(cache).write_bytes(bytes(bad))
    np.testing.assert_array_equal(values(), fresh)
    assert kept(cache).read_bytes() == good


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff \n\n", b"0" * 64])
def test_a_cut_file_is_made_again(cache: Path, content: bytes) -> None:
    fresh = values()
    kept(cache).write_bytes(content)
    np.testing.assert_array_equal(values(), fresh)


def test_a_cache_that_cannot_be_written_gathers_nothing(cache: Path) -> None:
    fresh = values()
    file = kept(cache)
    file.unlink()
    file.mkdir()
    (file / "in the way").touch()
    np.testing.assert_array_equal(values(), fresh)
    assert kept(cache) == file


def test_a_user_without_a_home_simulates_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("LEKTI_CACHE")
    monkeypatch.setattr(Path, "home", homeless)
    assert np.isfinite(values()).all()


def test_a_process_links_the_same_equations_once(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    fresh = values()
    monkeypatch.setattr(compiled, "_linked", lambda layout, code: pytest.fail("linked again"))
    system = two_compartments()
    again = simulate(system, system.parameter_row(), times=TIMES, solver=Kernel()).values
    np.testing.assert_array_equal(again, fresh)
