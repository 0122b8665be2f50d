"""A calendar, a policy or a directory that changes what directives go by: what each of them would be told."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Annotated, Final

import typer

from activities.journal.read import load_state
from console.call import Call
from console.database import fetch, reading
from console.envelope import envelope
from console.failures import RefusedError, WrongUsageError
from console.fields import fields_of
from console.giving import Json
from console.opening import items_of
from console.streams import resolve
from console.waiting import progress
from domain.actor import Role
from domain.command import Command
from domain.commands.apply_calendar import ApplyCalendar
from domain.state import DirectiveState

Issuer = Annotated[str | None, typer.Option("--issuer", metavar="UNIT")]
Notation = Annotated[str, typer.Option("--document", metavar="NUMBER/SYMBOL")]
NotationDay = Annotated[str, typer.Option("--document-date", metavar="YYYY-MM-DD")]

_DOCUMENT: Final = next(one for one in fields_of(ApplyCalendar) if one.name == "document")


@dataclass(frozen=True, slots=True)
class Change:
    """``type``: of the command. ``said``: its own fields.

    ``part``: where every directive is told a part of its own: the fields with that part; None: it is not concerned.
    """

    type: str
    said: Json
    part: Callable[[DirectiveState], Json | None] | None = None

    def command(self, call: Call, command_id: str, said: Json) -> Json:
        """As it is sent."""
        return {**envelope(call, command_id, self.type, Role.OPERATOR, None), **said}

    def said_to(self, state: DirectiveState) -> Json | None:
        """What that directive would be told; None: nothing."""
        return self.said if self.part is None else self.part(state)


@dataclass(frozen=True, slots=True)
class Scope:
    """``directive``: only this one, as it was typed. ``issuer``: only those of this one. Both are too much."""

    issuer: str | None = None
    directive: str | None = None

    async def streams(self, call: Call, *, in_force: bool) -> list[str]:
        """``in_force``: only those that are not over. One that was named counts whatever it is."""
        if self.directive is not None:
            if self.issuer is not None:
                raise WrongUsageError("one_or_all", option="--issuer")
            return [await resolve(call, self.directive)]
        return [row["stream"] for row in await fetch(call, "streams_of_issuer", self.issuer, in_force)]


def reference(notation: str, day: str) -> Json:
    """To the document that was typed. Raises ``WrongUsageError``."""
    read: Json = _DOCUMENT.read({"document": notation, "document_date": day})
    return read


def understood(command: Json) -> Command:
    """Read as the service reads it. Raises ``RefusedError`` with the words that it would have."""
    [item] = items_of([command], "update")
    if item.command is None:
        raise RefusedError(item.code or "unreadable", item.details)
    return item.command


async def each_state(call: Call, streams: list[str]) -> AsyncIterator[DirectiveState]:
    """One after the other, all at one moment of the journal. Raises ``RefusedError`` where there is no such directive.

    Only one is in memory at a time: there may be any number of them.
    """
    async with reading(call) as connection:
        with progress(call, len(streams), "cli.reading") as advance:
            for stream in streams:
                state = await load_state(connection, stream)
                if state is None:
                    raise RefusedError("not_found", {})
                yield state
                advance()
