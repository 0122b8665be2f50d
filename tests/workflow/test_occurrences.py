"""A recurring obligation on a server whose time is skipped."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from domain.base import local
from domain.calendar import end_of
from domain.timed.deadline import DeadlinePassed, RungReached
from domain.timed.occurrence import OccurrenceOpened
from tests.support.clockwork import LADDER, WEEKENDS, forward_to, issued, of_type
from tests.support.parts import TemporalServer
from tests.support.service import Service, issue
from tests.support.waiting import until

DAY = 15


def next_months(today: date, count: int) -> list[date]:
    """The fifteenth of so many months, the first after today."""
    named: list[date] = []
    month = today.replace(day=DAY)
    while len(named) < count:
        if month > today:
            named.append(month)
        month = (month.replace(day=1) + timedelta(days=31)).replace(day=DAY)
    return named


async def test_over_half_a_year_every_month_is_an_assignment_of_its_own_and_what_was_missed_stays(
    skipping: Service, temporal: TemporalServer
) -> None:
    today = local(datetime.now(UTC)).date()
    months = next_months(today, 6)
    recurring = {"kind": "recurring", "every": "month", "day": DAY}
    start = issue(("unit-a",), deadline=recurring, policy=LADDER, document={"issued_date": today.isoformat()})
    handle = await issued(skipping, temporal, start)
    await forward_to(temporal, handle, end_of(months[-1] + timedelta(days=5)))
    events = await until(
        lambda: skipping.events(handle.id), lambda events: len(of_type(events, DeadlinePassed)) >= len(months)
    )
    opened = of_type(events, OccurrenceOpened)
    assert [one.named for one in opened] == months[1:]
    assert [one.opens_on for one in opened] == [month.replace(day=1) for month in months[1:]]
    passed = of_type(events, DeadlinePassed)
    assert [one.deadline for one in passed] == [end_of(WEEKENDS.on_or_after(month)) for month in months]
    assert len({one.assignment for one in passed}) == len(months)
    rung = Counter((one.assignment, one.rung) for one in of_type(events, RungReached))
    assert set(rung.values()) == {1}
    state = await skipping.state(handle.id)
    assert sorted(state.assignments) == sorted(one.assignment for one in passed)
    assert all(one.runs and one.unit == "unit-a" for one in state.assignments.values())
