"""An obligation as it begins: issued, or brought by an amendment."""

from datetime import date

from domain import directive
from domain.deadline import RecurringDeadline, named_after
from domain.state import Obligation


def begun(one: directive.Obligation, assigned_on: date) -> Obligation:
    """``assigned_on``: the date of the document. Of a recurring one, the first occurrence is open from then on."""
    rule = one.deadline
    named = named_after(rule, assigned_on) if isinstance(rule, RecurringDeadline) else None
    return Obligation(
        item=one.item,
        text=one.text,
        mode=one.mode,
        deadline=rule,
        assigned_on=assigned_on,
        occurrence=None if named is None else 1,
        named=named,
    )


def joined(one: Obligation, assigned_on: date) -> int | None:
    """Which occurrence is the first for whoever is assigned a recurring one that has begun: the open one, or a later.

    Who joins when its day is over is first asked for the next; that one is then not opened for it again.
    """
    if not isinstance(one.deadline, RecurringDeadline) or one.occurrence is None or one.named is None:
        return one.occurrence
    first, occurrence, named = named_after(one.deadline, assigned_on), one.occurrence, one.named
    while first is not None and named < first:
        occurrence += 1
        named = named_after(one.deadline, named) or first
    return occurrence
