"""`python -m benchmarks.quotes`: make the quotes, check them with lekti and its peer, print the table."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator

from benchmarks.quotes.checkers import Verdicts, lekti_verdicts, peer_verdicts
from benchmarks.quotes.quote_set import DOCUMENT, SEED, Case, QuoteSet, make_set
from benchmarks.quotes.table import closing, misses, table, times_as_fast


def main() -> int:
    """Print the table; return 1 if the set or lekti falls short of what is wanted."""
    options = _options()
    made = make_set(seed=options.seed, every=options.every)
    layouts = {source.layout for source in made.sources} - {DOCUMENT}
    print(f"{len(made.sources)} records in {len(layouts)} layouts, seed {options.seed}\n")
    lekti = lekti_verdicts(made.sources, made.cases)
    verdicts = [lekti] if options.alone else [lekti, peer_verdicts(made.sources, made.cases)]
    print("\n".join(table(made, verdicts)))
    if not lekti.reason:
        print("\n".join(_cuts(made)))
    print("\n".join(closing(made, verdicts)))
    if not lekti.reason and not verdicts[-1].reason and len(verdicts) > 1:
        print(times_as_fast(*verdicts))
    for case, stands in _failures(made, lekti, options.show):
        print(json.dumps({"record": made.sources[case.source].name, "kind": case.kind, "stands": stands,
                          "section": case.section, "quote": case.quote}, ensure_ascii=False))  # fmt: skip
    short = misses(made, lekti, verdicts[-1] if len(verdicts) > 1 else None, whole=options.every == 1)
    print("\n".join(f"falls short: {one}" for one in short) or "all that is wanted is reached")
    return 1 if short else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quotes", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED, help="another seed gives other quotes")
    parser.add_argument("--every", type=int, default=1, help="take each n-th record only, for a quick look")
    parser.add_argument("--alone", action="store_true", help="check with lekti only")
    parser.add_argument("--show", type=int, default=0, help="print so many quotes that lekti gets wrong")
    return parser.parse_args()


def _cuts(made: QuoteSet) -> Iterator[str]:
    """Yield how many misleading cuts lekti accepts; they stand word by word and are not in the count."""
    verdicts = lekti_verdicts(made.sources, made.cuts)
    yield "cuts that stand word by word and mislead (not in the count above): made, accepted by lekti"
    for kind in dict.fromkeys(case.kind for case in made.cuts):
        said = [
            stands for case, stands in zip(made.cuts, verdicts.accepted, strict=True) if case.kind == kind
        ]
        yield f"{kind:<28}{len(said):>8}{sum(said):>10}"
    yield ""


def _failures(made: QuoteSet, lekti: Verdicts, count: int) -> list[tuple[Case, bool]]:
    pairs = zip(made.cases, lekti.accepted, strict=False)
    return [(case, stands) for case, stands in pairs if stands != case.right][:count]


if __name__ == "__main__":
    sys.exit(main())
