"""The findings as one Markdown table per model."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.race import Error, Finding, Outcome

HEAD = (
    "| program | patients | patients/s | error | doubles: error, rtol | times faster "
    "| float32 stages: error, rtol | times faster |",
    "|---|---|---|---|---|---|---|---|",
)


def markdown(outcomes: Sequence[Outcome]) -> str:
    """Return the tables, one row a program; errors are median / 95th percentile over patients."""
    return "\n".join(_table(outcome) for outcome in outcomes)


def _table(outcome: Outcome) -> str:
    head = (
        f"**{outcome.problem}**: {outcome.about}. The reference, SciPy at 1e-11, and lekti at 1e-9 "
        f"differ by {_error(outcome.agreement)}."
    )
    by_program: dict[str, list[Finding]] = {}
    for finding in outcome.findings:
        by_program.setdefault(finding.title, []).append(finding)
    rows = [_row(findings) for findings in by_program.values()]
    used = dict.fromkeys(f"{one.version} ({one.doses})" for one in outcome.findings if one.version)
    return "\n".join([head, "", *HEAD, *rows, "", "Versions and doses: " + "; ".join(used) + ".", ""])


def _row(findings: Sequence[Finding]) -> str:
    """Return the row of one program beside lekti in doubles, then with float32 stages."""
    first = findings[0]
    if not first.rate:
        return f"| {first.title} | could not be run: {first.reason} | | | | | | |"
    cells = [first.title, str(first.patients), f"{first.rate:.3g}", _error(first.error)]
    for one in findings:
        low, middle, high = (_short(ratio) for ratio in (one.least_ratio, one.ratio, one.most_ratio))
        cells.append(f"{_error(one.lekti_error)}, {one.lekti_rtol:.1e}")
        cells.append(one.reason or f"**{middle}** ({low} to {high})")
    return "| " + " | ".join(cells) + " |"


def _short(number: float) -> str:
    """Return a number with three figures, or without decimals from 100 on."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def _error(error: Error | dict[str, float] | None) -> str:
    if error is None:
        return ""
    if isinstance(error, dict):
        error = Error(error["median"], error["p95"], int(error["failed"]))
    failed = f", {error.failed} failed" if error.failed else ""
    return f"{error.median:.1e} / {error.p95:.1e}{failed}"
