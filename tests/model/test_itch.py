"""Itch: dry skin itches at rest, and IL-4/13 make every other itch louder."""

from __future__ import annotations

from lekti.model.netherton import netherton_system

from .conftest import YEAR
from .test_behaviour import HEALTHY, NULL

TEN = [10 * YEAR]
CALM = {"allergen_load": 0.0, "th2_by_germ": 0.0}


def test_skin_with_weak_lipid_genes_stays_dry_and_itches_at_rest(live):
    names = ["dryness", "itch_nrs", "th2_effect"]
    weak, usual = (
        live(TEN, names, **HEALTHY, **CALM, lipid_gene=gene, lipids_healthy=gene * 0.86826)
        for gene in (0.5901, 1.0)
    )
    assert weak["th2_effect"][0, 0] < 0.15
    assert weak["dryness"][0, 0] > 0.3
    assert weak["itch_nrs"][0, 0] > usual["itch_nrs"][0, 0] + 1


def test_dryness_is_the_same_word_for_everybody_with_normal_lipid_genes(live):
    run = live(TEN, ["dryness", "lipids"], **NULL)
    healthy = netherton_system().defaults[netherton_system().parameters.index("lipids_healthy")]
    assert abs(run["dryness"][0, 0] - (1 - run["lipids"][0, 0] / healthy)) < 1e-9


def test_il4_and_il13_make_the_itch_of_proteases_louder(live):
    """Oetjen 2017, Mack 2023: they bring no itch alone; nerves answer more to other pruritogens."""
    only = {"itch_by_il31": 0.0, "itch_by_wound": 0.0, "itch_by_dryness": 0.0}
    loud, plain = (
        live(TEN, ["itch_signal", "par2"], **NULL, **only, itch_by_th2=gain) for gain in (1.0, 0.0)
    )
    assert loud["itch_signal"][0, 0] / loud["par2"][0, 0] > plain["itch_signal"][0, 0] / plain["par2"][0, 0]
