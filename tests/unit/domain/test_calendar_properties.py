"""What holds of every calendar and every day."""

from datetime import date, datetime, timedelta
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from domain.base import LOCAL
from domain.calendar import Calendar
from domain.special_days import SpecialDay, Works

FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 90).map(lambda count: FIRST + timedelta(days=count))
INSTANTS = st.integers(0, 90 * 24 * 60).map(lambda count: datetime(2026, 1, 1, tzinfo=LOCAL) + timedelta(minutes=count))
COUNTS = st.integers(0, 40)


def special(day: date, works: Works) -> SpecialDay:
    return SpecialDay(day=day, works=works, reason_vi="a", reason_en="b", source="c")


CALENDARS = st.builds(
    lambda off, worked, days: Calendar(
        off=sorted(off), worked=sorted(worked), days=[special(day, works) for day, works in days.items()]
    ),
    st.sets(DAYS, max_size=20),
    st.sets(DAYS, max_size=20),
    st.dictionaries(DAYS, st.sampled_from(get_args(Works)), max_size=20),
)


def with_day_off(calendar: Calendar, day: date) -> Calendar:
    others = [one for one in calendar.days if one.day != day]
    return calendar.model_copy(update={"days": [*others, special(day, "off")]})


@given(CALENDARS, DAYS, DAYS, COUNTS)
def test_a_further_day_off_makes_nothing_earlier(calendar: Calendar, off: date, day: date, count: int) -> None:
    shorter = with_day_off(calendar, off)
    assert shorter.plus(day, count) >= calendar.plus(day, count)
    assert shorter.on_or_after(day) >= calendar.on_or_after(day)
    assert shorter.minus(day, count) <= calendar.minus(day, count)


@given(CALENDARS, DAYS, INSTANTS, INSTANTS)
def test_a_further_day_off_opens_nothing_earlier_and_adds_no_minute(
    calendar: Calendar, off: date, since: datetime, until: datetime
) -> None:
    shorter = with_day_off(calendar, off)
    assert shorter.next_open(since) >= calendar.next_open(since)
    assert shorter.minutes_between(since, until) <= calendar.minutes_between(since, until)


@given(CALENDARS, DAYS, COUNTS)
def test_back_again_is_the_day_itself_or_the_last_worked_one_before_it(
    calendar: Calendar, day: date, count: int
) -> None:
    there = calendar.plus(day, count)
    worked = day
    while count and not calendar.works(worked):
        worked -= timedelta(days=1)
    assert calendar.minus(there, count) == worked


@given(CALENDARS, DAYS, st.integers(1, 40))
def test_that_many_days_are_worked_after_the_first_up_to_the_last(calendar: Calendar, day: date, count: int) -> None:
    last = calendar.plus(day, count)
    between = [day + timedelta(days=passed) for passed in range(1, (last - day).days + 1)]
    assert sum(map(calendar.works, between)) == count
    assert calendar.works(last)


@given(CALENDARS, INSTANTS)
def test_work_that_has_begun_need_not_begin_again(calendar: Calendar, instant: datetime) -> None:
    opens = calendar.next_open(instant)
    assert calendar.next_open(opens) == opens >= instant
    assert any(start <= opens < end for start, end in calendar.hours_of(opens.date()))
    assert calendar.minutes_between(instant, opens) == 0


@given(CALENDARS, INSTANTS, INSTANTS, INSTANTS)
def test_minutes_add_up(calendar: Calendar, one: datetime, other: datetime, third: datetime) -> None:
    since, between, until = sorted([one, other, third])
    parts = calendar.minutes_between(since, between) + calendar.minutes_between(between, until)
    assert parts == calendar.minutes_between(since, until)


@given(CALENDARS, DAYS)
def test_what_is_explained_is_what_holds(calendar: Calendar, day: date) -> None:
    assert calendar.explain(day).works == calendar.works(day) == bool(calendar.hours_of(day))
    minutes = sum((end - start) // timedelta(minutes=1) for start, end in calendar.hours_of(day))
    full = calendar.full_day_minutes(day)
    assert minutes == {"weekday": full, "made_up": full, "half": full // 2}.get(calendar.explain(day).kind, 0)
