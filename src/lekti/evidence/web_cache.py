"""Answers of services, kept in the user's cache folder so that nobody is asked twice."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from lekti.base.errors import MachineError
from lekti.base.files import write_new_text
from lekti.base.provenance import checksum


@dataclass(frozen=True)
class WebCache:
    """A folder with one file for each answer; a file that was damaged counts as none."""

    folder: Path

    def find(self, name: str) -> str | None:
        """Return the text kept under a name, or None."""
        try:
            kept = json.loads(self._path(name).read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        if not isinstance(kept, dict) or kept.get("asked") != name or not isinstance(kept.get("text"), str):
            return None
        return kept["text"] if checksum(kept["text"]) == kept.get("sha256") else None

    def keep(self, name: str, text: str) -> None:
        """Write an answer in one step."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise MachineError(f"The cache folder {self.folder} cannot be made: {error.strerror}") from error
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        kept = {"asked": name, "fetched": now, "sha256": checksum(text), "text": text}
        write_new_text(self._path(name), json.dumps(kept, ensure_ascii=False) + "\n", force=True)

    def _path(self, name: str) -> Path:
        return self.folder / (hashlib.sha256(name.encode("utf-8", "replace")).hexdigest() + ".json")


def default_cache() -> WebCache:
    """Return the cache in the user's cache folder, or in LEKTI_CACHE."""
    from platformdirs import user_cache_path

    chosen = os.environ.get("LEKTI_CACHE", "").strip()
    return WebCache(Path(chosen) if chosen else user_cache_path("lekti", appauthor=False) / "web")
