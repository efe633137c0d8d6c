"""Published models as text: the list of them, and how closely each is found again."""

from __future__ import annotations

from collections.abc import Sequence

from lekti.base.provenance import USE
from lekti.model.published import PublishedModel, published_models, published_system
from lekti.population.figures import Found, figures_of


def models_text() -> str:
    """Return one line per published model."""
    lines = ["Published models, written anew", ""]
    for model in published_models().values():
        states = len(published_system(model.id).states)
        lines.append(
            f"{model.id:<15} {states:>3} states {len(figures_of(model.id)):>4} figures   {model.says}"
        )
    lines += ["", f"One of them, run: lekti model published miyano_2021. For {USE}."]
    return "\n".join(lines)


def models_object() -> dict[str, object]:
    """Return the published models as plain data."""
    return {
        "models": [
            {**_about(model), "figures": len(figures_of(model.id))} for model in published_models().values()
        ],
        "use": USE,
    }


def found_text(model: PublishedModel, found: Sequence[Found]) -> str:
    """Return each figure of a model, what was said and what our run gives."""
    lines = [model.title, f"{model.source}. {len(found)} figures.", ""]
    lines.append(f"{'said':>8} {'found':>8}         figure")
    for one in found:
        verdict = "" if one.holds else "differs"
        lines.append(
            f"{one.figure.expected:>8} {_number(one.value):>8} {verdict:<7} "
            f"{one.figure.words} ({', '.join(part for part in (one.figure.unit, one.figure.kind) if part)})"
        )
    lines += ["", f"{summary(found)} For {USE}."]
    return "\n".join(lines)


def summary(found: Sequence[Found]) -> str:
    """Return how many figures were found again."""
    apart = sum(not one.holds for one in found)
    return f"{len(found) - apart} of {len(found)} figures are found again."


def found_object(model: PublishedModel, found: Sequence[Found]) -> dict[str, object]:
    """Return the figures of a model as plain data."""
    return {
        **_about(model),
        "rows": [
            {
                "id": one.figure.id,
                "figure": one.figure.words,
                "kind": one.figure.kind,
                "said": one.figure.expected,
                "found": one.value,
                "lowest": one.figure.lowest,
                "highest": one.figure.highest,
                "unit": one.figure.unit,
                "holds": one.holds,
                "source": one.figure.source,
                "note": one.figure.note,
            }
            for one in found
        ],
        "use": USE,
    }


def _about(model: PublishedModel) -> dict[str, object]:
    return {
        "id": model.id,
        "title": model.title,
        "clock": f"{model.clock}, {model.clock_unit}",
        "source": model.source,
        "licence": model.licence,
    }


def _number(value: float) -> str:
    return f"{value:#.4g}".rstrip(".")
