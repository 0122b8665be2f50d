"""show: one directive as it stands now."""

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from pydantic import TypeAdapter

from activities.journal.read import load_events
from catalogue.rules import rule_shown
from catalogue.times import day_shown
from console.call import Call
from console.cells import CELLS, added
from console.circulation import noted
from console.database import Row, reading, rows
from console.documents import as_json
from console.event_words import Story
from console.failures import RefusedError
from console.figures.counting import counted
from console.figures.question import ROLES, Narrowed, Question
from console.naming import assignment_named
from console.options import DirectiveId, MaybeUnit
from console.paper import EMPTY, Alert, Paper, answer, shortened
from console.sorting import name_key
from console.streams import resolve
from console.times import deadline_shown, moment_shown
from domain.deadline import Deadline
from domain.event import Event

COLUMNS: Final = ("unit_name", "unit", "receipt", "assignment", "status", "percent", "deadline")
RECURRING: Final = ("occurrence", "missed")
LETTERS: Final = 60
"""Of an obligation's text, for people; JSON has all of it."""
_RULES: Final[TypeAdapter[Deadline]] = TypeAdapter(Deadline)


@dataclass(frozen=True, slots=True)
class View:
    """``cells`` by role; ``units``: each receipt with the assignments of its unit.

    ``obligations``: with what was missed of each by whoever is shown; ``events``: where one unit was asked for.
    """

    header: Row
    cells: dict[str, dict[str, int]]
    obligations: list[Row]
    units: list[tuple[Row, list[Row]]]
    events: list[Event]

    def document(self) -> dict[str, Any]:
        """As JSON."""
        units = [{**as_json(receipt), "assignments": list(map(as_json, held))} for receipt, held in self.units]
        obligations = list(map(as_json, self.obligations))
        return {"directive": as_json(self.header), "cells": self.cells, "obligations": obligations, "units": units}


def show(call: Call, directive: DirectiveId, unit: MaybeUnit = None) -> None:
    """Header, the four cells, what each unit received and holds, what comes next.

    ``unit``: only that one's rows, and its time line.
    """
    view = asyncio.run(_read(call, directive, unit))
    told = _time_line(call, view.events, unit) if unit is not None else []
    document = view.document() if unit is None else {**view.document(), "time_line": told}
    answer(call, document, lambda paper: _render(call, view, told, paper))


async def _read(call: Call, directive: str, unit: str | None) -> View:
    stream = await resolve(call, directive)
    async with reading(call) as connection:
        headers = await rows(connection, "register", stream)
        now = await connection.fetchval("SELECT now()")
        cells = await counted(connection, Question(at=now, narrowed=Narrowed(stream=stream)))
        obligations = await rows(connection, "obligations", stream)
        receipts = await rows(connection, "receipts", stream, unit)
        assignments = await rows(connection, "assignments", stream, unit)
        events = await load_events(connection, stream) if unit is not None else []
        await noted(call, connection, [stream], "show")
    if not headers:
        raise RefusedError("not_found", {})
    if unit is not None and not receipts:
        raise RefusedError("unknown_unit", {"unit": unit})
    receipts.sort(key=lambda row: (row["purpose"], name_key(row["unit_name"]), row["unit"]))
    assignments.sort(key=lambda row: name_key(row["id"]))
    held: dict[str, list[Row]] = {}
    for row in assignments:
        held.setdefault(row["unit"], []).append(row)
    return View(
        header=headers[0],
        cells={role: added(row for row in cells if row["role"] == role) for role in ROLES},
        obligations=[_obligation(one, assignments) for one in obligations],
        units=[(one, held.get(one["unit"], [])) for one in receipts],
        events=events,
    )


def _obligation(row: Row, assignments: list[Row]) -> Row:
    """``occurrences``: how many have opened; ``missed``: not done by their deadline. None where it does not recur."""
    opened = [one for one in assignments if one["item"] == row["item"] and one["occurrence"] is not None]
    return {
        **row,
        "deadline": json.loads(row["deadline"]),
        "occurrences": max((one["occurrence"] for one in opened), default=None),
        "missed": sum(_missed(one) for one in opened if one["role"] == "lead") if opened else None,
    }


def _missed(assignment: Row) -> bool:
    """Not done by its deadline, be it done later, or let off when it was overdue."""
    released = assignment["released_at"] is not None
    return bool(assignment["released_overdue"] if released else assignment["late"])


def _time_line(call: Call, events: list[Event], unit: str) -> list[dict[str, Any]]:
    """What happened to the unit, oldest first."""
    story = Story(events, call.language)
    return [
        {"version": one.version, "at": one.at.isoformat(), "who": story.who(one), "what": story.what(one)}
        for one in events
        if story.concerns(one, unit)
    ]


