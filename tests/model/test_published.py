"""Published models are whole Antimony texts, whose numbers all have a source."""

from __future__ import annotations

import libsbml
import pytest

from lekti.base.errors import InputError
from lekti.base.provenance import USE
from lekti.model.expression import symbols
from lekti.model.published import (
    published_antimony,
    published_model,
    published_models,
    published_numbers,
    published_sbml,
    published_system,
)

NAMES = tuple(published_models())


@pytest.mark.parametrize("name", NAMES)
def test_the_text_says_whose_model_it_is_and_what_it_is_for(name: str) -> None:
    first = published_antimony(name).splitlines()[0]
    assert published_model(name).source in first
    assert USE in first


@pytest.mark.parametrize("name", NAMES)
def test_the_sbml_is_read_without_a_complaint(name: str) -> None:
    document = libsbml.readSBMLFromString(published_sbml(name))
    assert document.getNumErrors(libsbml.LIBSBML_SEV_ERROR) == 0
    document.checkConsistency()
    assert document.getNumErrors(libsbml.LIBSBML_SEV_ERROR) == 0


@pytest.mark.parametrize("name", NAMES)
def test_every_number_has_a_source_and_every_parameter_that_is_used_has_a_number(name: str) -> None:
    numbers = {one.id: one for one in published_numbers(name)}
    assert all(one.source not in ("", "-") and one.locator not in ("", "-") for one in numbers.values())
    page = set(published_antimony(name).split("\n\n")[0].replace(";", " ").split())
    system = published_system(name)
    assert {one for one in system.parameters if one not in numbers and one not in page} == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_number_of_the_page_is_used_or_told_to_be_for_drugs_and_people(name: str) -> None:
    system = published_system(name)
    used = symbols(*system.initial, *system.derivatives, *(expr for _, expr in system.assignments))
    used |= symbols(*(expr for event in system.events for expr in event.expressions()))
    unused = {one.id for one in published_numbers(name)} - used
    assert unused <= {
        "drug_block", "tralokinumab_share", "ifng_given", "central_volume_elimination_ref_correlation",
    }  # fmt: skip


def test_miyano_has_14_states_and_the_switch_of_treatment() -> None:
    states = set(published_system("miyano_2021").states)
    assert len(states - {"treated"}) == 14


def test_an_unknown_model_is_one_sentence() -> None:
    with pytest.raises(InputError, match="No published model is called 'x'"):
        published_model("x")
