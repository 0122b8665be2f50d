"""Something to look at while the service is awaited; only in a terminal, and never on standard output."""

import sys
from collections.abc import Iterator
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
