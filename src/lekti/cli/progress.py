"""The progress bar of long commands: on the error stream, and only where someone watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager


@contextmanager
def progress_bar() -> Generator[Callable[[str, int, int], None]]:
    """Yield a function (what, done, of) that moves one bar per kind of work.

    It is silent when the error stream is no terminal.
    """
    if sys.stderr is None or not sys.stderr.isatty():  # None: closed by `2>&-`
        yield lambda what, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks = {}

        def move(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
            bar.update(tasks[what], completed=done, total=total)

        yield move
