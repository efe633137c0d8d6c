"""Worked answers of genetic counselling, asked of family files as a user would write them.

The shared table of 30 rows gives the answers; where it is not at hand those tests skip, and the same
questions are asked with the answers that textbook formulas give.
"""

from __future__ import annotations

import math
import os
from fractions import Fraction
from pathlib import Path

import pytest

from lekti.base.tables import read_table
from lekti.genetics.family_risk import FamilyAnswer, family_risk
from lekti.patients.family_numbers import planned_tests
from lekti.patients.read_family import read_family

SHARED = Path(os.environ.get("LEKTI_SHARED", Path(__file__).parents[2].parent / "shared"))
TABLE = SHARED / "science" / "genetics" / "risk_examples.tsv"
RARE = "alleles: 1e-8"
CONFIRMED = "alleles: 0.0022360679775"  # the square root of 1 / 200,000

PARENTS = """
  I-1: {sex: male, status: healthy}
  I-2: {sex: female, status: healthy}
"""
PATIENT = "  II-1: {parents: [I-1, I-2], status: affected}\n"
SISTER = "  II-2: {parents: [I-1, I-2], sex: female, status: healthy}\n"
PARTNER = "  II-3: {sex: male, status: healthy}\n"
GRANDPARENTS = "  G-1: {sex: male, status: healthy}\n  G-2: {sex: female, status: healthy}\n"
COUSINS = """
  G-1: {sex: male}
  G-2: {sex: female}
  P-1: {parents: [G-1, G-2], sex: male}
  P-2: {parents: [G-1, G-2], sex: female}
  Q-1: {sex: female}
  Q-2: {sex: male}
  C-1: {parents: [P-1, Q-1], sex: male}
  C-2: {parents: [Q-2, P-2], sex: female}
"""


def ask(people: str, population: str = RARE, more: str = "") -> FamilyAnswer:
    text = f"lekti_family: 1\npopulation: {{{population}}}\npeople:\n{people}{more}\n"
    return family_risk(read_family(text, name="family.yaml"), planned=planned_tests())


def next_child(father: str, mother: str) -> str:
    return f"\nask: {{next_child: [{father}, {mother}]}}"


def risk(people: str, father: str, mother: str, population: str = RARE) -> float:
    asked = ask(people, population, next_child(father, mother)).asked
    assert asked is not None
    return asked.affected.value


def carrier(people: str, person: str, population: str = RARE) -> float:
    return ask(people, population).of(person).carrier.value


def after_test(person: str, sensitivity: float) -> str:
    return person.replace("}\n", f", tests: [{{for: gene, found: none, sensitivity: {sensitivity}}}]}}\n")


def aunt_family() -> str:
    father = "  I-1: {sex: male, status: healthy}\n"
    mother = "  I-2: {parents: [G-1, G-2], sex: female, status: healthy}\n"
    aunt = "  U-1: {parents: [G-1, G-2], sex: female, status: healthy}\n"
    return GRANDPARENTS + father + mother + PATIENT + aunt + "  U-2: {sex: male, status: healthy}\n"


def aunt_after_a_test(sensitivity: float) -> str:
    lines = aunt_family().splitlines(keepends=True)
    return "".join(after_test(line, sensitivity) if line.startswith("  U-1") else line for line in lines)


def healthy_children(count: int) -> str:
    children = [f"  K-{at}: {{parents: [II-3, II-2], status: healthy}}\n" for at in range(count)]
    return PARENTS + PATIENT + SISTER + "  II-3: {sex: male, copies: 1}\n" + "".join(children)


def cousin_pair(first: str, second: str) -> str:
    """Return two first cousins: the first is II-2 or II-1 with affected sibship, the second K-1."""
    return (
        aunt_family()
        + f"  S-1: {{parents: [I-1, I-2], sex: male, status: {first}}}\n"
        + (f"  K-1: {{parents: [U-2, U-1], sex: female, status: {second}}}\n")
    )


def shared_uncle() -> str:
    return (
        GRANDPARENTS
        + "  U-1: {parents: [G-1, G-2], sex: male, status: affected}\n"
        + "  P-1: {parents: [G-1, G-2], sex: male, status: healthy}\n"
        + "  P-2: {parents: [G-1, G-2], sex: female, status: healthy}\n"
        + "  Q-1: {sex: female}\n  Q-2: {sex: male}\n"
        + "  C-1: {parents: [P-1, Q-1], sex: male}\n  C-2: {parents: [Q-2, P-2], sex: female}\n"
    )


