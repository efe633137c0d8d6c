"""How many layers the stratum corneum needs is measured, and the page tells what is measured."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from lekti.base.errors import InputError
from lekti.base.tables import knowledge_table
from lekti.population.layers import COUNTS, NAMED, LayerStudy, layer_study, shipped_layers

PAGE = Path(__file__).parents[2] / "docs" / "science" / "layers.md"
PROOFS = ("layers_whole", "layers_null", "layers_most")


def _quiet(what: str, done: int, of: int) -> None:
    """Take progress and say nothing."""


def test_a_small_study_is_close_where_lekti_is_whole_and_apart_where_it_is_not() -> None:
    study = layer_study((2, 3), (0.0, 0.2, 0.5, 1.0), progress=_quiet)
    apart = np.abs(study.against_finest(2))
    assert study.tewl.shape == (2, 4)
    assert study.at(3, 0.0) > 2 * study.at(3, 1.0)
    assert apart[3] < 0.01 < apart.max()
    assert study.shift(3) == 0.0 < study.shift(2)


def test_a_shift_is_read_along_lekti_left() -> None:
    left = (0.0, 0.1, 0.2, 0.3, 0.5, 1.0)
    fine = np.array([40.0, 30.0, 20.0, 15.0, 12.0, 10.0])
    coarse = np.array([40.0, 32.0, 20.0, 15.0, 12.0, 10.0])
    study = LayerStudy((2, 9), left, np.stack([coarse, fine]))
    assert study.shift(2) == pytest.approx(0.02)
    assert study.against_finest(2)[1] == pytest.approx(32 / 30 - 1)


@pytest.mark.parametrize("counts", [(1, 4), (4, 25), (4,), (4, 4)])
def test_numbers_that_cannot_be_compared_are_refused(counts: tuple[int, ...]) -> None:
    with pytest.raises(InputError):
        layer_study(counts, (0.0, 1.0), progress=_quiet)


@pytest.mark.slow
def test_the_page_tells_what_the_study_finds() -> None:
    study = layer_study(progress=_quiet)
    rows = re.findall(
        r"^\| (\d+)[^|]*\|([\d.| ]+)\| ([\d.]+) % \| ([\d.]+) \|$", PAGE.read_text("utf-8"), re.MULTILINE
    )
    assert [int(row[0]) for row in rows] == list(COUNTS)
    for count, values, most, shift in rows:
        told = [float(value) for value in values.split("|")]
        assert told == pytest.approx([study.at(int(count), left) for left, _ in NAMED], rel=0.02)
        assert float(most) == pytest.approx(100 * np.abs(study.against_finest(int(count))).max(), abs=1.0)
        assert float(shift) == pytest.approx(study.shift(int(count)), abs=0.005)

    told = {
        row["id"]: float(row["figure"])
        for row in knowledge_table("credibility/proofs.tsv")
        if row["id"] in PROOFS
    }
    apart = 100 * np.abs(study.against_finest(shipped_layers()))
    quarter = np.array(study.left) > 0.25
    found = dict(zip(PROOFS, (apart[quarter].max(), apart[0], apart.max()), strict=True))
    assert told == pytest.approx(found, abs=0.3)


def test_the_page_names_the_shipped_number() -> None:
    assert re.search(rf"^\| {shipped_layers()} \(shipped\) \|", PAGE.read_text("utf-8"), re.MULTILINE)
