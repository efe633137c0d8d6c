"""Invented phenopackets for tests, and a folder of four of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def packet(
    record: str,
    alleles: Sequence[str],
    *,
    sex: str = "MALE",
    age: str = "P8Y",
    observed: Sequence[str] = (),
    excluded: Sequence[str] = (),
) -> str:
    """Return a phenopacket; one allele in `alleles` means homozygous, two mean heterozygous each."""
    state = ("GENO:0000136", "homozygous") if len(alleles) == 1 else ("GENO:0000135", "heterozygous")
    told: dict[str, Any] = {
        "id": "invented",
        "subject": {"id": "invented", "sex": sex, "timeAtLastEncounter": {"age": {"iso8601duration": age}}},
        "phenotypicFeatures": [
            {"type": {"id": term, "label": "x"}, "excluded": term in excluded}
            for term in (*observed, *excluded)
        ],
        "interpretations": [
            {
                "id": "i",
                "progressStatus": "SOLVED",
                "diagnosis": {
                    "disease": {"id": "OMIM:256500", "label": "Netherton syndrome"},
                    "genomicInterpretations": [_interpretation(hgvs, state) for hgvs in alleles],
                },
            }
        ],
        "metaData": {"phenopacketSchemaVersion": "2.0", "externalReferences": [{"id": record}]},
    }
    return json.dumps(told, indent=1)


def _interpretation(hgvs: str, state: tuple[str, str]) -> dict[str, Any]:
    descriptor = {
        "geneContext": {"valueId": "HGNC:15464", "symbol": "SPINK5"},
        "expressions": [{"syntax": "hgvs.c", "value": f"NM_006846.4:{hgvs}"}],
        "allelicState": {"id": state[0], "label": state[1]},
    }
    return {
        "subjectOrBiosampleId": "invented",
        "interpretationStatus": "CAUSATIVE",
        "variantInterpretation": {"variationDescriptor": descriptor},
    }


ITCH, ASTHMA, INVAGINATA, IGE = "HP:0000989", "HP:0002099", "HP:0025811", "HP:0003212"
TWO = ["c.420del", "c.2468del"]


def four_people() -> dict[str, str]:
    """Return file names and texts: one boy told in two papers, his sister, and a woman."""
    signs = [ITCH, INVAGINATA, IGE]
    return {
        "a.json": packet("PMID:1000001", TWO, observed=signs, excluded=[ASTHMA]),
        "b.json": packet("PMID:1000002", [TWO[1], "c.420delT"], age="P9Y", observed=signs),
        "c.json": packet("PMID:1000001", TWO, sex="FEMALE", age="P3Y", observed=[ITCH], excluded=[IGE]),
        "d.json": packet("PMID:1000003", ["c.891C>T"], sex="FEMALE", age="P30Y", observed=[ITCH, ASTHMA]),
    }


def write_folder(folder: Path, texts: dict[str, str]) -> Path:
    """Write the texts as files of a new folder."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return folder
