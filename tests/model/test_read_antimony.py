"""Antimony text becomes SBML, or one sentence."""

from __future__ import annotations

import pytest

from lekti.base.errors import ModelError
from lekti.model.read_antimony import sbml_of_antimony
from lekti.model.read_sbml import read_sbml


def test_antimony_with_an_event_is_read() -> None:
    system = read_sbml(sbml_of_antimony("x = 1; x' = -k*x; k = 2; at (x < 0.5): x = 1;"))
    assert system.states == ("x",)
    assert len(system.events) == 1


def test_the_complaint_of_antimony_is_passed_on() -> None:
    with pytest.raises(ModelError, match=r"Antimony refuses the model.*bad\.ant"):
        sbml_of_antimony("x = = 1", name="bad.ant")


def test_importing_other_files_is_refused() -> None:
    with pytest.raises(ModelError, match=r"imports another file. m.ant:2"):
        sbml_of_antimony('x = 1;\nimport "/etc/passwd"', name="m.ant")
