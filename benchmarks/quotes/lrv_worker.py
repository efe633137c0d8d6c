"""Runs inside the environment of linkml-reference-validator: check every quote, and take the time.

`python lrv_worker.py TASK.json ANSWER.json`: the task names a folder of cached records, and quotes by record.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from importlib.metadata import version
from pathlib import Path

from linkml_reference_validator.models import ReferenceValidationConfig
from linkml_reference_validator.validation.supporting_text_validator import SupportingTextValidator


def main() -> None:
    """Read the task, check all quotes with the settings the program ships with, write the answer."""
    logging.disable(logging.CRITICAL)
    task = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    config = ReferenceValidationConfig(
        cache_dir=Path(task["cache"]), trust_cached_entries=True, fetch_full_text=False
    )
    validator = SupportingTextValidator(config)
    for reference in sorted({reference for reference, _ in task["quotes"]}):
        if validator.fetcher.fetch(reference) is None:
            raise SystemExit(f"{reference} could not be loaded from the cache")
    start = time.process_time()
    accepted = [bool(validator.validate(quote, reference).is_valid) for reference, quote in task["quotes"]]
    seconds = time.process_time() - start
    answer = {"accepted": accepted, "seconds": seconds, "version": version("linkml-reference-validator")}
    Path(sys.argv[2]).write_text(json.dumps(answer), "utf-8")


if __name__ == "__main__":
    main()
