"""What Crossref says becomes a record without the tags it leaves in."""

from __future__ import annotations

import json

import pytest

from lekti.base.errors import InputError
from lekti.evidence.crossref import read_crossref


def work(**more: object):
    return read_crossref(json.dumps({"message": {"DOI": "10.5555/A", "title": ["T"], **more}}), name="x")


@pytest.mark.parametrize(
    ("abstract", "words"),
    [
        ("<jats:title>Abstract</jats:title><jats:p>Netherton syndrome.</jats:p>", "Netherton syndrome."),
        ("<p>IgE &gt; 5 <jats:italic>IU/mL</jats:italic></p>", "IgE > 5 IU/mL"),
        ("<jats:sec><jats:title>Aim</jats:title><jats:p>To see.</jats:p></jats:sec>", "AIM: To see."),
        ("Plain words & more", "Plain words & more"),
        ("<p>broken <b>tags</p>", "broken tags"),
    ],
)
def test_an_abstract_loses_its_tags_and_its_heading(abstract: str, words: str):
    section = work(abstract=abstract).section("abstract")
    assert section is not None
    assert section.text.strip() == words


def test_a_work_without_abstract_is_a_citation():
    assert work().content == "metadata_only"


@pytest.mark.parametrize(
    "odd", [{"author": 5}, {"author": [5]}, {"issued": None}, {"abstract": 5}, {"updated-by": [5]}]
)
def test_odd_values_do_no_harm(odd: dict[str, object]):
    assert work(**odd).id == "DOI:10.5555/a"


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"message": 5}', '{"message": {"DOI": "10.5555/a"}}', "[" * 100_000]
)
def test_what_is_no_work_is_refused(text: str):
    with pytest.raises(InputError):
        read_crossref(text, name="x")
