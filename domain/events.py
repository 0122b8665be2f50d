"""Every kind of event, and how stored ones are read."""

from typing import Any, Final

import domain.alarms  # noqa: F401 - holds events of time, which are found as soon as it is read
from domain.commands import concrete
from domain.event import Event, EventData
from domain.upcasting import upcast

EVENTS: Final[dict[str, type[EventData]]] = {one.model_fields["type"].default: one for one in concrete(EventData)}


class UnknownEventError(Exception):
    """The journal holds an event that this program cannot read: the program is too old, or the row is not ours."""


def read_event(envelope: dict[str, Any]) -> Event:
    """An event from its stored envelope, of whatever schema. Raises ``UnknownEventError``."""
    rest = as_written_now(envelope)
    kind, data = rest.pop("type"), rest.pop("data")
    del rest["schema"]
    content = EVENTS[kind].model_validate(data, strict=False)
    return Event.model_validate({**rest, "data": content}, strict=False)


def as_written_now(envelope: dict[str, Any]) -> dict[str, Any]:
    """The envelope with its data in the schema of this program. Raises ``UnknownEventError``."""
    kind, schema, data = envelope["type"], envelope["schema"], envelope["data"]
    model = EVENTS.get(kind)
    if model is not None:
        schema, data = upcast(kind, schema, data, model.schema_version)
    if model is None or schema != model.schema_version:
        raise UnknownEventError(f"{envelope['stream']} version {envelope['version']}: {kind} schema {schema}")
    return {**envelope, "schema": schema, "data": data}
