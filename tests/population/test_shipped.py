"""What ships belongs to the model that ships, is used by name, and is never replaced in silence."""

from __future__ import annotations

import numpy as np
import pytest

from lekti.base.errors import InputError, ModelError
from lekti.model.netherton import netherton_system
from lekti.population import shipped
from lekti.population.calibrate import fit_targets, targets_checksum
from lekti.population.group_file import read_group, write_group
from lekti.population.groups import draw_group
from lekti.population.shipped import (
    model_key,
    population_file,
    population_key,
    shipped_folder,
    shipped_group,
    stale,
    typical_of,
)
from lekti.population.target_words import population_kinds
from lekti.population.typical import Typical, origin_of, prior_typical, read_typical, write_typical

SYSTEM = netherton_system()
KIND = population_kinds()["healthy_adults"]
CALIBRATED = (shipped_folder() / shipped.TYPICAL_FILE).is_file()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Ship typical values of our own from an empty folder."""
    monkeypatch.setattr(shipped, "shipped_folder", lambda: tmp_path)
    write_typical(
        prior_typical(sets=5, seed=2), tmp_path / "typical.parquet", about={"model_key": model_key()}
    )
    return tmp_path


@pytest.fixture(scope="module")
def healthy():
    return draw_group(SYSTEM, KIND, typical=prior_typical(sets=2, seed=1), sets=2, per_set=4, seed=1)


@pytest.mark.skipif(not CALIBRATED, reason="no calibration ships yet")
def test_what_ships_belongs_to_the_model_that_ships():
    assert stale() == {}


@pytest.mark.skipif(not CALIBRATED, reason="no calibration ships yet")
def test_what_ships_was_fitted_to_the_fit_rows_as_they_are():
    about = read_typical(shipped_folder() / shipped.TYPICAL_FILE)[1]
    assert about["targets_sha256"] == targets_checksum(fit_targets())


def test_typical_values_that_ship_are_named_by_their_checksum(folder):
    found = typical_of("shipped")
    assert found is not None
    assert origin_of(found) == f"calibration {found.origin}"
    assert len(found.origin) == 64


def test_the_prior_can_be_asked_for_and_says_so(folder):
    assert typical_of("prior") is None
    assert "not calibrated" in origin_of(None)


def test_without_a_file_shipped_means_the_prior(tmp_path, monkeypatch):
    monkeypatch.setattr(shipped, "shipped_folder", lambda: tmp_path)
    assert typical_of("shipped") is None
    assert stale() == {}


@pytest.mark.parametrize("name", ["shipped", "file"])
def test_a_calibration_of_another_model_is_refused_in_one_sentence(name, folder):
    path = folder / "typical.parquet"
    write_typical(prior_typical(sets=5, seed=2), path, about={"model_key": "another"})
    with pytest.raises(ModelError, match="another version of the model") as told:
        typical_of("shipped" if name == "shipped" else str(path))
    assert "--typical prior" in told.value.sentence()
    assert stale() == {"typical.parquet": "calibrated on another model"}


@pytest.mark.parametrize("odd", ["missing", "not known"])
def test_a_calibration_of_other_values_is_refused_by_name(odd, folder):
    found = prior_typical(sets=5, seed=2)
    names = ("pain", *found.names[1:]) if odd == "not known" else found.names[1:]
    scores = found.scores if odd == "not known" else found.scores[:, 1:]
    path = folder / "mine.parquet"
    write_typical(Typical(names, scores), path, about={"model_key": model_key()})
    with pytest.raises(InputError, match=r"holds other typical values: '\w+' is (missing|not known)"):
        typical_of(str(path))


def test_people_survive_their_file(healthy, tmp_path):
    write_group(healthy, SYSTEM, tmp_path / "a.parquet", about={"seed": 1})
    again, about = read_group(tmp_path / "a.parquet", SYSTEM)
    assert again.parameters == pytest.approx(healthy.parameters, rel=1e-6)
    assert np.array_equal(again.sets, healthy.sets)
    assert np.array_equal(again.male, healthy.male)
    assert about == {"seed": 1, "population": "healthy_adults"}


def test_people_of_other_typical_values_are_not_taken_and_those_of_another_model_refused(healthy, folder):
    typical = typical_of("shipped")
    assert typical is not None
    path = population_file(folder, KIND.id)
    assert shipped_group(KIND, typical) is None
    about = {"typical_sha256": typical.origin, "population_key": population_key(KIND.id)}
    write_group(healthy, SYSTEM, path, about=about)
    found = shipped_group(KIND, typical)
    assert found is not None
    assert len(found.tries) == len(healthy.tries)
    write_group(healthy, SYSTEM, path, about=about | {"typical_sha256": "another"})
    assert shipped_group(KIND, typical) is None
    write_group(healthy, SYSTEM, path, about=about | {"population_key": "another"})
    with pytest.raises(ModelError, match="another version of the model"):
        shipped_group(KIND, typical)


@pytest.mark.parametrize("content", [b"", b"no parquet"])
def test_what_is_no_population_is_refused_in_one_sentence(content, tmp_path):
    path = tmp_path / "a.parquet"
    path.write_bytes(content)
    with pytest.raises(InputError, match="holds no population"):
        read_group(path, SYSTEM)
