"""The assembled SBML: valid, unit by unit, and readable by others."""

from __future__ import annotations

import libsbml
import pytest

from lekti.base.errors import ModelError
from lekti.model import assemble
from lekti.model.assemble import assemble_antimony, assemble_sbml, check_document
from lekti.model.modules import Module, load_module


def test_the_sbml_is_level_3_version_2_without_any_complaint():
    document = libsbml.readSBMLFromString(assemble_sbml())
    assert (document.getLevel(), document.getVersion()) == (3, 2)
    assert check_document(document) == []


def test_no_unit_is_left_open_so_the_unit_check_means_something():
    model = libsbml.readSBMLFromString(assemble_sbml()).getModel()
    assert all(model.getParameter(i).isSetUnits() for i in range(model.getNumParameters()))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("tewl has g_per_m2_h", "tewl has kg"),
        ("igg has g_per_L", "igg has mg_per_L"),
        ("born * weight_gain / weight_median", "born * weight_gain"),
    ],
)
def test_a_wrong_unit_or_equation_is_caught(monkeypatch, right, wrong):
    real = assemble.load_modules

    def spoiled(*, layers: int = 6) -> tuple[Module, ...]:
        return tuple(
            Module(one.name, one.purpose, tuple(line.replace(right, wrong) for line in one.statements))
            for one in real(layers=layers)
        )

    monkeypatch.setattr(assemble, "load_modules", spoiled)
    assemble_antimony.cache_clear()
    assemble_sbml.cache_clear()
    try:
        with pytest.raises(ModelError, match="problems"):
            assemble_sbml()
    finally:
        assemble_antimony.cache_clear()
        assemble_sbml.cache_clear()


def test_the_same_text_comes_out_every_time():
    first = assemble_sbml()
    assemble_antimony.cache_clear()
    assemble_sbml.cache_clear()
    assert assemble_sbml() == first


def test_every_sourced_parameter_carries_its_record():
    model = libsbml.readSBMLFromString(assemble_sbml()).getModel()
    ke = model.getParameter("dupilumab_ke_ref")
    assert ke.getCVTerm(0).getResources().getValue(0) == "https://identifiers.org/doi:10.1002/cpdd.780"
    assert "secondary" in ke.getNotesString()


def test_a_layer_line_is_written_once_per_layer():
    three = load_module("proteolysis", layers=3)
    assert sum(statement.startswith("klk5_") and "'" in statement for statement in three.statements) == 3


def test_the_sum_over_layers_names_every_layer():
    thickness = next(
        line for line in load_module("proteolysis", layers=4).statements if line.startswith("thickness")
    )
    assert all(f"cells_{layer}" in thickness for layer in (1, 2, 3, 4))
    assert "cells_5" not in thickness