def inbreeding(people: str, father: str, mother: str) -> float:
    asked = ask(people, RARE, next_child(father, mother)).asked
    assert asked is not None
    return asked.inbreeding


def share_from_cousins(share: str) -> float:
    told = ask("  P: {status: healthy}", f"{CONFIRMED}, first_cousins: {share}").share_from_first_cousins
    assert told is not None
    return told


def healthy_carrier(incidence: str, f: float = 0.0) -> float:
    return carrier("  P: {status: healthy}", "P", f"incidence: {incidence}, inbreeding: {f}")


def from_incidence(incidence: str) -> tuple[float, float, float]:
    population = f"incidence: {incidence}"
    sister = risk(PARENTS + PATIENT + SISTER + PARTNER, "II-3", "II-2", population)
    return healthy_carrier(incidence), sister, risk(COUSINS, "C-1", "C-2", population)


def row(person: str, *told: str) -> str:
    return f"  {person}: {{{', '.join(told)}}}\n"


MAN, WOMAN = row("A", "sex: male"), row("B", "sex: female")
SON = row("S", "parents: [A, B]", "sex: male")
FULL_SIBLINGS = MAN + WOMAN + SON + row("T", "parents: [A, B]", "sex: female")
HALF_SIBLINGS = MAN + WOMAN + row("C", "sex: female") + SON + row("T", "parents: [A, C]", "sex: female")
ONE_MORE = (
    COUSINS
    + row("D", "sex: female")
    + row("C-3", "parents: [C-1, D]", "sex: male")
    + row("E", "sex: male")
    + row("C-4", "parents: [E, C-2]", "sex: female")
)
BOTH_FOUND = MAN + WOMAN + row("S", "parents: [A, B]", "copies: 1") + row("T", "parents: [A, B]", "copies: 1")
HALF_TESTED = row("A", "sex: male", "copies: 1") + row("B", "sex: female", "status: healthy")
AFFECTED_SISTER = PARENTS + row("II-1", "parents: [I-1, I-2]", "sex: female", "status: affected") + PARTNER
RELATED = [
    (FULL_SIBLINGS, "S", "T"),
    (HALF_SIBLINGS, "S", "T"),
    (COUSINS, "C-1", "C-2"),
    (ONE_MORE, "C-3", "C-2"),
    (ONE_MORE, "C-3", "C-4"),
]
SIB = PARENTS + PATIENT + SISTER
ALONE = "  P: {status: healthy}\n"


