"""Small directives whose clock does everything that it can, and what may happen to them; drawn at random."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from hypothesis import strategies as st

from domain.command import Command
from domain.directive import Directive
from tests.support.builders import (
    CLERK,
    ISSUED,
    LEADER,
    QUIET,
    STANDARD,
    Json,
    accept,
    acknowledge,
    by,
    calendar,
    command,
    delivered,
    directive,
    head_of,
    ladder,
    obligation,
    refuse,
    report,
    return_report,
    special,
)
from tests.support.steps import PAPER, calendar_applied, paused, policy_applied

UNITS: Final = ("unit-a", "unit-b", "unit-c")
DAYS: Final = st.integers(0, 120).map(lambda count: (date(2026, 11, 1) + timedelta(days=count)).isoformat())
PERIODS: Final = st.sampled_from(("month", "quarter", "half_year", "year"))

SINGLE: Final = st.one_of(
    st.builds(lambda review: {"kind": "none", **({"review": review} if review else {})}, st.none() | DAYS),
    st.builds(
        lambda day, bound, hour: {"kind": "date", "day": day, "bound": bound, **({"hour": hour} if hour else {})},
        st.integers(3, 90).map(lambda count: (ISSUED.date() + timedelta(days=count)).isoformat()),
        st.sampled_from(("by", "before")),
        st.sampled_from((None, "07:00", "16:30")),
    ),
    st.builds(
        lambda count, days, start: {"kind": "after", "count": count, "days": days, "start": start},
        st.integers(1, 30),
        st.sampled_from(("working", "calendar")),
        st.sampled_from(("issue", "receipt", "acknowledgement")),
    ),
    st.builds(lambda period: {"kind": "period_end", "period": period}, PERIODS),
)
"""Every rule that is owed once."""
RULES: Final = st.one_of(
    SINGLE,
    st.builds(
        lambda period, day, bound: {"kind": "recurring", "every": period, "day": day, "bound": bound},
        PERIODS,
        st.integers(1, 31),
        st.sampled_from(("by", "before")),
    ),
)
ANNOUNCED: Final[Mapping[str, Json]] = {
    "plain": calendar(),
    "tet": calendar(off=["2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-11"]),
    "week off": calendar(off=[f"2026-11-{day}" for day in range(23, 28)], worked=["2026-11-21", "2026-11-28"]),
    "next day off": {**calendar(), "days": [special("2026-11-03"), special("2026-11-04")]},
    "half days": {**calendar(), "days": [special("2026-11-16", "afternoon"), special("2026-11-25", "morning")]},
    "of one unit": {**calendar(), "days": [special(f"2026-11-{day}", "off", "unit-a") for day in ("05", "20", "26")]},
    "of the issuer": {**calendar(), "days": [special(f"2026-11-{day}", "off", "office") for day in ("09", "10", "12")]},
    "weekends worked": calendar(worked=["2026-11-07", "2026-11-08", "2026-11-14", "2026-11-15", "2026-12-05"]),
}
LAID_DOWN: Final[Mapping[str, Json]] = {
    "assumed": STANDARD,
    "at noon": {**STANDARD, "remind_at": "12:15", "review_days": 9},
    "impatient": {**STANDARD, "ladder": {"rungs": [-2, -1, 0, 1, 2], "then_every": 3, "monthly_after": 10}},
    "patient": {**STANDARD, "acknowledge_working_days": 4, "answer_working_days": 2, "explanation_working_days": 0},
    "of the first release": {**STANDARD, "remind_working_days_before": 3},
    "short": {**STANDARD, "ladder": ladder(1), "acknowledge_ladder": ladder(0, 1), "explain_late": False},
    "quiet": QUIET,
}


def contents(rules: st.SearchStrategy[Json]) -> st.SearchStrategy[Directive]:
    """Up to three obligations of one unit to three, under one of the calendars and policies."""
    return st.builds(
        lambda rules, days, policy, priority: directive(
            *(
                obligation(*UNITS[: 1 + place % 3], item=str(place), deadline=rule)
                for place, rule in enumerate(rules, 1)
            ),
            calendar=ANNOUNCED[days],
            policy=LAID_DOWN[policy],
            document={"priority": priority},
        ),
        st.lists(rules, min_size=1, max_size=3),
        st.sampled_from(tuple(ANNOUNCED)),
        st.sampled_from(tuple(LAID_DOWN)),
        st.sampled_from((0, 0, 1)),
    )


class Happening(NamedTuple):
    """``minutes``: how long after the one before."""

    minutes: int
    kind: str
    unit: str
    item: str
    spare: int
    days: str
    policy: str

    def command(self, now: datetime) -> Command:
        """What is commanded at that time; it may well be refused."""
        return _MAKE[self.kind](self, now)


def _of_assignment(kind: str, **fields: Any) -> Callable[[Happening, datetime], Command]:
    return lambda one, _: command(kind, LEADER, item=one.item, unit=one.unit, **fields)


_MAKE: Final[Mapping[str, Callable[[Happening, datetime], Command]]] = {
    "delivered": lambda one, now: delivered(one.unit, at=now),
    "acknowledge": lambda one, _: acknowledge(one.unit),
    "refuse": lambda one, _: refuse(one.unit),
    "decline_refusal": lambda one, _: command("decline_refusal", LEADER, unit=one.unit, reason="đúng việc"),
    "report": lambda one, _: report(one.unit, by=head_of(one.unit), assignment=f"{one.item}.{1 + one.spare % 4}"),
    "explain": lambda one, _: command("explain", head_of(one.unit), item=one.item, cause="legal", text="chờ văn bản"),
    "accept": lambda one, _: accept(assignment=f"{one.item}.{1 + one.spare % 4}"),
    "return": lambda one, _: return_report(assignment=f"{one.item}.{1 + one.spare % 4}"),
    "suspend": _of_assignment("suspend", cause="other", reason="chờ"),
    "resume": _of_assignment("resume"),
    "waive": _of_assignment("waive", authority=PAPER, reason="không còn"),
    "ask": lambda one, now: command(
        "request_extension",
        head_of(one.unit),
        item=one.item,
        until=by((now.date() + timedelta(days=one.spare)).isoformat()),
        reason="chờ",
    ),
    "grant": _of_assignment("grant_extension"),
    "apply_calendar": lambda one, _: calendar_applied(**ANNOUNCED[one.days]),
    "apply_policy": lambda one, _: policy_applied(**LAID_DOWN[one.policy]),
    "pause": lambda one, now: paused((now + timedelta(days=one.spare, hours=one.spare)).isoformat()),
    "recall": lambda _, __: command("recall", LEADER, reason="nhầm"),
    "urge": lambda one, _: command("urge", CLERK, item=one.item, unit=one.unit, text="đề nghị khẩn trương"),
}
OF_A_UNIT: Final = (
    "delivered", "acknowledge", "refuse", "decline_refusal", "report", "explain", "accept", "return", "suspend",
    "resume", "waive", "ask", "grant",
)  # fmt: skip
"""What touches nothing but one unit's."""


def happenings(*kinds: str, most: int = 14) -> st.SearchStrategy[list[Happening]]:
    """One after the other, minutes to weeks apart."""
    return st.lists(
        st.builds(
            Happening,
            minutes=st.sampled_from((0, 1, 60, 1000, 1440, 4000, 10_000, 30_000)),
            # Without an acknowledgement a unit can do little, and without a report an issuer.
            kind=st.sampled_from(("acknowledge", "acknowledge", "report", *(kinds or _MAKE))),
            unit=st.sampled_from(UNITS),
            item=st.sampled_from(("1", "2", "3")),
            spare=st.integers(1, 40),
            days=st.sampled_from(tuple(ANNOUNCED)),
            policy=st.sampled_from(tuple(LAID_DOWN)),
        ),
        max_size=most,
    )
