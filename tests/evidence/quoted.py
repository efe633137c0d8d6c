"""Records of our own writing for the tests of the check."""

from __future__ import annotations

from lekti.evidence.record import Record, Section

ABSTRACT = """Invented syndrome (IS) is a rare recessive disease of the skin caused by
pathogenic variants in the serine protease inhibitor gene SPINK9Z, leading to
impaired skin barrier function. We describe a girl with a homozygous splice
variant (c.2201+3A>G). When she was 4 years old, dupilumab was added to
reduce skin inflammation. Total serum IgE levels decreased from 2140 IU/mL to
88.4 IU/mL following therapy (P < 0.05; r = -1.72). Acitretin was not effective. No
mutation was found in exon 9. Dupilumab may improve the growth of hair. KLK5
activity was increased, whereas KLK7 activity was decreased in the epidermis.
The skin barrier [12] was leaky in CD4⁺ cells and 10<sup>5</sup> cells were
counted per 5 µg/mL. The cluster [2Fe-2S] binds. She could concatenate words."""
RESULTS = "Itch fell by 40 % in 12 of 20 children. The drug was well tolerated in all of them."
AFFILIATIONS = "(1)College of Invention, University of Nowhere, Atlantis."
CONFLICT = "The authors declare that they have no relevant conflicts of interest."


def record(*sections: tuple[str, str, bool]) -> Record:
    """Return a record with these sections, or the invented paper."""
    given = sections or (
        ("abstract", ABSTRACT, True),
        ("results", RESULTS, True),
        ("affiliations", AFFILIATIONS, False),
        ("conflict of interest", CONFLICT, False),
    )
    parts = tuple(Section(*section) for section in given)
    return Record("PMID:1", ("PMID:1",), "", (), "", "2025", "abstract_only", parts, {}, "markdown", "")
