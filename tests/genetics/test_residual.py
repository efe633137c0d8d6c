"""Residual activity is a distribution with reasons; a homozygous variant is drawn once."""

import numpy as np
import pytest

from lekti.base.tables import knowledge_table
from lekti.genetics.allele import REFERENCE, UNKNOWN, Allele
from lekti.genetics.residual import draw_residuals, residual_of

LEAKY = Allele("hgvs", hgvs="NM_006846.4:c.1302+5G>C", source="PMID:40607310")
NULL = Allele("hgvs", hgvs="c.1048C>T")


def test_the_index_variant_has_the_proposed_prior_and_says_it_is_assumed():
    residual = residual_of(LEAKY)
    assert (residual.alpha, residual.beta, residual.provenance) == (1.0, 5.0, "assumed")
    assert residual.mean == pytest.approx(1 / 6)
    assert any("homozygous boy" in reason for reason in residual.reasons)
    assert "PMID:40607310" in residual.source


def test_the_interval_holds_the_stated_share_of_draws():
    residual = residual_of(LEAKY)
    low, high = residual.interval(0.9)
    draws = np.array([residual.draw(np.random.default_rng(i)) for i in range(4000)])
    assert np.mean((draws >= low) & (draws <= high)) == pytest.approx(0.9, abs=0.02)


def test_the_reference_is_exactly_one():
    residual = residual_of(REFERENCE)
    assert (residual.mean, residual.interval(), residual.draw(np.random.default_rng(1))) == (
        1.0,
        (1.0, 1.0),
        1.0,
    )


def test_a_homozygous_variant_is_one_draw_for_both_alleles():
    other_spelling = Allele("hgvs", hgvs="c.1302+5G>C")
    a, b = draw_residuals((LEAKY, other_spelling), np.random.default_rng(3))
    assert a == b


def test_two_variants_are_two_draws_and_so_are_two_unknown_alleles():
    for pair in ((LEAKY, NULL), (UNKNOWN, UNKNOWN)):
        a, b = draw_residuals(pair, np.random.default_rng(3))
        assert a != b


def test_the_same_generator_gives_the_same_draws():
    first = draw_residuals((LEAKY, NULL), np.random.default_rng(5))
    assert first == draw_residuals((LEAKY, NULL), np.random.default_rng(5))


def test_milder_classes_keep_more_activity_on_average():
    order = ["c.1048C>T", "c.1302+1G>A", "c.1302+5G>C", "c.891C>T", "c.1302+4A>T", "c.1258A>G"]
    means = [residual_of(Allele("hgvs", hgvs=text)).mean for text in order]
    assert means == sorted(means)


def test_a_published_stop_told_by_the_protein_text_is_near_null():
    known = residual_of(Allele("hgvs", hgvs="c.400A>T", protein="p.(Lys134Ter)"))
    unclear = residual_of(Allele("hgvs", hgvs="c.400A>T"))
    assert known.mean < 0.02 < unclear.mean


def test_every_prior_is_assumed_and_lies_between_none_and_all():
    for row in knowledge_table("genetics/residual_prior.tsv"):
        assert row["provenance"] == "assumed", row.where
        assert bool(row["fixed"]) != bool(row["alpha"] and row["beta"]), row.where
