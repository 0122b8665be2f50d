"""Time limits within an obligation, as the rules that ``time_limits`` knows. What it does not know is told."""

from collections.abc import Sequence
from datetime import date

from domain.deadline import DateDeadline, Deadline
from intake.notes import Notes
from intake.reading import Read
from intake.source import Source, Zone
from intake.time_limits.counted import counted
from intake.time_limits.limit import Limit, sure
from intake.time_limits.named import named
from intake.time_limits.periods import periods
from intake.time_limits.recurring import recurring
from intake.time_limits.unread import unread


def deadline(source: Source, item: str, zone: Zone, issued_on: date | None, notes: Notes) -> Read[Deadline] | None:
    """The rule by which an obligation is due; none where the text names none, or more than one.

    What may limit nothing at all takes no part beside what does; it is told.
    """
    found = _limits(source, zone, issued_on)
    rules = _rules(found)
    alike = [limit for limit in found if limit.rule in rules]
    spans = [source.span(limit.zone) for limit in alike]
    if len(rules) > 1:
        notes.warn("several_deadlines", *spans, item=item, count=len(rules))
    not_taken = [limit.zone for limit in found if len(rules) > 1 or limit not in alike]
    for each in sorted([*not_taken, *unread(source, zone, [limit.zone for limit in found])]):
        notes.unclear("deadline", each, item)
    if len(rules) != 1:
        return None
    [rule] = rules
    if issued_on and isinstance(rule, DateDeadline) and rule.day < issued_on:
        notes.warn("deadline_before_issue", *spans, item=item, day=rule.day.isoformat())
    certain = any(limit.certainty == "certain" for limit in alike)
    return Read[Deadline](value=rule, spans=spans, certainty=sure(certain=certain))


def tell_all(source: Source, zone: Zone, notes: Notes) -> None:
    """Name every time limit in what is said to all: it belongs to no one obligation, so none takes it over."""
    limits = [limit.zone for limit in _limits(source, zone, None)]
    for each in sorted([*limits, *unread(source, zone, limits)]):
        notes.unclear("deadline", each)


def _rules(found: Sequence[Limit]) -> list[Deadline]:
    """Each once."""
    limits = [limit for limit in found if not limit.perhaps] or found
    rules: list[Deadline] = []
    for limit in limits:
        if limit.rule not in rules:
            rules.append(limit.rule)
    return rules


def _limits(source: Source, zone: Zone, issued_on: date | None) -> Sequence[Limit]:
    """In order. Of wordings that overlap, the one that begins first, and of those the longest."""
    found = [
        *named(source, zone),
        *counted(source, zone),
        *periods(source, zone, issued_on),
        *recurring(source, zone),
    ]
    apart: list[Limit] = []
    for limit in sorted(found, key=lambda one: (one.zone.start, -one.zone.end)):
        if not apart or apart[-1].zone.end <= limit.zone.start:
            apart.append(limit)
    return apart
