"""An event in words."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from catalogue import Language, text
from catalogue.refusals import refusal
from catalogue.rungs import rung_shown, rungs_shown
from catalogue.times import day_shown
from console.fields import bare, without_none
from console.times import deadline_shown
from domain.actor import Role
from domain.base import Fact, Narrative, UnitId
from domain.calendar import Calendar
from domain.commands.issue import DirectiveIssued
from domain.commands.record_delivery import ReceiptDelivered
from domain.delegation import Delegation
from domain.document import Reference
from domain.event import Event, EventData
from domain.evidence import Evidence
from domain.fold import evolve
from domain.policy import Policy
from domain.rejection import CommandRejected
from domain.state import DirectiveState

_QUOTED: Final = ("problem",)
"""Fields with words that are quoted behind ours, beside the narratives of people."""


class Story:
    """The events of one directive, and who held what when each of them happened."""

    def __init__(self, events: Sequence[Event], language: Language) -> None:
        self._language = language
        self._holders: dict[int, dict[str, str]] = {}
        state: DirectiveState | None = None
        for event in events:
            before = state.assignments if state else {}
            named = {id_: before[id_].unit for id_ in _assignments(event.data) if id_ in before}
            state = evolve(state, event)
            # One that the event itself brings about is held by whom it says.
            new = {id_: state.assignments[id_].unit for id_ in _assignments(event.data) if id_ in state.assignments}
            self._holders[event.version] = {**new, **named}
        if state is None:
            raise ValueError("a story begins with an event")
        self._names = {unit.id: unit.name for unit in state.units.values()}
        self._now = {one.id: one.unit for one in state.assignments.values()}

    def who(self, event: Event) -> str:
        """Person, for whom where it was for another, role and unit."""
        actor = event.actor
        role = text(f"role.{actor.role}", self._language)
        person = actor.person
        if event.on_behalf_of is not None:
            person = text("cli.on_behalf_of", self._language, who=person, principal=event.on_behalf_of)
        if actor.unit is None:
            return role if person == actor.role else f"{person} ({role})"
        return f"{person} ({role}, {self._unit(actor.unit)})"

    def what(self, event: Event) -> str:
        """What happened, with what people wrote."""
        data = event.data
        if isinstance(data, CommandRejected):
            reason = refusal(data.code, data.details, self._language)
            return text(
                "event.CommandRejected", self._language, code=data.code, command=data.command or "–", reason=reason
            )
        said = text(f"event.{_kind(data)}", self._language, **self._params(event))
        if skipped := getattr(data, "skipped", None):
            passed_over = rungs_shown(skipped, self._language)
            said = text("event.rungs_skipped", self._language, said=said, rungs=passed_over)
        hints = _hints(type(data))
        quoted = [name for name, hint in hints.items() if name in _QUOTED or without_none(hint) == Narrative]
        return ": ".join([said, *(f"“{words}”" for name in quoted if (words := getattr(data, name)))])

    def concerns(self, event: Event, unit: str) -> bool:
        """Whether it is a part of what happened to that unit."""
        concern = event.data.concerns()
        return (
            concern.everything
            or unit in concern.units
            or unit in self._holders[event.version].values()
            or event.actor.unit == unit
            or unit in _units(event.data)
        )

    def _params(self, event: Event) -> dict[str, Any]:
        data = event.data
        if isinstance(data, DirectiveIssued):
            document = data.directive.document
            return {
                "number": f"{document.code_number}/{document.code_notation}",
                "assignments": len(data.assignments),
                "units": len({held.unit for held in data.assignments}),
            }
        params = self._fields(data)
        assignment = getattr(data, "assignment", None)
        if assignment is not None:
            # What only may happen has no place in the story yet.
            holders = self._holders.get(event.version, self._now)
            params["unit"] = self._unit(holders[assignment])
        return params

    def _fields(self, data: Fact) -> dict[str, Any]:
        """By name; those of a model within it as well, for sentences speak of what it holds."""
        params: dict[str, Any] = {}
        for name, hint in _hints(type(data)).items():
            value = getattr(data, name)
            if isinstance(value, Delegation):
                params |= self._fields(value)
            params[name] = self._shown(name, hint, value)
        return params

    def _shown(self, name: str, hint: Any, value: Any) -> Any:  # noqa: ANN401 - any field
        if value is None:
            return "–"
        if isinstance(value, list):
            [kind] = get_args(without_none(hint)) or [Any]
            return ", ".join(str(self._shown(name, kind, one)) for one in value) or "–"
        if without_none(hint) == UnitId:
            return self._unit(value)
        if isinstance(value, Role):
            return text(f"role.{value}", self._language)
        if get_origin(bare(hint)) is Literal:
            return text(f"{name}.{value}", self._language)
        return rung_shown(value, self._language) if name == "rung" else _plain(value)

    def _unit(self, unit: str) -> str:
        return self._names.get(unit, unit)


def _plain(value: Any) -> Any:  # noqa: ANN401 - any field
    match value:
        case datetime():
            return deadline_shown(value)
        case date():
            return day_shown(value)
        case Reference():
            return f"{value.notation}, {day_shown(value.issued_date)}"
        case Evidence():
            return value.name
        case Calendar() | Policy():
            return f"{value.id} {value.version}"
    return value


def _kind(data: EventData) -> str:
    """Which sentence tells it: whoever is only informed has nothing to acknowledge."""
    if isinstance(data, ReceiptDelivered) and data.acknowledge_by is None:
        return "InformedDelivered"
    return data.type


@cache
def _hints(kind: type[Fact]) -> dict[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    return {name: hints[name] for name in kind.model_fields if name != "type"}


def _assignments(data: EventData) -> Sequence[str]:
    return data.concerns().assignments


def _units(data: EventData) -> list[str]:
    """Units that the event names, be it only as the one that a proposal is about."""
    hints = _hints(type(data))
    return [getattr(data, name) for name, hint in hints.items() if without_none(hint) == UnitId]