def answers() -> dict[str, tuple[list[float], list[float]]]:
    """Return, for each row, the answers of `lekti family` and those of the formulas."""
    q = math.sqrt(1 / 200_000)
    r = 2 * q / (1 + q)

    def after(prior: float, s: float) -> float:
        return prior * (1 - s) / (prior * (1 - s) + 1 - prior)

    couple = risk(PARENTS + PATIENT, "I-1", "I-2")
    rows = {
        "E01": ([carrier(SIB, "II-2")], [2 / 3]),
        "E02": ([carrier(aunt_family(), "U-1")], [1 / 2]),
        "E03": ([carrier(cousin_pair("unknown", "unknown"), "K-1")], [1 / 4]),
        "E04": ([couple], [1 / 4]),
        "E05": ([healthy_carrier("1/200000")], [r]),
        "E06": ([risk(AFFECTED_SISTER, "II-3", "II-1", CONFIRMED)], [q / (1 + q)]),
        "E07": ([risk(SIB + PARTNER, "II-3", "II-2", CONFIRMED)], [2 / 3 * r / 4]),
        "E08": ([risk(HALF_TESTED, "A", "B", CONFIRMED)], [r / 4]),
        "E09": ([risk(aunt_family(), "U-2", "U-1", CONFIRMED)], [r / 8]),
        "E10": ([risk(COUSINS, "C-1", "C-2", CONFIRMED)], [q * q * 15 / 16 + q / 16]),
        "E13": ([carrier(PARENTS + PATIENT + after_test(SISTER, 0.9), "II-2")], [1 / 6]),
        "E14": ([carrier(PARENTS + PATIENT + after_test(SISTER, 0.875), "II-2")], [1 / 5]),
        "E15": ([carrier(PARENTS + PATIENT + after_test(SISTER, 0.99), "II-2")], [1 / 51]),
        "E16": ([carrier(after_test(ALONE, 0.9), "P", "carriers: 1/25")], [1 / 241]),
        "E17": ([carrier(after_test(ALONE, 0.8829), "P", "carriers: 1/25")], [after(1 / 25, 0.8829)]),
        "E18": ([carrier(after_test(ALONE, 0.875), "P", CONFIRMED)], [after(r, 0.875)]),
        "E19": ([carrier(aunt_after_a_test(0.875), "U-1")], [1 / 9]),
        "E20": (
            [carrier(healthy_children(n), "II-2") for n in (1, 2, 3, 5)],
            [(2 / 3) * 0.75**n / ((2 / 3) * 0.75**n + 1 / 3) for n in (1, 2, 3, 5)],
        ),
        "E21": ([risk(cousin_pair("healthy", "unknown"), "S-1", "K-1")], [1 / 24]),
        "E22": ([risk(cousin_pair("affected", "unknown"), "S-1", "K-1")], [1 / 8]),
        "E23": ([risk(shared_uncle(), "C-1", "C-2")], [1 / 36]),
        "E24": (
            [inbreeding(*each) for each in RELATED],
            [1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64],
        ),
        "E25": ([share_from_cousins("1 %")], [0.01 * (1 + 15 * q) / (0.01 + 16 * q - 0.01 * q)]),
        "E26": ([share_from_cousins("30 %")], [0.3 * (1 + 15 * q) / (0.3 + 16 * q - 0.3 * q)]),
        "E27": (
            [healthy_carrier("1/200000", f) for f in (0.0, 0.005, 0.01, 0.024)],
            [1 / 224.1, 1 / 588, 1 / 1058, 1 / 2480],
        ),
        "E28": ([math.exp(ask(BOTH_FOUND, "alleles: 0.2").log_likelihood)], [0.1856]),
    }  # fmt: skip
    for row, denominator in (("E11", 100_000), ("E12", 50_000)):
        p = math.sqrt(1 / denominator)
        rows[row] = (
            list(from_incidence(f"1/{denominator}")),
            [2 * p / (1 + p), 2 / 3 * 2 * p / (1 + p) / 4, p * p * 15 / 16 + p / 16],
        )
    return rows


@pytest.fixture(scope="module")
def all_rows() -> dict[str, tuple[list[float], list[float]]]:
    return answers()


@pytest.mark.parametrize("row", [f"E{number:02}" for number in range(1, 29)])
def test_family_gives_what_the_formula_gives(row: str, all_rows: dict[str, tuple[list[float], list[float]]]):
    found, formula = all_rows[row]
    assert found == pytest.approx(formula, rel=1e-3 if row in {"E09", "E27"} else 1e-6)


@pytest.mark.parametrize("row", [f"E{number:02}" for number in range(1, 29)])
def test_family_gives_what_the_shared_table_records(
    row: str, all_rows: dict[str, tuple[list[float], list[float]]]
):
    if not TABLE.exists():
        pytest.skip("the shared table risk_examples.tsv is not at hand")
    cells = next(each for each in read_table(TABLE.read_text("utf-8"), name=TABLE.name) if each["id"] == row)
    found, _ = all_rows[row]
    assert recorded(row, cells["exact_answer"], cells["decimal"]) == pytest.approx(found, rel=1.5e-3)


def recorded(row: str, exact: str, decimals: str) -> list[float]:
    """Return the numbers of a row of the table, in the order of the question."""
    if row == "E24":
        return [float(Fraction(words.split()[-1])) for words in exact.split(";")]
    if row == "E27":
        return [1 / float(words.split("1/")[1].rstrip(")")) for words in exact.split(";")]
    if not decimals:
        fractions = [part.split()[0].split("/") for part in exact.split(";")]
        return [float(above) / float(below) for above, below in fractions]
    return [float(part) for part in decimals.split(";")]


def test_the_sum_of_known_alleles_is_a_check_of_the_incidence():
    """E29: an upper frequency from a population database, told in the file in place of the incidence."""
    told = ask("  P: {status: healthy}", "alleles: 0.00174554")
    assert 1 / told.carriers.value == pytest.approx(287, abs=1)
    assert 1 / told.allele_frequency.value**2 == pytest.approx(328_000, rel=1e-3)


def test_related_parents_are_no_product_of_two_carriers():
    child = risk(COUSINS, "C-1", "C-2", CONFIRMED)
    product = carrier(COUSINS, "C-1", CONFIRMED) ** 2 / 4
    assert child > 25 * product
