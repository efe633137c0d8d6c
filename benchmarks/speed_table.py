"""The findings as one Markdown table per model."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.race import Error, Finding, Outcome

HEAD = (
    "| program | patients | patients/s | error | lekti | error | at rtol | patients/s | times faster |",
    "|---|---|---|---|---|---|---|---|---|",
)


def markdown(outcomes: Sequence[Outcome]) -> str:
    """Return the tables; errors are median / 95th percentile over patients."""
    return "\n".join(_table(outcome) for outcome in outcomes)


def _table(outcome: Outcome) -> str:
    head = (
        f"**{outcome.problem}**: {outcome.about}. The reference, SciPy at 1e-11, and lekti at 1e-9 "
        f"differ by {_error(outcome.agreement)}."
    )
    rows = [_row(finding) for finding in outcome.findings]
    used = [f"{f.version} ({f.doses})" for f in outcome.findings if f.version]
    return "\n".join([head, "", *HEAD, *rows, "", "Versions and doses: " + "; ".join(used) + ".", ""])


def _row(finding: Finding) -> str:
    if not finding.rate:
        return f"| {finding.title} | could not be run: {finding.reason} | | | | | | | |"
    low, middle, high = (_short(one) for one in (finding.least_ratio, finding.ratio, finding.most_ratio))
    ratio = f"**{middle}** ({low} to {high})"
    cells = [
        finding.title,
        str(finding.patients),
        f"{finding.rate:.3g}",
        _error(finding.error),
        finding.lekti.partition(", ")[2],
        _error(finding.lekti_error),
        f"{finding.lekti_rtol:.1e}",
        f"{finding.lekti_rate:,.0f}",
        finding.reason or ratio,
    ]
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
