"""The exported SBML in other simulators, and what is said when one is missing."""

from __future__ import annotations

import importlib.util

import pytest

from lekti.base.errors import InputError, MachineError
from lekti.engine import judges
from lekti.engine.judges import ALLOWED, compare_with

needs_copasi = pytest.mark.skipif(
    importlib.util.find_spec("basico") is None, reason="copasi-basico is not installed (make judges)"
)
needs_roadrunner = pytest.mark.skipif(
    importlib.util.find_spec("roadrunner") is None, reason="libroadrunner is not installed (make judges)"
)


@needs_copasi
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_copasi_follows_the_same_course_for_eight_years():
    found = compare_with("copasi", years=8.0)
    assert found.worst <= ALLOWED, found.sentence()
    assert len(found.outputs) > 300


@needs_roadrunner
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_roadrunner_follows_the_same_course_for_two_years():
    found = compare_with("roadrunner", years=2.0)
    assert found.worst <= ALLOWED, found.sentence()


def test_an_unknown_simulator_is_refused_by_name():
    with pytest.raises(InputError, match=r"Simulator 'matlab' is not known. Expected roadrunner or copasi"):
        compare_with("matlab")


def test_a_missing_simulator_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(judges, "netherton_system", lambda: pytest.fail("nothing is simulated first"))

    def missing(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(MachineError, match=r"copasi-basico is not installed. Install it with pip"):
        compare_with("copasi")
