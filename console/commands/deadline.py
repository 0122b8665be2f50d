"""deadline: how one deadline was reckoned, so that the reader can reckon it again."""

import asyncio
from collections.abc import Iterator
from typing import Annotated, Any, Final

import typer

from catalogue import Language
from catalogue.rules import rule_shown
from catalogue.times import day_shown
from console.call import Call
from console.completion import assignments
from console.failures import RefusedError, WrongUsageError
from console.journal import whole_story
from console.naming import assignment_named
from console.options import DirectiveId, MaybeUnit
from console.paper import EMPTY, Alert, Paper, answer
from console.times import deadline_shown, moment_shown, shown
from domain.command import assignment_of
from domain.deadline import AfterDeadline
from domain.explaining import Explained, Step, explained
from domain.fold import folded
from domain.refusal import Refused
from domain.special_days import DayKind
from domain.state import DirectiveState

LINES: Final = 31
"""Days written out for people; of a longer reckoning only those that were passed over. JSON has all of them."""


def deadline(
    call: Call,
    directive: DirectiveId,
    *,
    unit: MaybeUnit = None,
    item: Annotated[str | None, typer.Option("--item", metavar="ITEM")] = None,
    assignment: Annotated[str | None, typer.Option("--assignment", metavar="ID", autocompletion=assignments)] = None,
) -> None:
    """Rule, starting point, every day counted or passed over with its reason and source, every earlier setting."""
    if unit is None and assignment is None:
        raise WrongUsageError("nobody_named")
    state, told = asyncio.run(_read(call, directive, unit, item, assignment))
    answer(call, _document(call, told), lambda paper: _render(call, state, told, paper))


async def _read(
    call: Call, directive: str, unit: str | None, item: str | None, assignment: str | None
) -> tuple[DirectiveState, Explained]:
    events = await whole_story(call, directive, "deadline")
    state = folded(events)
    try:
        found = assignment_of(state, assignment, item, unit)
    except Refused as refusal:
        raise RefusedError(refusal.code, dict(refusal.details)) from refusal
    return state, explained(events, found.id)


def _document(call: Call, told: Explained) -> dict[str, Any]:
    return {**told.model_dump(mode="json"), "rule_in_words": rule_shown(told.rule, call.language)}


def _render(call: Call, state: DirectiveState, told: Explained, paper: Paper) -> None:
    paper.line(
        call.text(
            "cli.deadline_of",
            assignment=assignment_named(call, told.assignment, told.occurrence),
            unit=state.units[told.unit].name,
            item=told.item,
        )
    )
    paper.line()
    paper.facts(list(_facts(call, told)))
    if told.steps:
        _render_steps(call, told.steps, paper)
    if told.settings:
        paper.heading(call.text("cli.settings"))
        paper.table(
            [call.text(f"column.{name}") for name in ("deadline", "cause", "set_at")],
            [
                (deadline_shown(one.instant), call.text(f"cause.{one.cause}"), moment_shown(one.set_at))
                for one in told.settings
            ],
        )


def _facts(call: Call, told: Explained) -> Iterator[tuple[str, str]]:
    yield call.text("column.deadline"), _instant(call, told)
    yield call.text("column.rule"), rule_shown(told.rule, call.language)
    if told.review_at is not None:
        yield call.text("column.review_at"), shown(told.review_at)
    if told.from_day is not None and isinstance(told.rule, AfterDeadline):
        start, day = call.text(f"start.{told.rule.start}"), day_shown(told.from_day)
        if told.started_at is None:
            yield call.text("column.counted_from"), call.text("cli.started", day=day, start=start)
        else:
            at = shown(told.started_at)
            yield call.text("column.counted_from"), call.text("cli.started_at", day=day, start=start, at=at)
    if told.calendar is not None:
        yield call.text("column.calendar"), told.calendar
    if told.instant is not None:
        yield call.text("column.reckoned"), _reckoned(call, told)
    if told.window is not None:
        yield call.text("column.window"), deadline_shown(told.window)


def _instant(call: Call, told: Explained) -> str:
    if told.instant is not None:
        return deadline_shown(told.instant)
    if isinstance(told.rule, AfterDeadline):
        return call.text("cli.deadline_not_started", start=call.text(f"start.{told.rule.start}"))
    return call.text("cli.deadline_none")


def _reckoned(call: Call, told: Explained) -> str:
    if told.reckoned is None:
        return call.text("cli.deadline_decided")
    if told.window is not None:
        return call.text("cli.deadline_cut", instant=deadline_shown(told.reckoned))
    return deadline_shown(told.reckoned)


def _render_steps(call: Call, steps: list[Step], paper: Paper) -> None:
    long = len(steps) > LINES
    paper.heading(call.text("cli.days_not_counted" if long else "cli.day_by_day"))
    chosen = [one for one in steps if one.role != "counted"] if long else steps
    if long:
        counted = sum(one.role == "counted" for one in steps)
        paper.line(f"{call.text('column.counted')}: {counted}")
    paper.table(
        [call.text(f"column.{name}") for name in ("day", "weekday", "step", "why", "source")],
        [_step(call, one) for one in chosen],
    )


def _step(call: Call, step: Step) -> list[str]:
    key = "ends_off" if step.role == "skipped" and step.number else step.role
    words = call.text(f"step.{key}", number=step.number)
    return [
        day_shown(step.day),
        call.text(f"weekday.{step.day.isoweekday()}"),
        Alert(words) if step.role in ("skipped", "excluded") else words,
        why(call.language, step.kind) or call.text(f"day.{step.kind.kind}"),
        step.kind.source or EMPTY,
    ]


def why(language: Language, kind: DayKind) -> str | None:
    """The reason that the calendar gives, in the reader's language."""
    return kind.reason_vi if language == "vi" else kind.reason_en


COMMANDS = {"deadline": deadline}
