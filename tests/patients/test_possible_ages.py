"""The possible ages of an event follow from its time and from the treatments around it."""

import pytest

from lekti.patients.case import Between, Course, Dose, Exact, Measurement, Treatment, Unstated, When
from lekti.patients.possible_ages import possible_ages

COURSE = Course(
    treatments=(
        Treatment("ivig", "ivig", Dose(500.0, "mg/kg"), "intravenous", 28.0, 500.0),
        Treatment("dupilumab", "dupilumab", Dose(300.0, "mg"), "subcutaneous", 28.0, 2000.0),
    )
)


@pytest.mark.parametrize(
    ("when", "after", "before", "ages"),
    [
        (Exact(700.0), None, None, (700.0, 700.0)),
        (Between(600.0, 900.0), None, None, (600.0, 900.0)),
        (Between(600.0), None, None, (600.0, 4000.0)),
        (Unstated(), None, None, (0.0, 4000.0)),
        (Unstated(), "dupilumab", None, (2000.0, 4000.0)),
        (Unstated(), None, "dupilumab", (0.0, 2000.0)),
        (Unstated(), "ivig", "dupilumab", (500.0, 2000.0)),
        (Between(100.0, 3000.0), "ivig", "dupilumab", (500.0, 2000.0)),
    ],
)
def test_bounds_come_from_time_and_treatments(
    when: When, after: str | None, before: str | None, ages: tuple[float, float]
):
    ige = Measurement("a", "ige", 100.0, "IU/mL", when, after=after, before=before)
    assert possible_ages(COURSE, ige, until_days=4000.0) == ages


def test_a_horizon_before_the_event_never_turns_the_span_around():
    ige = Measurement("a", "ige", 100.0, "IU/mL", Unstated(), after="dupilumab")
    first, last = possible_ages(COURSE, ige, until_days=100.0)
    assert first <= last
