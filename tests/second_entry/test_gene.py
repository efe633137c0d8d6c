"""The gene is entered twice: exons, domains, donor matrix and variants as typed from the facts alone."""

from __future__ import annotations

import csv
import math
import os
from itertools import pairwise
from pathlib import Path

import pytest

from lekti.base.tables import knowledge_table, read_table
from lekti.genetics.coordinates import to_genome
from lekti.genetics.describe import describe
from lekti.genetics.donor import FLOOR, PLACES, donor_score
from lekti.genetics.effects import known_variants
from lekti.genetics.gene import domains, gene
from lekti.genetics.hgvs import read_variant

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("LEKTI_SHARED", HERE.parents[2] / "shared")) / "science" / "genetics"
PEOPLE = 91
"""People with SPINK5 in phenopacket-store; each has two alleles."""

NO_NAME_OF_A_SEQUENCE = ("275 Kb large", "Deletion_of", "gross deletion")
"""Deletions of the whole gene, named in words: kept by type (structural_types.tsv), not in variants.tsv."""

OTHER_NUMBER = {
    ("c.1258A>G", "popmax"): "the column prints about 0.5, the text beside it 0.525, which is shipped",
}


def _typed() -> dict[str, dict[str, dict[str, str]]]:
    found: dict[str, dict[str, dict[str, str]]] = {}
    for row in read_table((HERE / "gene.tsv").read_text("utf-8"), name="gene.tsv"):
        found.setdefault(row["kind"], {}).setdefault(row["name"], {})[row["what"]] = row["value"]
    return found


TYPED = _typed()
VARIANTS = {
    name: again for name, again in TYPED["variant"].items() if not name.startswith(NO_NAME_OF_A_SEQUENCE)
}
LARGE = {name: again for name, again in TYPED["variant"].items() if name not in VARIANTS}


@pytest.mark.parametrize("name", TYPED["exon"])
def test_exon_is_the_one_that_was_entered_again(name: str) -> None:
    exon = gene().exons[int(name) - 1]
    first = {
        "first": exon.first,
        "last": exon.last,
        "length": exon.length,
        "GRCh38 first": exon.grch38,
        "GRCh38 last": exon.grch38_last,
        "intron after": gene().intron_length(exon.number) if exon.number < len(gene().exons) else None,
    }
    known = {what: str(value) for what, value in first.items() if value is not None}
    assert (exon.number, known) == (int(name), TYPED["exon"][name])


def test_exons_are_as_many_and_lie_one_behind_the_other() -> None:
    exons = gene().exons
    assert len(exons) == len(TYPED["exon"]) == 33
    for one, other in pairwise(exons):
        assert one.last is None or other.first is None or other.first == one.last + 1


def test_gene_is_the_one_that_was_entered_again() -> None:
    again = TYPED["gene"]
    assert gene().transcript == again["transcript"]["name"]
    assert gene().coding_length == int(again["coding sequence"]["length"])
    assert gene().residues == int(again["protein"]["residues"])
    assert gene().shift == int(again["GRCh38 minus GRCh37"]["shift"])
    place = again["gene"]
    assert (gene().first_grch38, gene().last_grch38) == (
        int(place["GRCh38 first"]),
        int(place["GRCh38 last"]),
    )


def test_domains_are_those_that_were_entered_again_and_stay_unverified() -> None:
    first = {
        one.name: {
            "first": str(one.first),
            "last": str(one.last),
            "cysteines": ",".join(map(str, one.cysteines)),
        }
        for one in domains()
    }
    assert first == TYPED["domain"]
    assert {one.provenance for one in domains()} == {"unverified"}  # the facts give them from memory


def test_donor_matrix_is_the_one_that_was_entered_again() -> None:
    matrix = {row["position"]: row for row in knowledge_table("genetics/donor_matrix.tsv")}
    assert set(matrix) == {*TYPED["donor"], "background"}
    for place, again in TYPED["donor"].items():
        assert {base: matrix[place].number(base) for base in "ACGT"} == {
            base: float(share) for base, share in again.items()
        }
        assert sum(float(share) for share in again.values()) == pytest.approx(1)


@pytest.mark.parametrize("index", range(len(PLACES)))
def test_score_of_a_donor_follows_the_matrix_entered_again(index: int) -> None:
    """Two donors that differ in one base differ by the ratio of its shares over the ratio of backgrounds."""
    share = {base: max(float(text), FLOOR) for base, text in TYPED["donor"][PLACES[index]].items()}
    behind = next(
        row for row in knowledge_table("genetics/donor_matrix.tsv") if row["position"] == "background"
    )
    scores = {base: donor_score("CAGGTAAGT"[:index] + base + "CAGGTAAGT"[index + 1 :]) for base in "ACGT"}
    for base in "CGT":
        odds = share[base] / behind.number(base) / (share["A"] / behind.number("A"))
        assert scores[base] - scores["A"] == pytest.approx(math.log2(odds))


@pytest.mark.parametrize("name", VARIANTS)
def test_people_and_frequency_of_a_variant_are_those_entered_again(name: str) -> None:
    row = known_variants()[read_variant(name).key]
    same = [other for other in VARIANTS if read_variant(other).key == read_variant(name).key]
    for what in ("people", "homozygous"):
        told = [int(VARIANTS[other][what]) for other in same if what in VARIANTS[other]]
        assert row[what] == (str(sum(told)) if told else ""), f"{what} of {', '.join(same)}"
    if (name, "popmax") not in OTHER_NUMBER:
        assert row["popmax"] == "".join(VARIANTS[other].get("popmax", "") for other in same)


@pytest.mark.parametrize("name", [name for name, again in VARIANTS.items() if "GRCh38" in again])
def test_place_of_a_variant_is_the_published_one(name: str) -> None:
    """The normal name, at its 3' end, has the published place; three printed names are not moved there."""
    variant = describe(name).variant
    assert variant is not None
    assert to_genome(variant.start) == int(VARIANTS[name]["GRCh38"])


def test_alleles_of_all_people_add_up_to_two_each() -> None:
    """With the deletions of the whole gene, the shipped counts hold both alleles of every person."""
    shipped = sum(
        int(row[what] or 0) for row in known_variants().values() for what in ("people", "homozygous")
    )
    large = sum(int(again[what]) for again in LARGE.values() for what in ("people", "homozygous"))
    assert (len(LARGE), shipped + large) == (3, 2 * PEOPLE)


def test_variants_entered_again_are_all_that_the_facts_give() -> None:
    path = SHARED / "variants.tsv"
    if not path.is_file():
        pytest.skip(f"the collected facts are not at hand ({path})")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["provenance"] != "recalled"]
    silent = {row["hgvs_c"] for row in rows} - set(TYPED["variant"])
    assert silent == set(), "every variant has a place, people or a frequency"
