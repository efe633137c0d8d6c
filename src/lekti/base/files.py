"""Text files a user names: read with a size limit, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from lekti.base.errors import InputError, MachineError


def read_user_text(path: Path, *, limit_bytes: int, noun: str) -> str:
    """Return the text of a UTF-8 file, never reading more than `limit_bytes`.

    `noun` names the file in messages, such as "case file". Raises `InputError` for a missing, empty,
    binary or oversized file and for anything that is no regular file.
    """
    try:
        _check_readable(path, limit_bytes, noun)
        with path.open("rb") as file:
            content = file.read(limit_bytes + 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}", expected=f"a {noun}") from error
    if len(content) > limit_bytes:
        raise _too_large(path, len(content), limit_bytes, noun)
    if b"\x00" in content:
        raise InputError(f"{path} is a binary file", expected=f"a {noun} in UTF-8 text")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"Byte {content[error.start]:#04x} is not UTF-8 text",
            where=f"{path}:{line}",
            expected=f"a {noun} in UTF-8 text",
        ) from error
    if not text.strip():
        raise InputError(f"{path} is empty", expected=f"a {noun}")
    return text


def refuse_existing(path: Path, *, force: bool) -> None:
    """Raise `MachineError` if a file could not be written at `path`, before any work is done."""
    try:
        _check_free(path, force=force)
    except OSError as error:
        raise MachineError(f"{path} cannot be written: {error.strerror}") from error


def _check_free(path: Path, *, force: bool) -> None:
    if path.is_dir():
        raise MachineError(f"{path} is a folder", expected="the name of a file")
    if path.exists() and not force:
        raise MachineError(f"{path} exists already", fix="Choose another name, or add --force to replace it.")
    if not path.parent.is_dir():
        raise MachineError(f"The folder {path.parent} does not exist", fix="Create it first.")


def write_new_text(path: Path, text: str, *, force: bool = False) -> None:
    """Write a UTF-8 file in one step: readers see the old file or the whole new one, never a half.

    An existing file is kept, and `MachineError` raised, unless `force`.
    """
    refuse_existing(path, force=force)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
    except OSError as error:
        raise MachineError(f"{path} cannot be written: {error.strerror}") from error
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except OSError as error:
        raise MachineError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)


def _check_readable(path: Path, limit_bytes: int, noun: str) -> None:
    if not path.exists():
        raise InputError(f"{path} does not exist", expected=f"a {noun}")
    if path.is_dir():
        raise InputError(f"{path} is a folder", expected=f"a {noun}")
    if not path.is_file():
        raise InputError(f"{path} is no regular file", expected=f"a {noun}")
    size = path.stat().st_size
    if size > limit_bytes:
        raise _too_large(path, size, limit_bytes, noun)


def _too_large(path: Path, size: int, limit_bytes: int, noun: str) -> InputError:
    return InputError(
        f"{path} is too large ({size:,} bytes)",
        expected=f"a {noun} of at most {limit_bytes / 1e6:g} MB",
    )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
