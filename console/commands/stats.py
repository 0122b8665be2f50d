"""stats: how many were given, done, late, open, overdue, by unit: at this moment, or as of another."""

import asyncio
from datetime import date, datetime
from typing import Annotated, Any, Final

import typer

from catalogue.times import day_shown
from console.as_of import counted_as_of, read_as_of
from console.call import Call
from console.cells import CELLS, HANDED_ON, RELEASED, SUBSETS, added
from console.database import Row, reading, rows
from console.failures import WrongUsageError
from console.paper import EMPTY, Alert, Paper, answer
from console.sorting import name_key
from console.times import deadline_shown
from domain.percentages import percentages

ROLES: Final = ("lead", "support")
_COUNTED: Final = (*CELLS, "done", "open", "total")
_APART: Final = (*RELEASED, "released", "released_when_overdue", *HANDED_ON, "given")


def stats(
    call: Call,
    *,
    since: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], metavar="DAY")] = None,
    until: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], metavar="DAY")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DAY|INSTANT")] = None,
) -> None:
    """All directives, or what was assigned on the days from ``since`` to ``until``, both included.

    ``as_of``: only what had happened by then; a day means its 24:00; now, where nothing is said.

    Lead assignments are what is counted; supporting ones stand in a block of their own. Released ones are in force no
    more: they are counted apart, by kind, and with them what each unit handed on.
    """
    at = None if as_of is None else read_as_of("--as-of", as_of)
    document = asyncio.run(read_figures(call, since.date() if since else None, until.date() if until else None, at))
    answer(call, document, lambda paper: render_figures(call, document, paper))


async def read_figures(call: Call, since: date | None, until: date | None, at: datetime | None) -> dict[str, Any]:
    """The figures as a document: of what was assigned on these days, as of ``at``. Raises ``ConsoleError``."""
    if since and until and since > until:
        raise WrongUsageError("days_reversed", since=day_shown(since), until=day_shown(until))
    async with reading(call) as connection:
        now = await connection.fetchval("SELECT now()")
        if at is None:
            counted = await rows(connection, "cells", None, since, until)
        else:
            counted = await counted_as_of(call, connection, at, since, until)
    blocks = {role: _block([row for row in counted if row["role"] == role]) for role in ROLES}
    cohort = {
        "cohort": "assigned" if since or until else "all",
        "from": since.isoformat() if since else None,
        "to": until.isoformat() if until else None,
    }
    as_of = at or now
    return {
        "as_of": as_of.isoformat(),
        "provisional": as_of > now,
        **cohort,
        "unit_of_count": "lead assignment",
        "assumption": call.text("cli.stats_assumption"),
        **blocks,
    }


def _block(counted: list[Row]) -> dict[str, Any]:
    counted = sorted(counted, key=lambda row: (name_key(row["unit_name"]), row["unit"]))
    units = [{"unit": row["unit"], "unit_name": row["unit_name"], **_figures([row])} for row in counted]
    return {"units": units, "all": _figures(counted)}


def _figures(counted: list[Row]) -> dict[str, Any]:
    figures = added(counted)
    return {**figures, "percentages": {name: one._asdict() for name, one in percentages(figures).items()}}


def render_figures(call: Call, document: dict[str, Any], paper: Paper) -> None:
    """The same for people."""
    render_frame(call, document, paper)
    for role in ROLES:
        if role == "lead" or document[role]["units"]:
            _render_block(call, role, document[role], paper)
    paper.line()
    paper.line(document["assumption"])


def render_frame(call: Call, document: dict[str, Any], paper: Paper) -> None:
    """As of when, of which cohort, and whether that is final."""
    paper.line(call.text(f"cli.stats_{document['cohort']}", **_shown(document)))
    if document["provisional"]:
        paper.line(call.text("cli.stats_provisional"))


def render_percentages(call: Call, found: dict[str, Any], paper: Paper) -> None:
    """Each with what it is of what; a dash of nothing."""
    paper.line()
    paper.facts((call.text(f"percentage.{name}"), _percentage(call, **one)) for name, one in found.items())


def _percentage(call: Call, numerator: int, denominator: int, percent: str | None) -> str:
    shown = EMPTY
    if percent is not None:
        whole, _, tenth = percent.partition(".")
        shown = call.text("percentage.percent", whole=whole, tenth=tenth)
    return f"{shown} ({numerator}/{denominator})"


def _shown(document: dict[str, Any]) -> dict[str, str]:
    days = {key: day_shown(date.fromisoformat(document[key])) if document[key] else EMPTY for key in ("from", "to")}
    return {
        "as_of": deadline_shown(datetime.fromisoformat(document["as_of"])),
        "since": days["from"],
        "until": days["to"],
    }


def _render_block(call: Call, role: str, block: dict[str, Any], paper: Paper) -> None:
    paper.heading(call.text(f"cli.stats_{role}"))
    lines = [_row(unit["unit_name"], unit["unit"], unit) for unit in block["units"]]
    lines.append(_row(call.text("cli.all_units"), "", block["all"]))
    paper.table([call.text(f"column.{name}") for name in ("unit_name", "unit", *_COUNTED)], lines)
    _render_subsets(call, block["all"]["of_which"], paper)
    render_percentages(call, block["all"]["percentages"], paper)
    _render_apart(call, block, paper)


def _render_subsets(call: Call, counted: dict[str, int], paper: Paper) -> None:
    """Those that there are: most of the time there are few."""
    there = [f"{call.text(f'figure.{name}')} {counted[name]}" for name in SUBSETS if counted[name]]
    if there:
        paper.line()
        paper.line(f"{call.text('figure.of_which')}: {'; '.join(there)}")


def _render_apart(call: Call, block: dict[str, Any], paper: Paper) -> None:
    """Nothing is laundered: what units got rid of stands beside what they are counted for."""
    concerned = [unit for unit in block["units"] if unit["released"] or unit["handed_on"]]
    if not concerned:
        return
    paper.heading(call.text("figure.apart"))
    named = [(unit["unit_name"], unit["unit"], unit) for unit in concerned]
    named.append((call.text("cli.all_units"), "", block["all"]))
    units = [call.text(f"column.{name}") for name in ("unit_name", "unit")]
    titles = [call.text(f"figure.{name}") for name in _APART]
    paper.table([*units, *titles], [[name, unit, *_apart(counted)] for name, unit, counted in named])


def _apart(counted: dict[str, Any]) -> list[str]:
    figures = {**counted, **counted["released_as"]}
    return [str(figures[name]) for name in _APART]


def _row(name: str, unit: str, counted: dict[str, Any]) -> list[str]:
    figures = [str(counted[column]) for column in _COUNTED]
    at = _COUNTED.index("open_overdue")
    if counted["open_overdue"]:
        figures[at] = Alert(figures[at])
    return [name, unit, *figures]


COMMANDS = {"stats": stats}
