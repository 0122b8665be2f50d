"""preview: what time alone will bring about, and when, if nobody does anything."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final

import typer
from pydantic_core import to_jsonable_python

from console.as_of import read_as_of
from console.call import Call
from console.event_words import Story
from console.journal import whole_story
from console.options import DirectiveId
from console.paper import EMPTY, Alert, Paper, answer
from console.times import deadline_shown, shown
from domain.base import local
from domain.calendar import end_of
from domain.event import Event
from domain.fold import folded
from domain.notices import Notice, notices
from domain.preview import preview as comings
from domain.special_days import DayKind
from domain.state import DirectiveState

COLUMNS: Final = ("at", "weekday", "what", "told")
AHEAD: Final = timedelta(days=90)
"""How far it looks where nothing is said."""
MOST: Final = 10_000
"""Events at most: a ladder has no end, and somebody may type a year that is far away."""
LINES: Final = 500
"""For people; JSON has all."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """An event that will happen; ``day``: what the calendar says of that day; whom it will tell."""

    event: Event
    day: DayKind
    told: list[Notice]


@dataclass(frozen=True, slots=True)
class View:
    """``story``: what has happened and what will. ``more``: there is more than is listed."""

    story: Story
    state: DirectiveState
    until: datetime
    coming: list[Foreseen]
    more: bool


def preview(
    call: Call,
    directive: DirectiveId,
    *,
    until: Annotated[str | None, typer.Option("--until", metavar="DAY|INSTANT")] = None,
) -> None:
    """Instant, working day, event in words, who will be told. A pause is respected."""
    now = datetime.now(UTC)
    end = end_of(local(now + AHEAD).date()) if until is None else read_as_of("--until", until)
    view = asyncio.run(_read(call, directive, now, end))
    answer(call, _document(view), lambda paper: _render(call, view, paper))


async def _read(call: Call, directive: str, now: datetime, until: datetime) -> View:
    events = await whole_story(call, directive, "preview")
    state = folded(events)
    coming: list[Foreseen] = []
    more = False
    for one in comings(state, now, until):
        if len(coming) == MOST:
            more = True
            break
        day = one.state.calendar.explain(local(one.at).date())
        coming.append(Foreseen(one.recorded, day, list(notices(one.state, [one.recorded]))))
    return View(Story([*events, *(one.event for one in coming)], call.language), state, until, coming, more)


def _document(view: View) -> dict[str, Any]:
    return {
        "stream": view.state.stream,
        # Written as the events beside them are.
        "until": to_jsonable_python(view.until.astimezone(UTC)),
        "paused_until": to_jsonable_python(view.state.paused_until),
        "coming": [_json(view, one) for one in view.coming],
        "more": view.more,
    }


def _json(view: View, one: Foreseen) -> dict[str, Any]:
    """The event as history will have it, but for version and id; with what makes it readable."""
    envelope = one.event.envelope()
    return {
        "at": envelope["at"],
        "works": one.day.works,
        "type": envelope["type"],
        "data": envelope["data"],
        "what": view.story.what(one.event),
        "told": [told.model_dump(mode="json", exclude={"id"}) for told in one.told],
    }


def _render(call: Call, view: View, paper: Paper) -> None:
    paused = view.state.paused_until
    if paused is not None and paused > datetime.now(UTC):
        paper.facts([(call.text("column.paused_until"), deadline_shown(paused))])
        paper.line()
    if not view.coming:
        paper.line(call.text("cli.nothing_coming", until=deadline_shown(view.until)))
        return
    paper.table(
        [call.text(f"column.{name}") for name in COLUMNS], [_row(call, view, one) for one in view.coming[:LINES]]
    )
    if view.more or len(view.coming) > LINES:
        paper.line(call.text("cli.more_coming", count=min(LINES, len(view.coming))))


def _row(call: Call, view: View, one: Foreseen) -> list[str]:
    weekday = call.text(f"weekday.{local(one.event.at).isoweekday()}")
    names = dict.fromkeys(view.state.units[told.unit].name for told in one.told)
    return [
        # What is due at the end of a day happens then; anything else at its hour.
        shown(one.event.at),
        weekday if one.day.works else Alert(f"{weekday}, {call.text(f'day.{one.day.kind}')}"),
        view.story.what(one.event),
        ", ".join(names) or EMPTY,
    ]


COMMANDS = {"preview": preview}
