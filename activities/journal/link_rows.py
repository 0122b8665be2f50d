"""Which documents a directive is tied to: the rows of ``links``, made from its events."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from domain.commands.issue import DirectiveIssued
from domain.directive import Directive
from domain.document import Reference
from domain.event import Event

POINTING: Final = {
    "DirectiveAmended": ("amends", "document"),
    "DirectiveCorrected": ("corrects", "document"),
    "DirectiveSuperseded": ("supersedes", "by"),
    "DirectiveRecalled": ("recalls", "document"),
}
"""Type of event to the kind of link and the field that names the other document."""


def link_rows(events: Iterable[Event]) -> Iterator[dict[str, Any]]:
    """``inward``: the other document points to this one. ``target``: its stream, where it is a directive of ours.

    ``assignment``: of the target, where this directive is under it. ``number`` counts within the event.
    """
    for event in events:
        for number, row in enumerate(_of(event), start=1):
            yield {"version": event.version, "number": number, **row}


def _of(event: Event) -> Iterator[dict[str, Any]]:
    if isinstance(event.data, DirectiveIssued):
        yield from _issued(event.data.directive)
        return
    kind, name = POINTING.get(event.data.type, ("", ""))
    other = getattr(event.data, name, None) if name else None
    if isinstance(other, Reference):
        yield _row(kind, other.notation, other.stream, inward=True)


def _issued(directive: Directive) -> Iterator[dict[str, Any]]:
    for link in directive.document.links:
        yield _row(link.kind, link.notation, link.stream)
    if directive.under is not None:
        notation = directive.under.stream.rpartition("/")[2].replace("-", "/", 1)
        yield {**_row("under", notation, directive.under.stream), "assignment": directive.under.assignment}


def _row(kind: str, notation: str, target: str | None, *, inward: bool = False) -> dict[str, Any]:
    return {"kind": kind, "inward": inward, "notation": notation, "target": target, "assignment": None}
