"""How long the index case takes with 1,000 virtual patients, phase by phase, healthy twins apart."""

from __future__ import annotations

import time

from lekti.model.netherton import netherton_system
from lekti.patients.library import load_case
from lekti.population import people
from lekti.population.run_case import run_case

PATIENTS = 1000


def test_a_thousand_virtual_patients(monkeypatch, capsys):
    case = load_case("index")
    netherton_system()
    run_case(case, patients=2, seed=1)  # compiles the kernel, or reads it from the cache
    spent = {"healthy twins": 0.0}
    real = people.with_healthy_twin

    def timed(*given):
        begin = time.perf_counter()
        try:
            return real(*given)
        finally:
            spent["healthy twins"] += time.perf_counter() - begin

    monkeypatch.setattr(people, "with_healthy_twin", timed)
    begin = last = time.perf_counter()

    def progress(what: str, done: int, total: int) -> None:
        nonlocal last
        now = time.perf_counter()
        spent[what] = spent.get(what, 0.0) + now - last
        last = now

    result = run_case(case, patients=PATIENTS, seed=1, progress=progress)
    whole = time.perf_counter() - begin
    assert result.dataset.attrs["failed"] == 0
    with capsys.disabled():
        print(f"\n{PATIENTS} virtual patients of the index case: {whole:.1f} s")
        for what, seconds in spent.items():
            print(f"  {what:<24} {seconds:6.1f} s")
