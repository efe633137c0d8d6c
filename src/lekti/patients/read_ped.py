"""From a PED file to a `Family`: six columns, and more where a header line names them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from lekti.base.errors import InputError, shown
from lekti.genetics.pedigree import GENE, CarrierTest, Family, Person, Population, Range, Sex, Status
from lekti.genetics.pedigree_checks import checked
from lekti.patients.family_ids import read_id
from lekti.patients.family_numbers import default_population, read_share, sensitivity_of
from lekti.patients.nearest import did_you_mean
from lekti.patients.when import read_age

_T = TypeVar("_T")
COLUMNS = ("family", "id", "father", "mother", "sex", "affected")
MORE_COLUMNS = (
    "age", "died", "proband", "pregnancy", "copies", "negative_test", "identical_twin", "fraternal_twin",
    "inbreeding",
)  # fmt: skip
_SEXES: Mapping[str, Sex] = {"1": "male", "2": "female", "0": "unknown", "-9": "unknown"}
_STATUSES: Mapping[str, Status] = {"1": "healthy", "2": "affected", "0": "unknown", "-9": "unknown"}
_NOTHING = ("0", ".", "-9", "")


def read_ped(text: str, *, name: str, population: Population | None = None) -> Family:
    """Return the family in the text of a PED file; `name` stands for the file in messages.

    Lines that start with # are skipped, but for a header that names more than six columns. Raises
    `InputError` with `name`:line for everything that cannot be.
    """
    columns, people, families = COLUMNS, list[Person](), list[str]()
    for number, line in enumerate(text.splitlines(), start=1):
        where = f"{name}:{number}"
        if line.startswith("#"):
            columns = _header(line, where) or columns
            continue
        if not line.strip():
            continue
        cells = [cell.strip() for cell in line.split("\t")] if "\t" in line else line.split()
        row = _row(cells, columns, where)
        families.append(row["family"])
        if families[0] != row["family"]:
            raise InputError("A second family starts here", where=where, expected="one family in one file")
        people.append(_person(row, where))
    found = Family(tuple(people), population or default_population(), name=name)
    return checked(found)


def _header(line: str, where: str) -> tuple[str, ...] | None:
    words = tuple(line.lstrip("#").lower().replace("\t", " ").split())
    if len(words) <= len(COLUMNS) or words[0] not in ("family", "fid", "family_id", "famid"):
        return None
    for word in words[len(COLUMNS) :]:
        if word not in MORE_COLUMNS:
            raise InputError(
                f"Column '{shown(word, 30)}' is not known",
                where=where,
                expected=f"after the first six: {', '.join(MORE_COLUMNS)}",
                fix=did_you_mean(word, MORE_COLUMNS),
            )
    if len(set(words)) < len(words):
        raise InputError("A column stands twice", where=where, expected="each column once")
    return (*COLUMNS, *words[len(COLUMNS) :])


def _row(cells: list[str], columns: tuple[str, ...], where: str) -> dict[str, str]:
    if len(cells) == len(columns):
        return dict(zip(columns, cells, strict=True))
    more = "" if len(columns) > len(COLUMNS) else "; more columns need a header line that starts with #family"
    raise InputError(
        f"A line with {len(cells)} columns",
        where=where,
        expected=f"{len(columns)}: {', '.join(columns)}{more}",
    )


def _person(row: Mapping[str, str], where: str) -> Person:
    told: dict[str, Any] = {"where": where, "id": read_id(row["id"], where=where)}
    for key in ("father", "mother", "identical_twin", "fraternal_twin"):
        text = row.get(key, "")
        told[key] = "" if text in _NOTHING else read_id(text, where=where)
    told["sex"] = _code(row["sex"], _SEXES, "sex", "1 male, 2 female, 0 unknown", where)
    told["status"] = _code(row["affected"], _STATUSES, "affected", "1 no, 2 yes, 0 unknown", where)
    for key, name in (("died", "died"), ("proband", "proband"), ("pregnancy", "unborn")):
        told[name] = _flag(row.get(key, "0"), key, where)
    age, copies = row.get("age", "."), row.get("copies", ".")
    told["age_days"] = None if age in (".", "", "-9") else read_age(_with_unit(age), where=where)
    told["copies"] = (
        None if copies in (".", "", "-9") else int(_code(copies, _COPIES, "copies", "0, 1 or 2", where))
    )
    inbreeding = row.get("inbreeding", ".")
    if inbreeding not in (".", ""):
        told["inbreeding"] = read_share(inbreeding, where=where, noun="inbreeding", most=0.5)
    return Person(**told, tests=_tests(row.get("negative_test", "."), where))


_COPIES: Mapping[str, str] = {"0": "0", "1": "1", "2": "2"}


def _with_unit(age: str) -> str:
    return f"{age} years" if age.replace(".", "", 1).isdigit() else age


def _code(text: str, codes: Mapping[str, _T], column: str, expected: str, where: str) -> _T:
    if text not in codes:
        raise InputError(f"{column} '{shown(text, 20)}'", where=where, expected=expected)
    return codes[text]


def _flag(text: str, column: str, where: str) -> bool:
    return _code(text, {"0": False, "1": True, ".": False}, column, "1 for yes, 0 for no", where)


def _tests(text: str, where: str) -> tuple[CarrierTest, ...]:
    """Return a negative test of the whole gene: its sensitivity, or `yes` for the usual one."""
    if text in (".", "", "-9"):
        return ()
    if text == "yes":
        return (CarrierTest((GENE,), (), sensitivity_of((GENE,)), where),)
    share = read_share(text, where=where, noun="negative_test")
    return (CarrierTest((GENE,), (), Range(share, share, share, "the file"), where),)
