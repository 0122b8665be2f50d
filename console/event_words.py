"""An event in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from catalogue import Language, text
from catalogue.refusals import refusal
from console.times import deadline_shown
from domain.commands.issue import DirectiveIssued
from domain.commands.record_delivery import ReceiptDelivered
from domain.event import Event, EventData
from domain.rejection import CommandRejected

_QUOTED: Final = ("text", "reason", "note", "problem")
"""Fields with words of people, quoted behind ours."""
_CODED: Final = ("cause", "to", "channel")
"""Fields with words of the code, which the catalogue translates."""


def _kind(data: EventData) -> str:
    """Which sentence tells it: whoever is only informed has nothing to acknowledge."""
    if isinstance(data, ReceiptDelivered) and data.acknowledge_by is None:
        return "InformedDelivered"
    return data.type


class Story:
    """Knows from the first event who is who and who holds what."""

    def __init__(self, first: Event, language: Language) -> None:
        if not isinstance(first.data, DirectiveIssued):
            raise TypeError(f"{first.stream}: begins with {first.data.type}")
        self._issued = first.data
        self._language = language
        units = first.data.directive.directory.units
        self._units: Mapping[str, str] = {unit.id: unit.name for unit in units}
        self._holders = {held.id: held.unit for held in first.data.assignments}

    def who(self, event: Event) -> str:
        """Person, role and unit."""
        actor = event.actor
        role = text(f"role.{actor.role}", self._language)
        if actor.unit is None:
            return role if actor.person == actor.role else f"{actor.person} ({role})"
        return f"{actor.person} ({role}, {self._unit(actor.unit)})"

    def what(self, event: Event) -> str:
        """What happened, with what people wrote."""
        data = event.data
        if isinstance(data, CommandRejected):
            reason = refusal(data.code, data.details, self._language)
            return text(
                "event.CommandRejected", self._language, code=data.code, command=data.command or "–", reason=reason
            )
        said = text(f"event.{_kind(data)}", self._language, **self._params(data))
        quoted = [f"“{words}”" for name in _QUOTED if (words := getattr(data, name, None))]
        return ": ".join([said, *quoted])

    def _params(self, data: Any) -> dict[str, Any]:  # noqa: ANN401 - any kind of event
        if isinstance(data, DirectiveIssued):
            document = data.directive.document
            return {
                "number": f"{document.code_number}/{document.code_notation}",
                "assignments": len(data.assignments),
                "units": len({held.unit for held in data.assignments}),
            }
        params = {name: self._shown(name, getattr(data, name)) for name in type(data).model_fields}
        if "assignment" in params:
            params["unit"] = self._unit(self._holders[params["assignment"]])
        return params

    def _shown(self, name: str, value: Any) -> Any:  # noqa: ANN401 - any field
        if isinstance(value, datetime):
            return deadline_shown(value)
        if name == "unit":
            return self._unit(value)
        if name in _CODED:
            return text(f"{name}.{value}", self._language)
        return "–" if value is None else value

    def _unit(self, unit: str) -> str:
        return self._units.get(unit, unit)
