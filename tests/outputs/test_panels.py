"""The table of panels fits the table of quantities, and healthy ranges have sources."""

from __future__ import annotations

from lekti.base.tables import knowledge_table
from lekti.outputs.panels import read_panels
from lekti.patients.measurements import quantities


def test_every_panel_shows_a_readout_of_the_model() -> None:
    readouts = {quantity.output for quantity in quantities().values()}
    assert {panel.output for panel in read_panels()} <= readouts


def test_the_ten_panels_come_in_their_order() -> None:
    names = [panel.output for panel in read_panels()]
    assert names == [
        "ige", "itch_nrs", "tewl", "iasi", "normal_hairs", "ccl17", "dupilumab", "igg", "infection_rate",
        "admission_rate",
    ]  # fmt: skip


def test_every_axis_is_of_a_known_kind() -> None:
    assert {panel.axis for panel in read_panels()} <= {"log", "zero", "score"}


def test_a_healthy_range_has_a_source_that_was_read() -> None:
    for row in knowledge_table("wording/healthy.tsv"):
        assert row["source"], row.where
        assert row["provenance"] == "read", row.where
        assert row.number("low") < row.number("high"), row.where