def _render(call: Call, view: View, told: list[dict[str, Any]], paper: Paper) -> None:
    header = view.header
    lead = view.cells["lead"]
    paper.line(f"{header['number']}/{header['notation']}  {header['subject']}")
    paper.line()
    paper.facts(
        [
            (call.text("column.stream"), header["stream"]),
            (call.text("column.issued_date"), day_shown(header["issued_date"])),
            (call.text("column.phase"), call.text(f"phase.{header['phase']}")),
            (call.text("column.version"), str(header["version"])),
            (call.text("column.acknowledged"), call.text("cli.receipts", **header)),
            *((call.text(f"column.{cell}"), str(lead[cell])) for cell in CELLS),
            *([(call.text("figure.released"), str(lead["released"]))] if lead["released"] else []),
            (call.text("column.next_alarm"), deadline_shown(header["next_alarm"])),
            *_paused(call, header),
            *_limited(call, header),
        ]
    )
    _render_obligations(call, [one for one in view.obligations if not one["dropped"]], paper)
    paper.heading(call.text("cli.units"))
    lines = [line for receipt, held in view.units for line in _lines(call, receipt, held)]
    paper.table([call.text(f"column.{name}") for name in COLUMNS], lines)
    if told:
        paper.heading(call.text("cli.time_line", unit=view.units[0][0]["unit_name"]))
        headers = [call.text(f"column.{name}") for name in ("at", "who", "what")]
        paper.table(
            headers, [(moment_shown(datetime.fromisoformat(one["at"])), one["who"], one["what"]) for one in told]
        )


def _paused(call: Call, header: Row) -> list[tuple[str, str]]:
    """Until when nobody is urged, as long as that lasts."""
    until = header["paused_until"]
    lasts = until is not None and until > datetime.now(UTC)
    return [(call.text("column.paused_until"), Alert(deadline_shown(until)))] if lasts else []


def _limited(call: Call, header: Row) -> list[tuple[str, str]]:
    """That whoever looks is written down."""
    limited = header["circulation"] == "limited"
    return [(call.text("column.circulation"), Alert(call.text("cli.limited")))] if limited else []


def _render_obligations(call: Call, rows: list[Row], paper: Paper) -> None:
    """Occurrences are told where there are any: most directives have none."""
    recurs = any(one["occurrences"] is not None for one in rows)
    columns = ("item", "rule", *(RECURRING if recurs else ()), "what")
    lines = [{column: _about(call, one, column) for column in columns} for one in rows]
    paper.heading(call.text("cli.obligations"))
    paper.table([call.text(f"column.{name}") for name in columns], [list(line.values()) for line in lines])


def _about(call: Call, row: Row, column: str) -> str:
    match column:
        case "rule":
            rule: Deadline = _RULES.validate_python(row["deadline"], strict=False)
            return rule_shown(rule, call.language)
        case "occurrence" | "missed":
            count = row["occurrences" if column == "occurrence" else "missed"]
            return EMPTY if count is None else str(count)
        case "what":
            return shortened(row["text"], LETTERS)
        case _:
            return str(row[column])


def _lines(call: Call, receipt: Row, held: list[Row]) -> list[list[str]]:
    """One for each assignment; a unit that holds none, being only informed, has one all the same."""
    unit = [receipt["unit_name"], receipt["unit"], _receipt(call, receipt)]
    if not held:
        return [[*unit, "", call.text(f"purpose.{receipt['purpose']}"), "", ""]]
    return [[*unit, *_assignment(call, one)] for one in held]


def _receipt(call: Call, receipt: Row) -> str:
    """The last that is known of it, and since when."""
    for known in ("released", "acknowledged", "refusal_declined", "refused", "gave_up", "delivered"):
        if receipt[f"{known}_at"] is not None:
            words = call.text(f"receipt.{known}", at=deadline_shown(receipt[f"{known}_at"]))
            break
    else:
        words = call.text("receipt.sent", at=deadline_shown(receipt["sent_at"]))
    words = _corrected(call, receipt, words)
    return Alert(words) if receipt["overdue"] or receipt["gave_up_at"] else words


def _corrected(call: Call, row: Row, words: str) -> str:
    """A time that was put right is told wherever it may have made a difference."""
    return call.text("cli.time_corrected", what=words) if row["times_corrected"] else words


def _assignment(call: Call, row: Row) -> list[str]:
    deadline = deadline_shown(row["deadline"])
    named = assignment_named(call, row["id"], row["occurrence"])
    return [
        named if row["role"] == "lead" else f"{named} ({call.text('cli.supports')})",
        _corrected(call, row, call.text(f"status.{row['status']}")),
        "" if row["percent"] is None else f"{row['percent']} %",
        Alert(deadline) if row["overdue"] else deadline,
    ]


COMMANDS = {"show": show}
