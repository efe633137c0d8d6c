"""The parameter tables: every number has a unit, a prior and a source, and is used."""

from __future__ import annotations

import re

import pytest

from lekti.base.errors import ModelError
from lekti.base.tables import read_table
from lekti.model import parameters as room
from lekti.model.modules import load_modules
from lekti.model.parameters import load_parameters, parse_prior, weight_parameters


def test_every_number_says_where_it_comes_from():
    for parameter in load_parameters():
        assert parameter.reason, parameter.where
        if parameter.provenance == "assumed":
            continue
        assert parameter.source != "-", parameter.where
        assert parameter.locator != "-", parameter.where


def test_no_number_is_only_recalled():
    assert {parameter.provenance for parameter in load_parameters()} <= {
        "read",
        "secondary",
        "derived",
        "assumed",
    }


def test_every_parameter_is_used_by_a_module():
    text = " ".join(statement for module in load_modules() for statement in module.statements)
    words = set(re.findall(r"[a-z][a-z0-9_]*", text))
    assert [parameter.id for parameter in load_parameters() if parameter.id not in words] == []


def test_no_module_is_an_empty_shell():
    assert all(len(module.statements) >= 1 for module in load_modules())
    assert sum("'" in statement for module in load_modules() for statement in module.statements) > 100


def test_a_number_is_converted_from_the_unit_of_its_source():
    found = {parameter.id: parameter.value for parameter in load_parameters()}
    assert found["klk5_kon"] == pytest.approx(1107.217 * 86400 * 1e-9)
    assert found["klk7_koff"] == pytest.approx(2.9e4 * 24)


@pytest.mark.parametrize(
    ("column", "cell", "complaint"),
    [
        ("provenance", "recalled", r"provenance 'recalled'. x.tsv:2"),
        ("model_unit", "furlong", r"unit 'furlong'. x.tsv:2"),
        ("unit", "kg", r"unit 'kg' does not fit. x.tsv:2"),
        ("value", "many", r"value 'many' is not a number. x.tsv:2"),
        ("prior", "lognormal(", r"prior 'lognormal\(' is not understood"),
    ],
)
def test_a_bad_cell_is_named_with_file_and_line(monkeypatch, column, cell, complaint):
    row = {
        "id": "ke", "value": "0.05", "unit": "1/hour", "model_unit": "per_day", "prior": "fixed",
        "provenance": "assumed", "source": "-", "locator": "-", "reason": "a test",
    }  # fmt: skip
    row[column] = cell
    table = read_table("\t".join(row) + "\n" + "\t".join(row.values()) + "\n", name="x.tsv")
    real = room.knowledge_table
    monkeypatch.setattr(room, "MODULES", ("only",))
    monkeypatch.setattr(room, "knowledge_table", lambda path: table if "only" in path else real(path))
    with pytest.raises(Exception, match=complaint):
        load_parameters.__wrapped__()


def test_an_id_that_stands_twice_is_refused(monkeypatch):
    monkeypatch.setattr(room, "MODULES", ("itch", "itch"))
    with pytest.raises(ModelError, match="stands twice"):
        load_parameters.__wrapped__()


def test_a_prior_keeps_its_numbers():
    assert parse_prior("responder(0.8,0.1,0.6)", where="").numbers == (0.8, 0.1, 0.6)
    assert not parse_prior("fixed", where="").varies


def test_unknown_sex_lies_between_the_two():
    male, female, unknown = (weight_parameters(sex) for sex in ("male", "female", "unknown"))
    for name in male:
        assert min(male[name], female[name]) <= unknown[name] <= max(male[name], female[name])
