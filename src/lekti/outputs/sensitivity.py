"""What a sensitivity analysis found, as text and as one JSON object."""

from __future__ import annotations

from collections.abc import Iterable

from lekti.base.provenance import USE
from lekti.outputs.numbers import THIN, age, interval
from lekti.outputs.sentences import say
from lekti.population.sensitivity import Answer, Index, Sensitivity

NAMES = {"ige": "IgE", "itch_nrs": "itch", "tewl": "water loss", "infection_rate": "infections"}
"""Readouts as they are named in tables and figures."""

SHOWN = 6
"""Factors that the text names for each readout."""


def sensitivity_object(found: Sensitivity) -> dict[str, object]:
    """Return the analysis as plain data."""
    settings = found.settings
    return {
        "use": USE,
        "case": found.case.id,
        "age_days": found.age_days,
        "method": "Morris screen, then Sobol indices of groups (SALib, DOI:10.18174/sesmo.18155)",
        "trajectories": settings.trajectories,
        "samples": settings.samples,
        "seed": settings.seed,
        "people": found.people,
        "not_followed": found.lost,
        "screen": {name: round(value, 4) for name, value in _ranked(found)},
        "answers": [
            {
                "plan": one.plan,
                "readout": one.readout,
                "range90": list(one.range90),
                "indices": [_index(index) for index in one.indices],
            }
            for one in found.answers
        ],
    }


def sensitivity_text(found: Sensitivity) -> str:
    """Return the factors that matter most for each readout, as lines."""
    lines = [
        f"At {age(found.age_days)}: share of the variance with all it works with, of {found.people:,} people",
        "",
    ]
    for one in found.answers:
        lines += list(_told(one))
    if found.lost:
        lines.append(
            f"{found.lost} of {found.people:,} people could not be followed and count as the median."
        )
    return "\n".join([*lines, say("advice")])


def percent(share: float) -> str:
    """Return a share of the variance in percent; what chance makes negative is shown as 0."""
    return f"{max(0.0, 100 * share):.0f}{THIN}%"


def _told(one: Answer) -> Iterable[str]:
    low, high = one.range90
    yield f"{NAMES[one.readout]}, {one.plan} (90{THIN}% of people: {interval(low, high)})"
    for index in one.indices[:SHOWN]:
        alone = f"alone {percent(index.alone)}"
        yield f"  {index.name:<28}{percent(index.total):>6} ± {100 * index.total_half:.0f}   {alone}"
    yield ""


def _index(index: Index) -> dict[str, object]:
    return {
        "factor": index.name,
        "total": round(index.total, 4),
        "total_half_interval95": round(index.total_half, 4),
        "alone": round(index.alone, 4),
        "alone_half_interval95": round(index.alone_half, 4),
    }


def _ranked(found: Sensitivity) -> list[tuple[str, float]]:
    return sorted(found.screen.items(), key=lambda item: -item[1])
