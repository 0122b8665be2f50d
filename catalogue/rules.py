"""The rules of deadlines as people read them: all five kinds."""

from datetime import date
from typing import Final

from catalogue import Language, text
from catalogue.times import day_shown
from domain.deadline import (
    MONTHS,
    AfterDeadline,
    DateDeadline,
    Deadline,
    NoDeadline,
    Period,
    PeriodEndDeadline,
    RecurringDeadline,
)

_QUARTERS: Final = ("I", "II", "III", "IV")


def rule_shown(rule: Deadline, language: Language) -> str:
    """What the document says of the time."""
    match rule:
        case NoDeadline():
            return _none(rule, language)
        case DateDeadline():
            hour = f"{rule.hour:%H:%M} " if rule.hour else ""
            return text(f"deadline.{rule.bound}", language, day=hour + day_shown(rule.day))
        case AfterDeadline():
            start = text(f"start.{rule.start}", language)
            number = "_one" if rule.count == 1 else ""
            return text(f"deadline.after_{rule.days}{number}", language, count=rule.count, start=start)
        case PeriodEndDeadline():
            return _period_end(rule, language)
        case RecurringDeadline():
            every = text(f"every.{rule.every}", language)
            until = text("deadline.until", language, day=day_shown(rule.until)) if rule.until else ""
            return text(f"deadline.{rule.bound}_each", language, day=rule.day, every=every) + until


def _none(rule: NoDeadline, language: Language) -> str:
    if rule.review is None:
        return text("deadline.none", language)
    return text("deadline.none_review", language, day=day_shown(rule.review))


def _period_end(rule: PeriodEndDeadline, language: Language) -> str:
    if rule.within is None:
        return text("deadline.period_of_issue", language, every=text(f"every.{rule.period}", language))
    number = _number(rule.period, rule.within, language)
    period = text(f"period.{rule.period}", language, number=number, year=rule.within.year)
    return text("deadline.period_end", language, period=period)


def _number(period: Period, within: date, language: Language) -> str:
    place = (within.month - 1) // MONTHS[period]
    match period:
        case "quarter":
            return _QUARTERS[place]
        case "half_year":
            return text(f"half.{place + 1}", language)
        case "month" | "year":
            return str(place + 1)
