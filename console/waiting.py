"""Something to look at while the service is awaited; only in a terminal, and never on standard output."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

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
    with _bar(call, total, key) as bar:
        yield (lambda _count=1: None) if bar is None else (lambda count=1: bar[0].advance(bar[1], count))


@contextmanager
def watching(call: Call, key: str) -> Iterator[Callable[[int, int], None]]:
    """The same for what others do; yields what says how much of how much they have done."""
    with _bar(call, None, key) as bar:
        if bar is None:
            yield lambda _done, _total: None
        else:
            yield lambda done, total: bar[0].update(bar[1], completed=done, total=total)


@contextmanager
def _bar(call: Call, total: int | None, key: str) -> Iterator[tuple[Any, Any] | None]:
    """The bar and its task; nothing where nobody looks."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        yield bar, bar.add_task(call.text(key), total=total)
