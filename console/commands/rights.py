"""rights: changes of what people may do, until somebody of the issuer has looked at them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

import typer

from activities.journal.read import load_events
from console.call import Call
from console.circulation import person_of
from console.database import Connection, Row, connected, reading, rows, statement
from console.documents import as_json
from console.event_words import Story
from console.failures import FailedError, RefusedError
from console.paper import EMPTY, Paper, answer
from console.places import writer_database_url
from console.streams import number_and_symbol
from console.times import moment_shown
from domain.actor import Role
from domain.event import Event

COLUMNS: Final = ("seq", "at", "directive", "who", "what", "confirmed")
CONFIRMING: Final = (Role.LEADER, Role.TRACKER)


@dataclass(frozen=True, slots=True)
class Change:
    """``event``: by which it came; ``who``, ``what``: the same in words."""

    row: Row
    event: Event
    who: str
    what: str

    def as_json(self) -> dict[str, Any]:
        """With the words."""
        return {**as_json(self.row), "who": self.who, "what": self.what}


def rights_(call: Call, *, all_: Annotated[bool, typer.Option("--all")] = False) -> None:
    """Delegations and their revocations, editions of directory and policy, reorganisations: unconfirmed ones."""
    found = asyncio.run(_read(call, confirmed=all_, only=None))
    answer(call, [one.as_json() for one in found], lambda paper: _render(call, found, paper))


def confirm_(call: Call, seqs: Annotated[list[int], typer.Argument(metavar="SEQ…", min=1)]) -> None:
    """By a leader or the tracker of the issuer, who did not make the change. All of them, or none."""
    done = asyncio.run(_confirm(call, sorted(set(seqs))))
    answer(call, {"confirmed": done}, lambda paper: paper.line(call.text("cli.rights_confirmed", count=len(done))))


async def _read(call: Call, *, confirmed: bool, only: list[int] | None) -> list[Change]:
    async with reading(call) as connection:
        found = await rows(connection, "rights_changes", confirmed, only)
        stories = {stream: await _story(call, connection, stream) for stream in {row["stream"] for row in found}}
    return [_change(row, *stories[row["stream"]]) for row in found]


async def _story(call: Call, connection: Connection, stream: str) -> tuple[Story, dict[int, Event]]:
    events = await load_events(connection, stream)
    return Story(events, call.language), {event.version: event for event in events}


def _change(row: Row, story: Story, events: dict[int, Event]) -> Change:
    event = events[row["version"]]
    return Change(row, event, story.who(event), story.what(event))


async def _confirm(call: Call, seqs: list[int]) -> list[int]:
    role = call.role or Role.LEADER
    if role not in CONFIRMING:
        raise RefusedError("forbidden", {"role": role, "command": "rights confirm"})
    found = {one.row["seq"]: one for one in await _read(call, confirmed=True, only=seqs)}
    person = person_of(call)
    _check(person, seqs, found)
    async with connected(call, writer_database_url) as connection:
        done = await connection.fetch(statement("confirm_rights"), seqs, person)
    return sorted(row["seq"] for row in done)


def _check(person: str, seqs: Sequence[int], found: dict[int, Change]) -> None:
    """Raises ``FailedError``."""
    for seq in seqs:
        change = found.get(seq)
        if change is None:
            raise FailedError("no_such_change", seq=seq)
        if change.row["confirmed_at"] is not None:
            raise FailedError("change_confirmed", seq=seq)
        if person in change.event.persons:
            raise FailedError("own_change", seq=seq, person=person)


def _render(call: Call, found: list[Change], paper: Paper) -> None:
    if not found:
        paper.line(call.text("cli.no_rights_changes"))
        return
    paper.table([call.text(f"column.{name}") for name in COLUMNS], [_line(one) for one in found])


def _line(change: Change) -> list[str]:
    row = change.row
    confirmed = EMPTY
    if row["confirmed_at"] is not None:
        confirmed = f"{moment_shown(row['confirmed_at'])}, {row['confirmed_by']}"
    return [
        str(row["seq"]),
        moment_shown(row["at"]),
        number_and_symbol(row["stream"]),
        change.who,
        change.what,
        confirmed,
    ]


COMMANDS = {"rights": {"": rights_, "confirm": confirm_}}
