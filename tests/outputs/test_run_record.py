"""A run says what it is: patients, failures, seed, checksum; what is missing stays empty."""

from __future__ import annotations

from dataclasses import replace

from lekti.outputs.run_record import run_record, solved_in_words
from lekti.population.result import Result


def with_attrs(result: Result, **attrs: object) -> Result:
    return replace(result, dataset=result.dataset.assign_attrs(attrs))


def test_failures_are_counted_from_the_outcomes(result: Result) -> None:
    outcomes = ("ok",) * 57 + ("failed: step too small", "failed: drawn 50 times", "ok_reference: kernel")
    record = run_record(replace(result, outcomes=outcomes))
    assert (record.failed, record.by_reference) == (2, 1)
    assert solved_in_words(record) == "60 virtual patients, 1 solved again by the reference · 2 failed"


def test_numbers_are_told_from_the_best_known_to_the_least(result: Result) -> None:
    record = run_record(with_attrs(result, numbers='{"assumed": 9, "read": 31, "secondary": 12}'))
    assert record.rests_on == "31 numbers read, 12 secondary, 9 assumed"


def test_a_run_without_provenance_still_has_a_name(result: Result) -> None:
    record = run_record(replace(result, dataset=result.dataset.drop_attrs()))
    assert len(record.run) == 8
    assert (record.date, record.model, record.rests_on, record.sources) == ("", "", "", ())


def test_another_seed_has_another_name(result: Result) -> None:
    assert run_record(result).run != run_record(replace(result, seed=2)).run


def test_the_command_repeats_the_run(result: Result) -> None:
    assert run_record(result).command == 'lekti run index --patients 60 --seed 1 --until "8 years 6 months"'
    own = replace(result, case=replace(result.case, id="mine"))
    assert run_record(own).command.startswith("lekti run CASE.yaml ")
    assert run_record(with_attrs(result, command="lekti run x.yaml")).command == "lekti run x.yaml"


def test_a_long_checksum_is_shortened(result: Result) -> None:
    assert run_record(with_attrs(result, model_sha256="9b1c" + "0" * 56 + "e07d")).short_model == "9b1c…e07d"


def test_one_virtual_patient_is_told_in_the_singular(result: Result) -> None:
    alone = replace(result, dataset=result.dataset.isel(patients=[0]), outcomes=result.outcomes[:1])
    assert solved_in_words(run_record(alone)) == "1 virtual patient · 0 failed"
