"""The documentation of the case file is complete, and its examples are valid."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from lekti.patients.case_schema import case_schema
from lekti.patients.measurements import quantities
from lekti.patients.read_case import read_case

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("reference/case-file.md", "tasks/describe-a-person.md")


def examples(page: str) -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.S)


def keys(part: Any) -> Iterator[str]:
    """Yield every key of a document."""
    if isinstance(part, dict):
        yield from part
        part = list(part.values())
    for inner in part if isinstance(part, list) else []:
        yield from keys(inner)


@pytest.mark.parametrize("page", PAGES)
def test_every_example_is_a_valid_case(page: str):
    assert examples(page)
    for text in examples(page):
        assert read_case(text, name=page).course.treatments


def test_the_full_example_uses_every_key_of_the_schema():
    schema = case_schema()
    known = set(schema["properties"])
    for part in schema["$defs"].values():
        known |= set(part.get("properties", {}))
    known |= set(schema["$defs"]["subject"]["properties"]["weight"]["properties"])
    (example,) = examples(PAGES[0])
    assert set(keys(yaml.safe_load(example))) == known


def test_every_word_of_the_schema_is_explained():
    page = (DOCS / PAGES[0]).read_text(encoding="utf-8")
    for part in case_schema()["$defs"].values():
        for inner in (part, *part.get("properties", {}).values()):
            for word in inner.get("enum", []):
                assert word in page, word


def test_every_quantity_and_unit_is_explained():
    page = (DOCS / PAGES[0]).read_text(encoding="utf-8")
    for quantity in quantities().values():
        assert f"`{quantity.id}`" in page
        for unit in quantity.units:
            assert f"`{unit.text}`" in page, unit.text
