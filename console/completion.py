"""What the shell offers behind TAB: directives, units and assignments as the register knows them."""

import asyncio
from itertools import pairwise
from typing import Any, Final

import typer

from console.call import Call
from console.failures import ConsoleError

PATIENCE: Final = 2
"""Seconds: whoever presses TAB does not wait longer."""


def directives(context: typer.Context, incomplete: str) -> list[str]:
    """Number/symbol of each; the last one issued first."""
    return _offered(context, "completion_directives", incomplete)


def units(context: typer.Context, incomplete: str) -> list[str]:
    """Ids of all units that any directive has named."""
    return _offered(context, "completion_units", incomplete)


def assignments(context: typer.Context, incomplete: str) -> list[str]:
    """Ids of the assignments of the directive that was typed before."""
    named = context.params.get("directive") or _first_word(context.args)
    return _offered(context, "completion_assignments", incomplete, named) if named else []


def _first_word(rest: list[str]) -> str | None:
    """The argument among words that typer leaves unread, for the option that is being completed has no value yet."""
    return next((word for before, word in pairwise(["", *rest]) if "-" not in (before[:1], word[:1])), None)


def _offered(context: typer.Context, statement: str, incomplete: str, directive: str | None = None) -> list[str]:
    try:
        return asyncio.run(_read(_call(context), statement, incomplete, directive))
    except ConsoleError:
        # Nothing to offer. A complaint here would be printed into the line that is being typed.
        return []


async def _read(call: Call, statement: str, incomplete: str, directive: str | None) -> list[str]:
    # Every command declares these functions, and hardly any call needs what they load.
    from console.database import fetch  # noqa: PLC0415 - only TAB needs the journal here
    from console.streams import resolve  # noqa: PLC0415 - the same

    of = [await resolve(call, directive)] if directive else []
    return [row["offered"] for row in await fetch(call, statement, *of) if row["offered"].startswith(incomplete)]


def _call(context: typer.Context) -> Call:
    said = next((one.params["data"] for one in (context, context.parent) if one and one.params.get("data")), None)
    return Call(language="vi", work=_no_worker, data=said, limit=PATIENCE)


async def _no_worker(*_arguments: Any) -> None:  # noqa: ANN401 - as worker.run has them
    """Completion starts nothing."""
