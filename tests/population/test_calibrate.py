"""Calibration on a target of our own: it moves towards it, resumes, and takes no row that must not enter."""

from __future__ import annotations

import json

import numpy as np
import pytest

from lekti.base.errors import InputError
from lekti.population.calibrate import Settings, calibrate, fit_targets
from lekti.population.targets import read_targets, shipped_targets
from lekti.population.typical import Typical, prior_typical, read_typical, spread_left, write_typical

HEAD = "id\trole\tpopulation\tregimen\treadout\ttime\tvalue\tspread\tstatistic"
SETTINGS = Settings(sets=24, per_set=2, steps=2, seed=1)


def itch(value: float, role: str = "fit"):
    row = f"itch\t{role}\thealthy_adults\tnone\titch\t-\t{value}\t-\tmean"
    return read_targets(f"{HEAD}\n{row}\n", name="mine.tsv")


def quiet(what: str, done: int, total: int) -> None:
    """Report nothing."""


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("calibration")
    return folder, calibrate(folder, SETTINGS, targets=itch(1.2), progress=quiet)


def test_typical_values_move_towards_the_target(found):
    _, done = found
    before, after = (np.exp(np.nanmedian(one)) for one in (done.predicted_before, done.predicted_after))
    assert abs(np.log(after / 1.2)) < 0.8 * abs(np.log(before / 1.2))


def test_a_calibration_resumes_to_the_same_end_from_any_step(found, tmp_path):
    folder, done = found
    for name in ("calibration.json", "step_0.npz", "step_1.npz"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    again = calibrate(tmp_path, SETTINGS, targets=itch(1.2), progress=quiet)
    assert np.array_equal(again.after.scores, done.after.scores)
    assert np.array_equal(again.predicted_after, done.predicted_after)


@pytest.mark.parametrize("content", [b"", b"no step", b"PK" + bytes(40), "half", "one target more"])
def test_a_damaged_step_is_named_and_kept(content, found, tmp_path):
    folder, _ = found
    for name in ("calibration.json", "step_0.npz"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    step = tmp_path / "step_0.npz"
    whole = step.read_bytes()
    if content == "one target more":
        with np.load(step) as kept:
            np.savez(step, scores=kept["scores"], predicted=np.zeros((SETTINGS.sets, 2)))
    else:
        step.write_bytes(whole[: len(whole) // 2] if isinstance(content, str) else content)
    written = step.read_bytes()
    with pytest.raises(InputError, match=r"step_0\.npz is damaged"):
        calibrate(tmp_path, SETTINGS, targets=itch(1.2), progress=quiet)
    assert step.read_bytes() == written


def test_a_folder_with_files_of_others_is_refused_and_kept(tmp_path):
    (tmp_path / "typical.parquet").write_text("mine")
    with pytest.raises(InputError, match=r"holds no calibration \(typical\.parquet\)"):
        calibrate(tmp_path, SETTINGS, targets=itch(1.2), progress=quiet)
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("typical.parquet", "mine")]


@pytest.mark.parametrize("content", ["", "no json", "[" * 100_000])
def test_a_folder_whose_settings_are_damaged_is_refused(content, tmp_path):
    (tmp_path / "calibration.json").write_text(content)
    with pytest.raises(InputError, match="another calibration"):
        calibrate(tmp_path, SETTINGS, targets=itch(1.2), progress=quiet)


def test_leaving_every_population_out_leaves_nothing_to_fit():
    with pytest.raises(InputError, match="No row of role fit is left"):
        fit_targets(without={row.population for row in shipped_targets() if row.role == "fit"})


def test_a_folder_of_another_calibration_is_refused(found):
    folder, _ = found
    with pytest.raises(InputError, match="another calibration"):
        calibrate(folder, SETTINGS, targets=itch(2.5), progress=quiet)


@pytest.mark.parametrize("role", ["test", "seen"])
def test_only_rows_of_role_fit_may_enter(role, tmp_path):
    with pytest.raises(InputError, match=f"has the role {role}"):
        calibrate(tmp_path, SETTINGS, targets=itch(1.2, role), progress=quiet)


def test_no_test_row_is_among_the_shipped_fit_targets():
    fitted = {target.id for target in fit_targets()}
    assert fitted
    assert fitted.isdisjoint(row.id for row in shipped_targets() if row.role != "fit")


def test_rows_about_a_population_can_be_left_out_of_the_fit():
    fewer = fit_targets(without=["ad_adults"])
    assert 0 < len(fewer) < len(fit_targets())
    assert "ad_adults" not in {row.population for row in fewer}
    with pytest.raises(InputError, match="about 'carriers'"):
        fit_targets(without=["carriers"])


def test_typical_values_survive_their_file(tmp_path):
    typical = prior_typical(sets=7, seed=3)
    write_typical(typical, tmp_path / "typical.parquet", about={"seed": 3})
    again, about = read_typical(tmp_path / "typical.parquet")
    assert again.names == typical.names
    assert again.scores == pytest.approx(typical.scores, abs=1e-6)
    assert json.dumps(about) == '{"seed": 3}'


@pytest.mark.parametrize("content", [b"", b"no parquet", b"PAR1" + bytes(100) + b"PAR1"])
def test_anything_else_is_refused_in_one_sentence(content, tmp_path):
    path = tmp_path / "typical.parquet"
    path.write_bytes(content)
    with pytest.raises(InputError, match="holds no typical values"):
        read_typical(path)


def test_the_spread_left_is_a_ratio_of_deviations():
    before = prior_typical(sets=100, seed=3)
    after = Typical(before.names, before.scores * np.where(np.arange(len(before.names)) == 0, 0.25, 1.0))
    left = spread_left(before, after)
    assert left[before.names[0]] == pytest.approx(0.25)
    assert left[before.names[1]] == pytest.approx(1.0)


def test_typical_values_whose_file_tells_no_model_are_refused(tmp_path):
    path = tmp_path / "typical.parquet"
    write_typical(prior_typical(sets=3, seed=3), path, about=[1])  # pyright: ignore[reportArgumentType]
    with pytest.raises(InputError, match="holds no typical values"):
        read_typical(path)


@pytest.mark.parametrize("score", [1e30, np.nan, -31.0])
def test_scores_that_no_prior_gives_are_refused(score, tmp_path):
    found = prior_typical(sets=3, seed=3)
    path = tmp_path / "typical.parquet"
    write_typical(Typical(found.names, np.full_like(found.scores, score)), path, about={"seed": 3})
    with pytest.raises(InputError, match="within 30 SDs"):
        read_typical(path)
