"""Malformed and hostile text gets one clear sentence, or a variant; never anything else."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lekti.base.errors import InputError
from lekti.genetics.describe import describe

SEEDS = (
    "NM_006846.4:c.1302+5G>C", "c.1816_1820+21delinsCT", "NC_000005.10:g.148101441G>C", "IVS14+5G>C",
    "G1258A", "5-148072173-A-AG", "p.(Arg350Ter)", "E420K",
    "275 Kb large genomic deletion", "rs2303067", "c.*20A>G",
    "chr5:148064013_148339749del", "c.-15A>G", "c.2468delA p.(Lys823ArgfsTer101)", "hg19 chr5:147,481,004G>C",
)  # fmt: skip
PIECES = (
    "c.", "p.", "g.", "+", "-", "_", ">", "→", "−", "del", "ins", "dup", "delins", "A", "C", "G", "T", "N",
    "(", ")", "[", "]", ";", ":", " ",
    "\t", "\n", "\x00", "\x1b[31m", "é", "İ", "ß", "٣", "²", "🧬", "0", "9" * 30,
    "1e9", "nan", "Ter", "fs", "*", "X", "?", "=", "'; DROP TABLE", "$(rm)", "../..", "%s", "{0}",
    "\\", "IVS", "chr5:", "NC_000005", "NM_", "rs", "kb", "deletion", "SPINK5", "\u202e", "\ud800",
    "gross ", "large_", "of ",
)  # fmt: skip


def _check(text: str) -> None:
    try:
        assert describe(text).label
    except InputError as error:
        sentence = str(error)
        assert sentence.isprintable(), repr(sentence)
        assert 10 < len(sentence) < 600
        assert error.expected or error.fix or "touch" in sentence


def _mutated(chance: random.Random) -> str:
    text = chance.choice(SEEDS)
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(text))
        match chance.randint(0, 3):
            case 0:
                text = text[:at] + chance.choice(PIECES) + text[at:]
            case 1:
                text = text[:at] + text[at + chance.randint(1, 4) :]
            case 2:
                text = (
                    text[:at]
                    + chr(chance.choice([chance.randint(0, 127), chance.randint(0, 0x10FFFF)]))
                    + text[at:]
                )
            case _:
                text = text[:at] + chance.choice(SEEDS)[chance.randint(0, 8) :]
    return text


def _fuzz(count: int) -> None:
    chance = random.Random(5)
    for number in range(count):
        made = number % 3
        if made == 0:
            _check("".join(chance.choice(PIECES) for _ in range(chance.randint(0, 12))))
        else:
            _check(_mutated(chance))


def test_five_thousand_hostile_strings_get_one_sentence_each():
    _fuzz(5_000)


@pytest.mark.slow
def test_a_hundred_thousand_hostile_strings_get_one_sentence_each():
    _fuzz(100_000)


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_any_text_gets_one_sentence(text: str):
    _check(text)
