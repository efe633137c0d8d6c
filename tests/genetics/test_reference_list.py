"""Every variant of the reference list and every allele of the phenopackets agrees with the tables here."""

import csv
import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from lekti.genetics.coordinates import to_coding, to_genome
from lekti.genetics.describe import describe
from lekti.genetics.effects import deduced_effect, effect_of
from lekti.genetics.gene import domain_of, gene, residue_of
from lekti.genetics.hgvs import Variant, read_variant

SHARED = Path(os.environ.get("LEKTI_SHARED", Path(__file__).parents[2].parent / "shared"))
GENETICS = SHARED / "science" / "genetics"
PACKETS = SHARED / "cohort" / "phenopackets"

TYPES = {
    "nonsense": {"nonsense"},
    "frameshift": {"frameshift"},
    "missense": {"missense"},
    "polymorphism": {"missense", "synonymous", "intronic_near", "deep_intronic", "acceptor_region"},
    "synonymous_splicing": {"exon_end", "synonymous"},
    "splice_canonical": {"splice_canonical"},
    "splice_donor_region": {"donor_4", "donor_5", "donor_region"},
    "splice_acceptor_region": {"acceptor_region"},
    "splice_delins": {"splice_canonical"},
    "deep_intronic": {"deep_intronic"},
}
"""What a description alone must say for each published type; a polymorphism is a word about people."""

DISAGREE = {"c.377_378del": "a frameshift by its length; the published stop is its first new codon"}
"""Listed with reasons on the page about variants (docs/tasks/read-a-variant.md)."""


def _rows() -> list[dict[str, str]]:
    if not (GENETICS / "variants.tsv").exists():
        pytest.skip(f"the reference list is not at {GENETICS}")
    with (GENETICS / "variants.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _place(variant: Variant) -> str:
    number = gene().exons_at(variant.start.base)[0].number
    if not variant.start.offset:
        return f"exon {number}"
    return f"intron {number if variant.start.offset > 0 else number - 1}"


def test_all_rows_are_read_and_agree_on_exon_domain_place_and_type():
    read = 0
    for row in _rows():
        found = describe(row["hgvs_c"])
        read += 1
        if not row["hgvs_c"].startswith("c."):
            assert found.structural == "SO:0000159", row["id"]
            continue
        variant = found.variant
        assert variant is not None
        assert _place(variant) == row["exon_intron"].removesuffix(" last base"), row["id"]
        assert domain_of(residue_of(variant.start.base)) == row["domain"], row["id"]
        place = re.match(r"g\.(\d+)", row["g_hg38_chr5"])
        assert place is not None
        assert to_genome(variant.start) == int(place[1]), row["id"]
        _check_type(row)
    assert read == 85


def _check_type(row: dict[str, str]) -> None:
    told = row["hgvs_p"].split(" ")[0]
    text = f"{row['hgvs_c']} {told}" if told else row["hgvs_c"]
    deduced = deduced_effect(read_variant(text)).name
    if row["hgvs_c"] in DISAGREE:
        assert deduced not in TYPES[row["type"]], f"{row['id']} agrees now: take it from the list"
    else:
        assert deduced in TYPES[row["type"]], row["id"]
    assert effect_of(read_variant(row["hgvs_c"])).name


def test_both_builds_lead_back_to_the_same_description():
    for row in _rows():
        variant = describe(row["hgvs_c"]).variant
        place = re.match(r"g\.(\d+)", row["g_hg19_chr5"])
        if variant is None or place is None:
            continue
        assert to_coding(int(place[1]) + gene().shift) == variant.start, row["id"]


def test_all_alleles_of_the_phenopackets_are_read_and_both_their_names_agree():
    if not PACKETS.exists():
        pytest.skip(f"the phenopackets are not at {PACKETS}")
    counts: Counter[str] = Counter()
    for path in sorted(PACKETS.glob("*.json")):
        packet = json.loads(path.read_text("utf-8"))
        for interpretation in packet["interpretations"]:
            for genomic in interpretation["diagnosis"]["genomicInterpretations"]:
                counts[_read_allele(genomic["variantInterpretation"]["variationDescriptor"])] += 1
    assert sum(counts.values()) == 94
    assert counts["structural"] == 1


def _read_allele(descriptor: dict) -> str:
    names = {one["syntax"]: one["value"] for one in descriptor.get("expressions", [])}
    if "hgvs.c" not in names:
        assert describe(descriptor["label"]).structural
        return "structural"
    coding = describe(f"{names['hgvs.c']} {names.get('hgvs.p', '')}")
    genomic = describe(names["hgvs.g"])
    line = descriptor["vcfRecord"]
    vcf = describe(f"{line['chrom']}-{line['pos']}-{line['ref']}-{line['alt']}")
    assert coding.label == genomic.label == vcf.label, names
    return coding.label
