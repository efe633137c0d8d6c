"""Random events that travel with a model: a table beside it, and an annotation that SBML readers pass over.

SBML has events at moments that are sure, not by chance. The annotation of the `<model>` element holds

    <lekti:randomEvents xmlns:lekti="urn:lekti:random-events:1">
      <lekti:randomEvent id="infection" hazard="rate / 365.25">
        <lekti:change variable="igg" value="0.9 * igg"/>
      </lekti:randomEvent>
    </lekti:randomEvents>

with formulas in the infix notation of SBML Level 3; the hazard is per unit of the model's time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from lekti.base.errors import ModelError, shown
from lekti.base.tables import Row
from lekti.model.expression import Expr

NAMESPACE = "urn:lekti:random-events:1"
PER_DAY: Mapping[str, str] = {"per_day": "{}", "per_year": "({}) / 365.25"}


@dataclass(frozen=True)
class Chance:
    """A random event in words: formulas as text, new values by variable."""

    id: str
    hazard: str
    values: Mapping[str, str]


def chances_of_table(rows: Iterable[Row]) -> tuple[Chance, ...]:
    """Return the events of a table with the columns event, hazard, unit, variable and value.

    An event stands on one line per variable that it changes; `-` in `variable` and `value` changes nothing.
    `unit` is per_day or per_year. Raises `ModelError` with file and line.
    """
    found: dict[str, Chance] = {}
    for row in rows:
        if row["unit"] not in PER_DAY:
            unit = shown(row["unit"])
            raise ModelError(f"Unit '{unit}' of a hazard", where=row.where, expected=" or ".join(PER_DAY))
        hazard = PER_DAY[row["unit"]].format(row["hazard"])
        before = found.get(row["event"], Chance(row["event"], hazard, {}))
        if before.hazard != hazard:
            raise ModelError(f"Event '{row['event']}' has two hazards", where=row.where, expected="one")
        change = {} if row["variable"] == "-" else {row["variable"]: row["value"]}
        found[row["event"]] = Chance(row["event"], hazard, {**before.values, **change})
    return tuple(found.values())


def write_chances(model: Any, chances: Iterable[Chance]) -> None:
    """Add the events to the annotation of a libSBML model."""
    events = "".join(
        f"<lekti:randomEvent id={quoteattr(chance.id)} hazard={quoteattr(chance.hazard)}>"
        + "".join(
            f"<lekti:change variable={quoteattr(name)} value={quoteattr(value)}/>"
            for name, value in chance.values.items()
        )
        + "</lekti:randomEvent>"
        for chance in chances
    )
    text = f'<lekti:randomEvents xmlns:lekti="{NAMESPACE}">{events}</lekti:randomEvents>'
    if model.appendAnnotation(text):
        raise ModelError("The random events could not be written into the SBML")


def chances_of_model(model: Any, name: str) -> tuple[Chance, ...]:
    """Return the events in the annotation of a libSBML model."""
    annotation = model.getAnnotation()
    if annotation is None:
        return ()
    lists = [child for child in _children(annotation) if _is(child, "randomEvents")]
    return tuple(_chance(one, name) for listed in lists for one in _children(listed))


def read_formula(text: str, *, where: str) -> Expr:
    """Return the expression of a formula in the infix notation of SBML Level 3."""
    import libsbml

    from lekti.model.read_math import read_math

    tree = libsbml.parseL3Formula(text)
    if tree is None:
        why = " ".join(str(libsbml.getLastParseL3Error()).split())
        raise ModelError(f"'{shown(text)}' is no formula: {shown(why, 200)}", where=where)
    return read_math(tree, {}, where=where, names={})


def _chance(element: Any, name: str) -> Chance:
    if not _is(element, "randomEvent"):
        raise ModelError("The list of random events holds something else", where=name, expected="randomEvent")
    changes = [(_of(child, "variable", name), _of(child, "value", name)) for child in _children(element)]
    return Chance(_of(element, "id", name), _of(element, "hazard", name), dict(changes))


def _children(element: Any) -> list[Any]:
    return [element.getChild(i) for i in range(element.getNumChildren()) if element.getChild(i).isElement()]


def _is(element: Any, name: str) -> bool:
    return element.getURI() == NAMESPACE and element.getName() == name


def _of(element: Any, attribute: str, name: str) -> str:
    value = str(element.getAttrValue(attribute))
    if not value:
        raise ModelError(f"A {element.getName()} of the annotation has no {attribute}", where=name)
    return value
