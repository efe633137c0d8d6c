"""What a calibration did: the fit of each target, and what the data said about each typical value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from lekti.base.provenance import USE
from lekti.outputs.numbers import predicted
from lekti.population.calibrate import Calibration
from lekti.population.make_populations import Made
from lekti.population.target_words import population_kinds
from lekti.population.typical import spread_left

TOLD = 0.9
"""Below this ratio of SDs, data are said to have narrowed a typical value."""


def calibration_object(calibration: Calibration) -> dict[str, object]:
    """Return the fit of each target and the narrowing of each typical value as plain data."""
    left = spread_left(calibration.before, calibration.after)
    return {
        "use": USE,
        "method": "ensemble smoother with multiple data assimilation (DOI:10.1016/j.cageo.2012.03.011)",
        "sets": len(calibration.after.scores),
        "plausible_before": int(np.isfinite(calibration.predicted_before).all(axis=1).sum()),
        "plausible": int(calibration.plausible.sum()),
        "targets": list(fit_rows(calibration)),
        "spread_left": {name: round(value, 4) for name, value in left.items()},
        "narrowed": sum(value < TOLD for value in left.values()),
    }


def fit_rows(calibration: Calibration) -> Iterable[dict[str, object]]:
    """Yield each target with its observed value and error, and the prior and posterior middles, as scored."""
    for place, target in enumerate(calibration.targets):
        prior = calibration.predicted_before[:, place]
        posterior = calibration.predicted_after[calibration.plausible, place]
        seen, error = float(calibration.seen.values[place]), float(calibration.seen.deviations[place])
        yield {
            "id": target.id,
            "observed": seen,
            "error_sd": error,
            "prior_median": float(np.nanmedian(prior)),
            "posterior_median": float(np.median(posterior)),
            "posterior_sd": float(np.std(posterior)),
            "misfit_sds": (float(np.median(posterior)) - seen) / error,
        }


def calibration_text(calibration: Calibration) -> str:
    """Return the fit as lines; numbers are as scored: changes per 100 %, logarithms of levels."""
    lines = [
        f"{'target':<34}{'observed':>10}{'± SD':>8}{'before':>10}{'after':>10}{'misfit, SDs':>13}",
        "─" * 85,
    ]
    for row in fit_rows(calibration):
        numbers = [
            row[name] for name in ("observed", "error_sd", "prior_median", "posterior_median", "misfit_sds")
        ]
        seen, error, before, after, misfit = (predicted(float(str(value))) for value in numbers)
        lines.append(f"{str(row['id'])[:33]:<34}{seen:>10}{error:>8}{before:>10}{after:>10}{misfit:>13}")
    left = spread_left(calibration.before, calibration.after)
    narrowed = sorted((value, name) for name, value in left.items() if value < TOLD)
    told = ", ".join(f"{name} {value:.2f}" for value, name in narrowed[:8])
    return "\n".join(
        [
            *lines,
            "",
            f"{int(calibration.plausible.sum())} of {len(calibration.after.scores)} sets are plausible.",
            f"Data narrowed {len(narrowed)} of {len(left)} typical values (SD after over before): {told}.",
            "All others keep their prior. What of this is more than chance: lekti model identifiability.",
        ]
    )


def populations_text(made: Sequence[Made]) -> str:
    """Return one line a population: draws, how many were plausible and kept, and what it was selected on."""
    lines = [
        f"{'population':<48}{'draws':>7}{'plausible':>11}{'kept':>6}{'accepted':>10}{'worth':>7}",
        "─" * 89,
    ]
    for one in made:
        label = population_kinds()[one.population].label
        lines.append(
            f"{label[:47]:<48}{one.draws:>7}{one.plausible:>11}{one.kept:>6}{one.acceptance:>10.2f}"
            f"{one.effective:>7.0f}"
        )
    for one in made:
        label = population_kinds()[one.population].label
        if one.selected_on:
            lines.append(f"Selected to the published spread: {label} ({', '.join(one.selected_on)}).")
        else:
            lines.append(f"No spread is published to select on: {label}.")
    return "\n".join(lines)
