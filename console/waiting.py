"""Something to look at while the service is awaited; only in a terminal, and never on standard output."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from console.call import Call


@contextmanager
def spinner(call: Call, key: str) -> Iterator[None]:
    """Show that it goes on, and for how long at most. ``key``: of the catalogue, filled with ``limit``."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console  # noqa: PLC0415 - rich takes 100 ms to load; pipes need not wait for it

    with Console(stderr=True).status(call.text(key, limit=f"{call.limit:g}")):
        yield


@contextmanager
def progress(call: Call, total: int, key: str = "cli.importing") -> Iterator[Callable[..., None]]:
    """A bar, under the same conditions; yields what moves it on, by one unless another count is given."""
    if not sys.stderr.isatty():
        yield lambda _count=1: None
        return
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(call.text(key), total=total)
        yield lambda count=1: bar.advance(task, count)
