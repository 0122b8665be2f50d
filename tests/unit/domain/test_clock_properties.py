"""What holds of the clock whatever is commanded, announced or laid down, and whenever a worker is there."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from domain.agenda import Agenda
from domain.alarms import due, finished, next_alarm
from domain.arrival import Parcel
from domain.calendar import Calendar
from domain.commands.deadline_set import DeadlineSet
from domain.commands.deadlines_moved import AcknowledgementDeadlineSet
from domain.deadline import Deadline, reckon
from domain.directive import Directive
from domain.event import Event
from domain.figures import cell
from domain.fold import fold
from domain.handling import Handling
from domain.preview import preview
from domain.timed.acknowledgement import AcknowledgementRungReached
from domain.timed.answer import AnswerRungReached
from domain.timed.deadline import DeadlinePassed, RungReached
from tests.support.builders import ISSUED, LEADER, STREAM, Json, command, issue, special
from tests.support.desk import Desk, arrival
from tests.support.figures import cells
from tests.support.steps import calendar_applied
from tests.support.urged_lives import (
    ANNOUNCED,
    DAYS,
    OF_A_UNIT,
    RULES,
    SINGLE,
    UNITS,
    Happening,
    contents,
    happenings,
)

FIXED: Final = settings(
    max_examples=40, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate]
)
"""A story of a dozen steps is read as it is; to make it smaller would take minutes."""
CONTENTS: Final = contents(RULES)
RULE: Final[TypeAdapter[Deadline]] = TypeAdapter(Deadline)
LATER: Final = timedelta(days=200)


def lived(content: Directive, story: list[Happening], *, awake: bool = True) -> Iterator[Desk]:
    """The directive after each happening. ``awake``: a worker is there for every alarm; else only for commands."""
    desk = Desk(content)
    for one in story:
        at = desk.now + timedelta(minutes=one.minutes)
        if awake:
            desk.live_until(at)
        desk.one(one.command(at), at=at)
        yield desk


def last_of(content: Directive, story: list[Happening], *, awake: bool = True) -> Desk:
    *_, desk = Desk(content), *lived(content, story, awake=awake)
    return desk


@FIXED
@given(CONTENTS, happenings(), st.booleans())
def test_after_all_that_is_due_no_alarm_lies_in_the_past(
    content: Directive, story: list[Happening], awake: bool
) -> None:
    for desk in lived(content, story, awake=awake):
        following = next_alarm(desk.state)
        assert following is None or following > desk.now or finished(desk.state, desk.now)
        assert due(desk.state, desk.now) == []


@FIXED
@given(CONTENTS, happenings(), st.booleans())
def test_no_event_bears_an_id_twice_and_nothing_rings_twice(
    content: Directive, story: list[Happening], awake: bool
) -> None:
    desk = last_of(content, story, awake=awake)
    desk.live_until(desk.now + LATER)
    ids = [event.event_id for event in desk.events]
    assert len(set(ids)) == len(ids)
    rung: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for event in desk.events:
        match event.data:
            case RungReached() as one:
                rung["work", one.assignment, one.deadline].append(one.rung)
            case AcknowledgementRungReached() as one:
                rung["receipt", one.unit, one.deadline].append(one.rung)
            case AnswerRungReached() as one:
                rung["report", one.assignment, one.report].append(one.rung)
            case DeadlinePassed() as one:
                rung["passed", one.assignment, one.deadline].append(0)
            case _:
                pass
    assert all(numbers == sorted(set(numbers)) for numbers in rung.values()), rung


@FIXED
@given(CONTENTS, happenings())
def test_what_a_preview_says_is_what_fires(content: Directive, story: list[Happening]) -> None:
    desk = last_of(content, story)
    until = desk.now + LATER
    before = desk.state.model_dump_json()
    coming = [(one.at, one.event) for one in preview(desk.state, desk.now, until)]
    assert desk.state.model_dump_json() == before
    assert [(event.at, event.data) for event in desk.live_until(until)] == coming


class Wakeful(Handling):
    """Looks at every alarm before every command, as if it had never been told until when nothing is due."""

    def _append(self, event: Event) -> None:
        super()._append(event)
        self.agenda = Agenda()


@FIXED
@given(CONTENTS, happenings())
def test_knowing_until_when_nothing_is_due_changes_nothing_in_a_batch(
    content: Directive, story: list[Happening]
) -> None:
    at, arrivals = ISSUED, [arrival(issue(content), ISSUED)]
    for one in story:
        at += timedelta(minutes=one.minutes)
        arrivals.append(arrival(one.command(at), at))
    parcels = [Parcel(arrivals=[one]) for one in arrivals]
    handlings = [kind(stream=STREAM, state=None, known={}) for kind in (Handling, Wakeful)]
    for handling in handlings:
        handling.run(parcels, at + timedelta(days=9))
    assert handlings[0].events == handlings[1].events


@FIXED
@given(CONTENTS, happenings())
def test_the_state_is_the_fold_and_the_cells_are_those_of_the_export(
    content: Directive, story: list[Happening]
) -> None:
    desk = last_of(content, story)
    desk.wait_until(desk.now + timedelta(days=40))
    assert fold(desk.events) == desk.state
    exported = cells(desk.events, desk.now)
    for key, one in desk.state.assignments.items():
        assert (cell(one, desk.now) or one.status) == exported[key]


@FIXED
@given(CONTENTS, happenings())
def test_suspending_and_resuming_at_once_changes_nothing(content: Directive, story: list[Happening]) -> None:
    # What a pause holds back is not rung after a resumption: that, too, looks ahead only.
    desk = last_of(content, [one for one in story if one.kind not in ("suspend", "recall", "pause")])
    until = desk.now + LATER
    deadlines = {key: one.deadline for key, one in desk.state.assignments.items()}
    coming = [(one.at, one.event) for one in preview(desk.state, desk.now, until)]
    if desk.one(command("suspend", LEADER, whole=True, cause="other", reason="chờ")).outcome == "done":
        desk.do(command("resume", LEADER, whole=True))
    assert {key: one.deadline for key, one in desk.state.assignments.items()} == deadlines
    assert [(one.at, one.event) for one in preview(desk.state, desk.now, until)] == coming


@FIXED
@given(CONTENTS, happenings("delivered", "acknowledge", "suspend", "resume", "resume", "ask", "grant", most=20))
def test_a_suspension_never_moves_a_deadline_earlier(content: Directive, story: list[Happening]) -> None:
    for desk in lived(content, story):
        for event in desk.last.events:
            if isinstance(event.data, DeadlineSet) and event.data.cause == "resumed":
                assert event.data.before is not None
                assert event.data.instant > event.data.before


@FIXED
@given(RULES, st.sampled_from(tuple(ANNOUNCED)), DAYS, DAYS)
def test_a_further_day_off_shortens_no_rule(rule: Json, days: str, off: str, from_day: str) -> None:
    known = RULE.validate_python(rule, strict=False)
    longer = Calendar.model_validate(ANNOUNCED[days], strict=False)
    shorter = Calendar.model_validate(_with_off(ANNOUNCED[days], off), strict=False)
    since = date.fromisoformat(from_day)
    for unit in (*UNITS, "office"):
        before, after = (reckon(known, one.of(unit), since) for one in (longer, shorter))
        assert (before is None) == (after is None)
        assert before is None or after is None or after >= before


@FIXED
@given(CONTENTS, happenings("delivered", "acknowledge", "refuse", "decline_refusal", "report", "return"), DAYS)
def test_a_further_day_off_that_is_applied_moves_nothing_earlier(
    content: Directive, story: list[Happening], off: str
) -> None:
    desk = last_of(content, story)
    days = _with_off(desk.state.calendar.model_dump(mode="json"), off)
    for event in desk.do(calendar_applied(**days)):
        if isinstance(event.data, DeadlineSet) and event.data.cause == "calendar":
            assert event.data.before is not None
            assert event.data.instant > event.data.before
        elif isinstance(event.data, AcknowledgementDeadlineSet):
            assert event.data.instant > event.data.before


@FIXED
@given(CONTENTS, happenings("apply_calendar", "delivered", "acknowledge", "report", "accept", "ask", "grant"))
def test_applying_a_calendar_makes_nobody_late_and_leaves_what_is_done(
    content: Directive, story: list[Happening]
) -> None:
    desk = Desk(content)
    for one in story:
        at = desk.now + timedelta(minutes=one.minutes)
        desk.live_until(at)
        before = {key: (item.deadline, cell(item, at)) for key, item in desk.state.assignments.items()}
        desk.one(one.command(at), at=at)
        if one.kind != "apply_calendar":
            continue
        for key, (deadline, stood) in before.items():
            item = desk.state.assignments[key]
            if stood in ("done_on_time", "done_late"):
                assert (item.deadline, cell(item, at)) == (deadline, stood)
            elif stood == "open_in_time":
                assert cell(item, at) == "open_in_time"


@FIXED
@given(
    contents(SINGLE),
    st.lists(happenings(*OF_A_UNIT, most=6), min_size=3, max_size=3),
    st.randoms(use_true_random=False),
)
def test_in_whatever_order_the_units_are_heard_their_cells_are_the_same(
    content: Directive, stories: list[list[Happening]], random: "st.RandomType"
) -> None:
    # Each unit's own people and what the issuer decides about it stay in their order.
    told = [list(_timed(story, unit)) for story, unit in zip(stories, UNITS, strict=True)]
    end = max([ISSUED, *(at for one in told for at, _ in one)]) + timedelta(days=30)
    in_turn = [one for unit in told for one in unit]
    mixed = _mixed(told, random)
    assert _cells(content, mixed, end) == _cells(content, in_turn, end)


def _timed(story: list[Happening], unit: str) -> Iterator[tuple[datetime, Happening]]:
    at = ISSUED
    for one in story:
        at += timedelta(minutes=one.minutes)
        yield at, one._replace(unit=unit)


def _mixed(told: list[list[tuple[datetime, Happening]]], random: "st.RandomType") -> list[tuple[datetime, Happening]]:
    left = [list(one) for one in told]
    mixed = []
    while some := [one for one in left if one]:
        mixed.append(random.choice(some).pop(0))
    return mixed


def _cells(content: Directive, told: list[tuple[datetime, Happening]], end: datetime) -> dict[str, str | None]:
    desk = Desk(content)
    arrivals = [arrival(one.command(at), at) for at, one in told]
    desk.run([Parcel(arrivals=[one]) for one in arrivals], end)
    return {key: cell(one, end) for key, one in desk.state.assignments.items()}


def _with_off(days: Json, off: str) -> Json:
    others = [one for one in days.get("days", []) if one["day"] != off]
    return {**days, "days": [*others, special(off)]}
