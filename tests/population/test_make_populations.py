"""Populations that ship: made once, selected where a spread is published, copied only when they belong."""

from __future__ import annotations

import pytest

from lekti.base.errors import InputError, MachineError
from lekti.engine.kernel import Kernel
from lekti.population import make_populations as room
from lekti.population.forecast import Size
from lekti.population.make_populations import check_shippable, make_populations, ship, spread_targets
from lekti.population.shipped import model_key
from lekti.population.typical import prior_typical, read_typical, write_typical

SIZE = Size(sets=2, per_set=4, seed=1)


def quiet(what: str, done: int, total: int) -> None:
    """Report nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("made")


@pytest.fixture
def made(folder, monkeypatch):
    monkeypatch.setattr(room, "POPULATIONS", ("healthy_adults", "carriers"))
    write_typical(prior_typical(sets=2, seed=1), folder / "typical.parquet", about={"model_key": model_key()})
    typical = read_typical(folder / "typical.parquet")[0]
    return make_populations(folder, typical, SIZE, kernel=Kernel(), progress=quiet)


def test_only_where_a_spread_is_published_people_are_selected(made):
    healthy, carriers = made
    assert healthy.selected_on == ("tewl_forearm_healthy_young",)
    assert carriers.selected_on == ()
    assert carriers.kept == carriers.plausible == carriers.effective
    assert 0 < healthy.kept <= healthy.plausible <= healthy.draws


def test_no_row_but_those_of_role_fit_selects_people():
    for population in ("healthy_adults", "carriers", "ad_children", "ad_adults", "netherton"):
        assert all(row.role == "fit" for row in spread_targets(population))


def test_a_population_that_is_there_is_not_made_again(made, folder, monkeypatch):
    typical = read_typical(folder / "typical.parquet")[0]
    monkeypatch.setattr(room, "draw_group", None)
    again = make_populations(folder, typical, SIZE, kernel=Kernel(), progress=quiet)
    assert again == made


def test_a_finished_calibration_is_copied_into_the_package(made, folder, tmp_path, monkeypatch):
    monkeypatch.setattr(room, "shipped_folder", lambda: tmp_path)
    names = ship(folder)
    assert names == ("typical.parquet", "healthy_adults.parquet", "carriers.parquet")
    assert all((tmp_path / name).read_bytes() == (folder / name).read_bytes() for name in names)


def test_an_unfinished_calibration_and_one_of_another_model_do_not_ship(made, folder, tmp_path, monkeypatch):
    monkeypatch.setattr(room, "shipped_folder", lambda: tmp_path)
    with pytest.raises(InputError, match=r"has no typical\.parquet"):
        ship(tmp_path)
    about = {"model_key": "another"}
    write_typical(prior_typical(sets=2, seed=1), folder / "typical.parquet", about=about)
    with pytest.raises(InputError, match="another model"):
        ship(folder)
    assert list(tmp_path.iterdir()) == []


def test_what_ships_stays_whole_when_the_package_cannot_be_written(made, folder, tmp_path, monkeypatch):
    about = {"model_key": model_key()}
    write_typical(prior_typical(sets=2, seed=1), folder / "typical.parquet", about=about)
    monkeypatch.setattr(room, "shipped_folder", lambda: tmp_path)
    (tmp_path / "typical.parquet").write_bytes(b"earlier")
    (tmp_path / "carriers.parquet.part").mkdir()
    with pytest.raises(MachineError, match="cannot be written"):
        ship(folder)
    assert (tmp_path / "typical.parquet").read_bytes() == b"earlier"
    assert not (tmp_path / "healthy_adults.parquet").exists()


def test_a_package_that_cannot_be_written_is_told_before_any_work(tmp_path, monkeypatch):
    monkeypatch.setattr(room, "shipped_folder", lambda: tmp_path / "missing")
    with pytest.raises(MachineError, match="cannot be written"):
        check_shippable()
