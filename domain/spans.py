"""How each assignment stood, and from when to when: what figures as of any instant are told from (FIGURES).

A span begins when an event changes how an assignment stands, and lasts until the next one does. Times of events need
not rise: a signal that waited while time's own events were recorded bears an earlier one. Where such an event changes
an assignment that another one changed for a later time, its spans are told anew from all events (``rewritten``).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from domain.base import local
from domain.calendar import end_of
from domain.event import Event, EventData
from domain.fold import evolve, fold_as_of
from domain.state import Assignment, DirectiveState, Status


class Standing(NamedTuple):
    """How an assignment stands: all that figures tell it by, but the instant itself.

    ``group``: the kind of unit, when it got it. ``first_due``: the original deadline. ``held_until``, ``judged_by``: as
    in ``Assignment``. ``refused``: the holder refused, undecided. ``extended`` to ``time_corrected``: whether it ever
    happened. ``worked_minutes``: of what is done, from its creation to its finish, by the calendar of its unit;
    ``day_minutes``: of a full day then.
    """

    unit: str
    group: str
    status: Status
    due: datetime | None
    first_due: datetime | None
    held_until: datetime | None
    judged_by: datetime | None
    released_overdue: bool
    suspended: bool
    refused: bool
    extended: bool
    reopened: bool
    transferred: bool
    time_corrected: bool
    worked_minutes: int | None
    day_minutes: int | None


class Span(NamedTuple):
    """``version``: of the event that began it."""

    assignment: str
    version: int
    since: datetime
    standing: Standing


class Spans:
    """Which spans begin as events are applied, one after the other.

    ``begun``: in the order of events, by assignment. ``last``: how each stood last. ``unsure``: those that an event
    of an earlier time than something known of the directive changed; the last span tells if it disturbs their order.
    """

    def __init__(self, before: "Spans | None" = None) -> None:
        """Go on from those ``before``, which stay as they are."""
        self.begun: defaultdict[str, list[Span]] = defaultdict(list)
        self.unsure: set[str] = set()
        self.last: dict[str, Standing] = {}
        if before is not None:
            self.begun.update({id_: [*spans] for id_, spans in before.begun.items()})
            self.unsure |= before.unsure
            self.last |= before.last

    def evolve(self, state: DirectiveState | None, event: Event) -> DirectiveState:
        """As ``domain.fold.evolve``, and take note of what it changes."""
        early = state is not None and event.at < state.touched_at
        if state is not None:
            for one in _concerned(state, event.data):
                if one.id not in self.last:
                    self.last[one.id] = standing(state, one)
        state = evolve(state, event)
        for one in _concerned(state, event.data):
            self._note(Span(one.id, event.version, event.at, standing(state, one)), early=early)
        return state

    def _note(self, span: Span, *, early: bool) -> None:
        if self.last.get(span.assignment) == span.standing:
            return
        self.last[span.assignment] = span.standing
        self.begun[span.assignment].append(span)
        if early:
            self.unsure.add(span.assignment)


def standing(state: DirectiveState, assignment: Assignment) -> Standing:
    """How it stands now."""
    receipt = state.receipts.get(assignment.unit)
    worked, day = _worked(state, assignment)
    return Standing(
        unit=assignment.unit,
        group=assignment.group,
        status=assignment.status,
        due=assignment.deadline,
        first_due=assignment.settings[0].instant if assignment.settings else None,
        held_until=assignment.held_until,
        judged_by=assignment.judged_by,
        released_overdue=assignment.released_overdue,
        suspended=assignment.suspended_at is not None,
        refused=receipt is not None and receipt.refusal_waits,
        extended=any(one.decided == "granted" for one in assignment.extensions),
        reopened=assignment.reopened > 0,
        # A reorganisation moves a unit's work without anybody having asked for it.
        transferred=any(one.cause != "reorganisation" for one in assignment.handovers),
        time_corrected=assignment.times_corrected > 0,
        worked_minutes=worked,
        day_minutes=day,
    )


def spans_of(events: Sequence[Event]) -> dict[str, list[Span]]:
    """All spans of a directive, by assignment, in the order of time. ``events``: all of them, in their order."""
    recorder = Spans()
    state: DirectiveState | None = None
    for event in events:
        state = recorder.evolve(state, event)
    told = {id_: rewritten(recorder.begun[id_], None, events).spans for id_ in recorder.unsure}
    return {**recorder.begun, **told}


class Rewritten(NamedTuple):
    """``whole``: the spans are all that the assignment has; what was told of it before is void."""

    whole: bool
    spans: list[Span]


def rewritten(begun: Iterable[Span], since: datetime | None, events: Sequence[Event]) -> Rewritten:
    """The spans of one assignment where their times may not rise.

    Args:
        begun: in the order of events.
        since: when the one before them began; None where there is none.
        events: all of the directive until now.
    """
    whole, spans = False, list[Span]()
    for span in begun:
        if since is not None and span.since < since:
            whole, spans = True, _told_exactly(events[: span.version], span.assignment)
        else:
            spans.append(span)
        since = spans[-1].since
    return Rewritten(whole, spans)


def lasting(spans: Sequence[Span]) -> Iterator[tuple[Span, datetime | None]]:
    """Each with its end, None while it lasts; what changed again at the same instant never stood."""
    ends = [*(one.since for one in spans[1:]), None]
    return ((span, end) for span, end in zip(spans, ends, strict=False) if span.since != end)


def _told_exactly(events: Sequence[Event], assignment: str) -> list[Span]:
    """Told from what was known at each time at which something happened."""
    found: list[Span] = []
    for at, version in _times(events):
        state = fold_as_of(events, at)
        if state is None or assignment not in state.assignments:
            continue
        stood = standing(state, state.assignments[assignment])
        if not found or found[-1].standing != stood:
            found.append(Span(assignment, version, at, stood))
    return found


def _times(events: Iterable[Event]) -> list[tuple[datetime, int]]:
    """Every time at which something happened, with the last event of that time."""
    return sorted({event.at: event.version for event in events}.items())


def _concerned(state: DirectiveState, data: EventData) -> list[Assignment]:
    concern = data.concerns()
    if concern.everything:
        return [*state.assignments.values()]
    names = {*concern.assignments, *(id_ for unit in concern.units for id_ in state.holdings.get(unit, ()))}
    return [state.assignments[id_] for id_ in names if id_ in state.assignments]


def _worked(state: DirectiveState, assignment: Assignment) -> tuple[int | None, int | None]:
    finish = assignment.finish
    if finish is None:
        return None, None
    calendar = state.calendar.of(assignment.unit)
    begun = min(assignment.created_at, end_of(assignment.assigned_on))
    return calendar.minutes_between(begun, finish), calendar.full_day_minutes(local(finish).date())
