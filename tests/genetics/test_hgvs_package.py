"""The hgvs package of biocommons, where it is installed, reads published names as lekti does."""

import pytest

from lekti.base.tables import knowledge_table
from lekti.genetics.hgvs import Position, read_variant


def test_positions_and_kinds_of_all_published_names_agree():
    package = pytest.importorskip("hgvs.parser", reason="the hgvs package is not installed")
    parser = package.Parser()
    for row in knowledge_table("genetics/variants.tsv"):
        ours = read_variant(row["hgvs_c"])
        theirs = parser.parse_hgvs_variant(f"NM_006846.4:{row['hgvs_c']}").posedit
        for mine, other in ((ours.start, theirs.pos.start), (ours.end, theirs.pos.end)):
            assert mine == Position(other.base, other.offset), row.where
        assert ours.kind == theirs.edit.type, row.where
        if ours.kind == "sub":
            assert (ours.deleted, ours.inserted) == (theirs.edit.ref, theirs.edit.alt), row.where
