"""Names, dates, contact details and free text are refused wherever they stand."""

import pytest

from lekti.base.errors import InputError
from lekti.patients.privacy import refuse_private, refused_keys
from lekti.patients.yaml_tree import read_tree


def refuse(text: str) -> None:
    refuse_private(read_tree(text, name="case.yaml"), name="case.yaml")


@pytest.mark.parametrize("key", sorted(refused_keys()))
def test_every_refused_key_is_refused_at_any_depth_with_its_reason(key: str):
    with pytest.raises(InputError, match=r"case\.yaml:3"):
        refuse(f"a:\n  - b:\n      {key}: x\n")


@pytest.mark.parametrize(
    "date",
    ["12.05.1987", "12/05/87", "1987-5-2", "1987/05/02", "May 1987", "2 May 1987", "May 2, 1987", "1987-05",
     '"2021-03-01T10:00:00Z"', "seen on 2021-03-01", "12-05-1987"],
)  # fmt: skip
def test_a_calendar_date_in_any_dress_is_refused_and_not_repeated(date: str):
    with pytest.raises(InputError, match="calendar date") as caught:
        refuse(f"a: {date}\n")
    assert "1987" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["DOI:10.1016/j.jacig.2025.100508", "JHI:2025;1(CIS2025).23", "c.1302+5G>C", "mayo"]
)
def test_ids_that_hold_a_year_are_no_dates(text: str):
    refuse(f"a: '{text}'\n")


def test_long_texts_and_line_breaks_are_free_text():
    for text in ("a: " + "long " * 40, 'a: "one\\ntwo"'):
        with pytest.raises(InputError, match="free text"):
            refuse(text)
