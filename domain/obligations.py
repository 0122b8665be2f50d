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
