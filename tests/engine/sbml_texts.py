"""Small SBML texts that tests put together."""

from __future__ import annotations

from collections.abc import Mapping

XMLNS = 'xmlns="http://www.w3.org/1998/Math/MathML"'
TIME = "<csymbol encoding='text' definitionURL='http://www.sbml.org/sbml/symbols/time'>t</csymbol>"


def sbml(body: str) -> str:
    """Return an SBML Level 3 Version 2 document around the lists of a model."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level3/version2/core" level="3" version="2"><model id="m">
{body}
</model></sbml>"""


def math(content: str) -> str:
    """Return a formula element around MathML."""
    return f"<math {XMLNS}>{content}</math>"


def call(op: str, *args: str | float) -> str:
    """Return an operation; numbers become <cn>, `t` the time, other bare names <ci>."""
    return f"<apply><{op}/>{''.join(_argument(arg) for arg in args)}</apply>"


def rate_of(name: str) -> str:
    """Return the rate of change of a name."""
    where = "http://www.sbml.org/sbml/symbols/rateOf"
    return f"<apply><csymbol encoding='text' definitionURL='{where}'>r</csymbol><ci>{name}</ci></apply>"


def parameters(**values: float | None) -> str:
    """Return parameters that may vary, by id; None has no value."""
    given = {key: "" if value is None else f' value="{value}"' for key, value in values.items()}
    items = [f'<parameter id="{key}"{value} constant="false"/>' for key, value in given.items()]
    return f"<listOfParameters>{''.join(items)}</listOfParameters>"


def rules(*, assign: dict[str, str] | None = None, rate: dict[str, str] | None = None) -> str:
    """Return assignment and rate rules from MathML by variable."""
    items = [f'<assignmentRule variable="{k}">{math(v)}</assignmentRule>' for k, v in (assign or {}).items()]
    items += [f'<rateRule variable="{k}">{math(v)}</rateRule>' for k, v in (rate or {}).items()]
    return f"<listOfRules>{''.join(items)}</listOfRules>"


def events(*items: str) -> str:
    """Return a list of events."""
    return f"<listOfEvents>{''.join(items)}</listOfEvents>"


def event(
    trigger: str,
    values: Mapping[str, str | float],
    *,
    delay: str = "",
    priority: str = "",
    initial: bool = True,
    persistent: bool = True,
    at_trigger: bool = True,
) -> str:
    """Return one event that gives variables new values."""
    flags = f'initialValue="{str(initial).lower()}" persistent="{str(persistent).lower()}"'
    parts = [f"<trigger {flags}>{math(trigger)}</trigger>"]
    parts += [f"<priority>{math(_argument(priority))}</priority>"] if priority else []
    parts += [f"<delay>{math(_argument(delay))}</delay>"] if delay else []
    formulas = {variable: math(_argument(value)) for variable, value in values.items()}
    given = [f'<eventAssignment variable="{k}">{v}</eventAssignment>' for k, v in formulas.items()]
    parts += [f"<listOfEventAssignments>{''.join(given)}</listOfEventAssignments>"]
    return f'<event useValuesFromTriggerTime="{str(at_trigger).lower()}">{"".join(parts)}</event>'


def _argument(value: str | float) -> str:
    if not isinstance(value, str):
        return f"<cn>{value}</cn>"
    if value.startswith("<"):
        return value
    try:
        return f"<cn>{float(value)}</cn>"
    except ValueError:
        return TIME if value == "t" else f"<ci>{value}</ci>"
