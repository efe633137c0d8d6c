"""The effect of a variant follows its published type, its position, its length and its p. text."""

import csv
import os
from pathlib import Path

import pytest

from lekti.base.tables import knowledge_table
from lekti.genetics.effects import effect_of, known_variants, structural_effect
from lekti.genetics.hgvs import read_variant

SHARED = Path(os.environ.get("LEKTI_SHARED", Path(__file__).parents[2].parent / "shared"))


@pytest.mark.parametrize(
    ("text", "effect"),
    [
        ("c.1302+1G>T", "splice_canonical"),
        ("c.1303-2A>G", "splice_canonical"),
        ("c.1302+5G>C", "donor_5"),
        ("c.1302+5G>T", "donor_5"),
        ("c.1302+4A>C", "donor_4"),
        ("c.1302+3A>C", "donor_region"),
        ("c.1302+6T>C", "donor_region"),
        ("c.1302+9T>C", "intronic_near"),
        ("c.1302+100T>C", "deep_intronic"),
        ("c.1303-100T>C", "deep_intronic"),
        ("c.1303-8T>C", "acceptor_region"),
        ("c.1300_1302+3del", "splice_canonical"),
        ("c.1303-5_1305del", "splice_canonical"),
        ("c.1221-40_1302+40del", "splice_canonical"),
        ("c.1220+30_1302+40del", "splice_canonical"),
        ("c.1302+30_1302+40del", "deep_intronic"),
        ("c.1302+30_1303-30del", "deep_intronic"),
        ("c.2441+3_2441+6del", "donor_5"),
        ("c.2T>C", "start_loss"),
        ("c.500del", "frameshift"),
        ("c.500_502del", "inframe"),
        ("c.500A>G", "substitution_unclear"),
        ("c.500A>G p.(Lys167Ter)", "nonsense"),
        ("c.500A>G p.(Lys167Arg)", "missense"),
        ("c.501A>G p.(Lys167=)", "synonymous"),
        ("c.500A>G p.?", "substitution_unclear"),
        ("c.-20A>G", "untranslated"),
        ("c.1048C>T", "nonsense"),
        ("c.891C>T", "exon_11_silencer"),
        ("NM_006846.3:c.2468delA", "frameshift"),
    ],
)
def test_each_class_is_told_from_the_description(text: str, effect: str):
    found = effect_of(read_variant(text))
    assert found.name == effect
    assert all(found.reasons)


def test_a_large_deletion_is_told_from_other_structural_changes():
    assert structural_effect("SO:1000029").name == "large_deletion"
    assert structural_effect("SO:1000035").name == "structural_other"


def test_every_known_variant_is_readable_under_its_own_key_and_points_at_a_prior():
    effects = {row["effect"] for row in knowledge_table("genetics/residual_prior.tsv")}
    for key, row in known_variants().items():
        assert read_variant(key, where=row.where).key == key
        assert row["effect"] in effects, row.where


def test_every_known_indel_inside_an_exon_agrees_with_its_length():
    for key, row in known_variants().items():
        variant = read_variant(key)
        if variant.kind != "sub" and variant.length_change is not None and variant.start.offset == 0:
            assert variant.length_change % 3, row.where
            assert row["effect"] in ("frameshift", "nonsense"), row.where


def test_the_known_variants_agree_with_the_reference_list():
    path = SHARED / "science" / "genetics" / "variants.tsv"
    if not path.exists():
        pytest.skip(f"the reference material is not at {path}")
    with path.open(encoding="utf-8") as file:
        listed = [row for row in csv.DictReader(file, delimiter="\t") if row["hgvs_c"].startswith("c.")]
    for row in listed:
        if row["provenance"] == "recalled":  # from memory only: not shipped
            continue
        known = known_variants()[read_variant(row["hgvs_c"]).key]
        assert known["type"] == row["type"] or row["hgvs_c"] in ("c.2468delA",), row["id"]
