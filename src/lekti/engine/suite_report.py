"""What a run of the SBML Test Suite gave, as text and as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lekti.base.provenance import USE
from lekti.engine.suite import Verdict


def suite_object(verdicts: Sequence[Verdict], engine: str) -> dict[str, object]:
    """Return the verdicts as one object: the lists `passed`, `refused` and `failed`."""
    lists = {
        kind: [verdict.as_object() for verdict in verdicts if verdict.verdict == kind]
        for kind in ("passed", "refused", "failed")
    }
    return {"engine": engine, **lists, "use": USE}


def suite_text(verdicts: Sequence[Verdict], engine: str) -> str:
    """Return the counts, then one line per case that failed."""
    passed = [verdict for verdict in verdicts if verdict.verdict == "passed"]
    refused = Counter(verdict.reason for verdict in verdicts if verdict.verdict == "refused")
    failed = [verdict for verdict in verdicts if verdict.verdict == "failed"]
    lines = [f"passed  {len(passed):>5}"]
    given_on = [verdict for verdict in passed if verdict.engine != engine]
    if given_on:
        lines.append(f"  {len(passed) - len(given_on):>11}  by the {engine}")
        for reason, count in Counter(_kind(verdict.reason) for verdict in given_on).most_common():
            lines.append(f"  {count:>11}  by the reference: {reason}")
    lines.append(f"refused {sum(refused.values()):>5}")
    lines += [f"  {count:>11}  {reason}" for reason, count in refused.most_common()]
    lines.append(f"failed  {len(failed):>5}")
    lines += [f"  {verdict.case}  {verdict.reason}" for verdict in failed]
    return "\n".join(lines)


def _kind(reason: str) -> str:
    """Return a reason without the day on which it came up."""
    return reason.partition(" on day ")[0].partition(" by day ")[0]
