"""How each assignment stood, and from when to when: what figures as of any instant are told from (FIGURES).

A span begins when an event changes how an assignment stands, and lasts until the next one does. Times of events need
not rise: a signal that waited while time's own events were recorded bears an earlier one. Where such an event changes
an assignment that another one changed for a later time, its spans are told anew from all events (``rewritten``).

Receipts have spans, too, from their acknowledgement on: how long that took is a figure.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple

from domain.base import local
from domain.calendar import end_of
from domain.event import Event, EventData
from domain.fold import evolve, fold_as_of
from domain.state import RELEASED, Assignment, DirectiveState, Receipt, Status


class Standing(NamedTuple):
    """How an assignment stands: all that figures tell it by, but the instant itself.

    ``unit``: in whose row it counts. ``group``: the kind of unit that this was on ``assigned_on``. ``first_due``: the
    original deadline. ``held_until``, ``judged_by``: as in ``Assignment``. ``released_overdue``, and by the original
    deadline. ``suspended``, ``refused``: of what is open; the holder refused, undecided. ``extended`` to
    ``time_corrected``: whether it ever happened to what is in force. ``registered_late``: recorded on a later day than
    ``assigned_on``. ``worked_minutes``: of what is done, from its creation to its finish, by the calendar of its unit
    in force then; ``day_minutes``: of a full day then.

    Of a receipt: acknowledged at ``held_until``, which took ``worked_minutes``; its deadlines are those to acknowledge.
    """

    role: Literal["lead", "support", "receipt"]
    unit: str
    group: str
    assigned_on: date
    status: Status | Literal["acknowledged"]
    due: datetime | None
    first_due: datetime | None
    held_until: datetime | None
    judged_by: datetime | None
    done: bool
    released: bool
    released_overdue: bool
    released_overdue_originally: bool
    suspended: bool
    refused: bool
    extended: bool
    reopened: bool
    transferred: bool
    registered_late: bool
    time_corrected: bool
    worked_minutes: int | None
    day_minutes: int | None


class Span(NamedTuple):
    """``version``: of the event that began it. ``assignment``: or the key of a receipt, ``receipt_key``.

    ``standing``: None where a receipt counts no more.
    """

    assignment: str
    version: int
    since: datetime
    standing: Standing | None


def receipt_key(receipt: Receipt) -> str:
    """What stands for a receipt where assignments have their ids; no id has a slash."""
    return f"{receipt.unit}/{receipt.revision}"


class Spans:
    """Which spans begin as events are applied, one after the other.

    ``begun``: in the order of events, by assignment. ``last``: how each stood last. ``unsure``: those that an event
    of an earlier time than something known of the directive changed; the last span tells if it disturbs their order.
    """

    def __init__(self, before: "Spans | None" = None) -> None:
        """Go on from those ``before``, which stay as they are."""
        self.begun: defaultdict[str, list[Span]] = defaultdict(list)
        self.unsure: set[str] = set()
        self.last: dict[str, Standing | None] = {}
        if before is not None:
            self.begun.update({id_: [*spans] for id_, spans in before.begun.items()})
            self.unsure |= before.unsure
            self.last |= before.last

    def evolve(self, state: DirectiveState | None, event: Event) -> DirectiveState:
        """As ``domain.fold.evolve``, and take note of what it changes."""
        early = state is not None and event.at < state.touched_at
        if state is not None:
            for one in _concerned(state, event.data):
                if (key := _key(one)) not in self.last:
                    self.last[key] = _standing(state, one)
        state = evolve(state, event)
        for one in _concerned(state, event.data):
            self._note(Span(_key(one), event.version, event.at, _standing(state, one)), early=early)
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
    unit, assigned_on = assignment.credited, assignment.assigned_on
    worked, day = _worked(state, assignment)
    released = assignment.status in RELEASED
    return Standing(
        role=assignment.role,
        unit=unit,
        group=state.group_of(unit, assigned_on),
        assigned_on=assigned_on,
        status=assignment.status,
        due=assignment.deadline,
        first_due=assignment.first_deadline,
        held_until=assignment.held_until,
        judged_by=assignment.judged_by,
        done=assignment.status == "accepted",
        released=released,
        released_overdue=assignment.released_overdue,
        released_overdue_originally=assignment.released_overdue_originally,
        suspended=assignment.owed and assignment.suspended_at is not None,
        refused=assignment.owed and receipt is not None and receipt.refusal_waits,
        extended=not released and any(one.decided == "granted" for one in assignment.extensions),
        reopened=not released and assignment.reopened > 0,
        # A reorganisation moves a unit's work without anybody having asked for it.
        transferred=not released and any(one.cause != "reorganisation" for one in assignment.handovers),
        registered_late=not released and local(assignment.created_at).date() > assigned_on,
        time_corrected=not released and assignment.times_corrected > 0,
        worked_minutes=worked,
        day_minutes=day,
    )


def acknowledgement(state: DirectiveState, receipt: Receipt) -> Standing | None:
    """How long the unit took to acknowledge it; None as long as it has not.

    From the first delivery; from the sending where none had been recorded.
    """
    at = receipt.acknowledged_at
    if at is None:
        return None
    assigned_on = state.revised_on[receipt.revision - 1]
    worked, day = _minutes(state, receipt.unit, receipt.delivered_at or receipt.sent_at, at)
    return Standing(
        role="receipt",
        unit=receipt.unit,
        group=state.group_of(receipt.unit, assigned_on),
        assigned_on=assigned_on,
        status="acknowledged",
        due=receipt.acknowledge_by,
        first_due=receipt.acknowledge_by,
        held_until=at,
        judged_by=receipt.acknowledge_by,
        done=True,
        released=False,
        released_overdue=False,
        released_overdue_originally=False,
        suspended=False,
        refused=False,
        extended=False,
        reopened=False,
        transferred=False,
        registered_late=local(receipt.sent_at).date() > assigned_on,
        time_corrected=receipt.times_corrected > 0,
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


def _told_exactly(events: Sequence[Event], key: str) -> list[Span]:
    """Told from what was known at each time at which something happened to it."""
    units = _units_of(events, key)
    found: list[Span] = []
    for at, version in _times(event for event in events if _may_concern(event.data, key, units)):
        state = fold_as_of(events, at)
        stood = None if state is None else _standing_of(state, key)
        if (found[-1].standing if found else None) != stood:
            found.append(Span(key, version, at, stood))
    return found


def _units_of(events: Sequence[Event], key: str) -> set[str]:
    """Every unit that ever held the assignment; whose receipt it is."""
    state = fold_as_of(events, max(event.at for event in events))
    assignment = None if state is None else state.assignments.get(key)
    if assignment is None:
        return {key.partition("/")[0]}
    return {assignment.unit, *(one.before for one in assignment.handovers)}


def _may_concern(data: EventData, key: str, units: set[str]) -> bool:
    concern = data.concerns()
    return concern.everything or key in concern.assignments or not units.isdisjoint(concern.units)


def _standing_of(state: DirectiveState, key: str) -> Standing | None:
    one: Assignment | Receipt | None = state.assignments.get(key)
    one = one or state.receipts.get(key.partition("/")[0])
    if one is None or _key(one) != key:
        one = next((earlier for earlier in state.earlier_receipts if receipt_key(earlier) == key), None)
    return None if one is None else _standing(state, one)


def _times(events: Iterable[Event]) -> list[tuple[datetime, int]]:
    """Every time at which something happened, with the last event of that time."""
    return sorted({event.at: event.version for event in events}.items())


def _concerned(state: DirectiveState, data: EventData) -> Iterator[Assignment | Receipt]:
    """What the event may change."""
    if not data.moves_figures:
        return
    concern = data.concerns()
    if concern.everything:
        yield from state.assignments.values()
        yield from state.receipts.values()
        return
    held = (id_ for unit in concern.units for id_ in state.holdings.get(unit, ()))
    yield from (state.assignments[id_] for id_ in {*concern.assignments, *held} if id_ in state.assignments)
    yield from (state.receipts[unit] for unit in concern.units if unit in state.receipts)


def _key(one: Assignment | Receipt) -> str:
    return one.id if isinstance(one, Assignment) else receipt_key(one)


def _standing(state: DirectiveState, one: Assignment | Receipt) -> Standing | None:
    return standing(state, one) if isinstance(one, Assignment) else acknowledgement(state, one)


def _worked(state: DirectiveState, assignment: Assignment) -> tuple[int | None, int | None]:
    finish = assignment.finish
    if finish is None:
        return None, None
    begun = min(assignment.created_at, end_of(assignment.assigned_on))
    return _minutes(state, assignment.credited, begun, finish)


def _minutes(state: DirectiveState, unit: str, since: datetime, until: datetime) -> tuple[int, int]:
    calendar = state.calendar_at(until).of(unit)
    return calendar.minutes_between(since, until), calendar.full_day_minutes(local(until).date())
