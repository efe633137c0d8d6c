"""The mutation table: per kind how many quotes were made, left out, wrongly accepted, wrongly rejected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.quotes.checkers import Verdicts
from benchmarks.quotes.quote_set import QuoteSet
from benchmarks.quotes.words import LEFT_OUT

MOST_LEFT_OUT = 0.05
MOST_RIGHT_REJECTED = 0.01
FEWEST_WRONG = 10_000
FEWEST_RIGHT = 2_000
WANTED_SPEED = 10.0


@dataclass(frozen=True)
class Errors:
    """How a checker failed: by kind, wrong quotes it accepted and right quotes it rejected."""

    wrong_accepted: Counter[str]
    right_rejected: Counter[str]


def errors(made: QuoteSet, verdicts: Verdicts) -> Errors:
    """Count the errors of one checker by kind."""
    pairs = list(zip(made.cases, verdicts.accepted, strict=True))
    wrong = Counter(case.kind for case, stands in pairs if stands and not case.right)
    right = Counter(case.kind for case, stands in pairs if not stands and case.right)
    return Errors(wrong, right)


def table(made: QuoteSet, all_verdicts: Sequence[Verdicts]) -> Iterator[str]:
    """Yield the lines of the table, one column of errors per checker that could run."""
    ran = [one for one in all_verdicts if not one.reason]
    counted = [errors(made, one) for one in ran]
    heads = "".join(f"{_short(one.name):>12}" for one in ran)
    for right, title in ((False, "wrong quotes, accepted"), (True, "right quotes, rejected")):
        kinds = Counter(case.kind for case in made.cases if case.right == right)
        gone = Counter[str]() if right else made.left_out
        yield f"{title:<28}{'made':>8}{'left out':>10}{heads}"
        for kind in dict.fromkeys([*kinds, *gone]):
            cells = [_of(one, right)[kind] for one in counted]
            yield _row(kind, kinds[kind], gone[kind], cells)
        totals = [_of(one, right).total() for one in counted]
        yield _row("all", kinds.total(), gone.total(), totals)
        yield ""


def closing(made: QuoteSet, all_verdicts: Sequence[Verdicts]) -> Iterator[str]:
    """Yield one line on what was left out and why, one per checker, and one on speed."""
    gone = made.left_out.total()
    yield f"left out: {gone} ({made.share_left_out():.1%}); the only rule: {LEFT_OUT}"
    wrong = sum(not case.right for case in made.cases)
    right = len(made.cases) - wrong
    for one in all_verdicts:
        if one.reason:
            yield f"{one.name}: {one.reason}"
            continue
        found = errors(made, one)
        accepted, rejected = found.wrong_accepted.total(), found.right_rejected.total()
        yield (
            f"{one.name}: wrong accepted {accepted} of {wrong} ({accepted / wrong:.2%}), right rejected "
            f"{rejected} of {right} ({rejected / right:.2%}), {_speed(one)}"
        )


def times_as_fast(lekti: Verdicts, peer: Verdicts) -> str:
    """Return one line on how fast lekti is beside its peer, without reasons and with them."""
    alone, reasoned = (
        speed / peer.per_second if peer.per_second else 0.0
        for speed in (lekti.per_second_alone, lekti.per_second)
    )
    return f"lekti checks {alone:.1f} times as fast as its peer, and {reasoned:.1f} times with its reasons"


def _speed(one: Verdicts) -> str:
    if not one.seconds_alone:
        return f"{one.per_second:,.0f} checks per second, each with its reason"
    told = f"{one.per_second:,.0f} each with its reason"
    return f"{one.per_second_alone:,.0f} checks per second, yes or no; {told}"


def misses(made: QuoteSet, lekti: Verdicts, peer: Verdicts | None = None, *, whole: bool) -> list[str]:
    """Return what falls short: of the set itself, of lekti on it, and of its speed beside a peer that ran."""
    wrong = sum(not case.right for case in made.cases)
    right = len(made.cases) - wrong
    found: list[str] = []
    if made.share_left_out() > MOST_LEFT_OUT:
        share = f"{made.share_left_out():.1%} of the wrong quotes"
        found.append(f"{share} are left out; at most {MOST_LEFT_OUT:.0%} may be")
    if whole and (wrong < FEWEST_WRONG or right < FEWEST_RIGHT):
        found.append(
            f"{wrong} wrong and {right} right quotes are fewer than {FEWEST_WRONG} and {FEWEST_RIGHT}"
        )
    if lekti.reason:
        return [*found, f"lekti: {lekti.reason}"]
    counted = errors(made, lekti)
    if counted.wrong_accepted.total():
        found.append(f"lekti accepts {counted.wrong_accepted.total()} wrong quotes; wanted 0")
    if right and counted.right_rejected.total() >= MOST_RIGHT_REJECTED * right:
        found.append(
            f"lekti rejects {counted.right_rejected.total() / right:.2%} of the right quotes; wanted under 1%"
        )
    if peer and not peer.reason and lekti.per_second_alone < WANTED_SPEED * peer.per_second:
        times = lekti.per_second_alone / peer.per_second
        found.append(
            f"lekti checks {times:.1f} times as fast as its peer; wanted at least {WANTED_SPEED:.0f}"
        )
    return found


def _of(found: Errors, right: bool) -> Counter[str]:
    return found.right_rejected if right else found.wrong_accepted


def _row(kind: str, made: int, gone: int, cells: Sequence[int]) -> str:
    return f"{kind:<28}{made:>8}{gone:>10}" + "".join(f"{cell:>12}" for cell in cells)


def _short(name: str) -> str:
    return "LRV " + name.rsplit(maxsplit=1)[-1] if name.startswith("linkml") else name
