"""What a change would come to, before anybody is told of it."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from console.call import Call
from console.changing import Change, Scope, each_state, understood
from console.documents import as_json
from console.failures import RefusedError
from console.giving import Json
from console.paper import Alert, Paper, answer
from console.streams import number_and_symbol
from console.times import deadline_shown, shown
from domain.base import local
from domain.calendar import Calendar
from domain.command import Command
from domain.commands.apply_calendar import ApplyCalendar
from domain.commands.apply_directory import ApplyDirectory, DirectoryApplied
from domain.commands.apply_policy import ApplyPolicy
from domain.refusal import Refused
from domain.state import DirectiveState
from domain.what_if import judged_otherwise, moves

MOVED: Final = ("number", "unit", "item", "before", "after")
JUDGED: Final = ("number", "unit", "item", "left_unit_at", "before", "after", "verdict")
ENTRIES: Final = ("number", "unit", "field", "before", "after")
REFUSED: Final = ("number", "problem")


def what_if(call: Call, change: Change, scope: Scope) -> None:
    """Tell it; nothing is sent. Raises ``ConsoleError``."""
    document = asyncio.run(_foretold(call, change, scope))
    answer(call, document, lambda paper: _render(call, document, paper))


def stand_in() -> Json:
    """In the place of the document that it will be done by: nothing is recorded, so nothing is cited."""
    return {"notation": "?", "issued_date": local(datetime.now(UTC)).date().isoformat()}


async def _foretold(call: Call, change: Change, scope: Scope) -> Json:
    found = _Foretold(call, change)
    async for state in each_state(call, await scope.streams(call, in_force=False)):
        found.take(state)
    return found.document


class _Foretold:
    """``document``: grows with every directive."""

    def __init__(self, call: Call, change: Change) -> None:
        self._call = call
        self._change = change
        # Read once where all are told the same: that it can be read is known before the journal is.
        self._same = self._read(change.said) if change.part is None else None
        self._now = datetime.now(UTC)
        lists: Json = {"entries": []} if change.part else {"moved": [], "judged_otherwise": []}
        self.document: Json = {"directives": 0, "open": 0, "concerned": 0, **lists, "refused": []}

    def take(self, state: DirectiveState) -> None:
        """One more."""
        self.document["directives"] += 1
        if isinstance(self._same, ApplyCalendar):
            self.document["judged_otherwise"] += _judged(state, self._same.calendar)
        if not state.ended:
            self.document["open"] += 1
            try:
                self._decide(state)
            except Refused as refusal:
                reason = RefusedError(refusal.code, refusal.details).sentence(self._call.language)
                self.document["refused"].append({"stream": state.stream, "code": refusal.code, "reason": reason})

    def _decide(self, state: DirectiveState) -> None:
        said = self._change.said_to(state)
        command = self._same or (self._read(said) if said is not None else None)
        events = command.decide(state, self._now) if command else []
        self.document["concerned"] += bool(events)
        if isinstance(command, ApplyCalendar | ApplyPolicy):
            self.document["moved"] += _moved(state, command, self._now)
        for event in events:
            if isinstance(event, DirectoryApplied):
                self.document["entries"] += _entries(state, event)

    def _read(self, said: Json) -> ApplyCalendar | ApplyPolicy | ApplyDirectory:
        command: Command = understood(self._change.command(self._call, "what-if", said))
        if not isinstance(command, ApplyCalendar | ApplyPolicy | ApplyDirectory):
            raise TypeError(command.type)
        return command


def _moved(state: DirectiveState, command: ApplyCalendar | ApplyPolicy, now: datetime) -> Iterator[Json]:
    for one in moves(state, command, now):
        item = state.assignments[one.assignment].item if one.assignment else None
        yield as_json({"stream": state.stream, "item": item, **one._asdict()})


def _judged(state: DirectiveState, calendar: Calendar) -> Iterator[Json]:
    for one in judged_otherwise(state, calendar):
        item = state.assignments[one.assignment].item
        yield as_json({"stream": state.stream, "item": item, **one._asdict(), "late": one.late})


def _entries(state: DirectiveState, event: DirectoryApplied) -> Iterator[Json]:
    """What would be another word about a unit than until now."""
    for unit in event.units:
        before, after = state.units[unit.id].model_dump(), unit.model_dump()
        for name, value in after.items():
            if value != before[name]:
                change = {"field": name, "before": before[name], "after": value}
                yield {"stream": state.stream, "unit": unit.id, **change}


def _render(call: Call, document: Json, paper: Paper) -> None:
    counts = {name: len(value) if isinstance(value, list) else value for name, value in document.items()}
    if "entries" in document:
        paper.line(call.text("cli.foretold_directory", **counts))
        _table(call, paper, "entries", ENTRIES, [_entry(call, one) for one in document["entries"]])
    else:
        paper.line(call.text("cli.foretold", **counts))
        _table(call, paper, "moved", MOVED, [_move(call, one) for one in document["moved"]])
        _table(call, paper, "judged", JUDGED, [_verdict(call, one) for one in document["judged_otherwise"]])
    refused = [(number_and_symbol(one["stream"]), Alert(one["reason"])) for one in document["refused"]]
    _table(call, paper, "refused", REFUSED, refused)


def _table(call: Call, paper: Paper, name: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    if rows:
        paper.heading(call.text(f"cli.foretold_{name}_heading"))
        paper.table([call.text(f"column.{column}") for column in columns], rows)


def _move(call: Call, one: Json) -> tuple[str, ...]:
    what = one["item"] or call.text("cli.foretold_acknowledgement")
    return number_and_symbol(one["stream"]), one["unit"], what, _instant(one["before"]), _instant(one["after"])


def _verdict(call: Call, one: Json) -> tuple[str, ...]:
    verdict = call.text(f"cli.foretold_{'late' if one['late'] else 'in_time'}")
    finish = shown(datetime.fromisoformat(one["finish"]))
    where = (number_and_symbol(one["stream"]), one["unit"], one["item"])
    return *where, finish, _instant(one["before"]), _instant(one["after"]), verdict


def _entry(call: Call, one: Json) -> tuple[str, ...]:
    field = call.text(f"entry.{one['field']}")
    return number_and_symbol(one["stream"]), one["unit"], field, one["before"] or "", one["after"] or ""


def _instant(said: str | None) -> str:
    return deadline_shown(datetime.fromisoformat(said) if said else None)
