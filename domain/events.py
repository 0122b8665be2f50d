"""Every kind of event, and how stored ones are read."""

from typing import Any, Final

import domain.alarms  # noqa: F401 - holds events of time, which are found as soon as it is read
from domain.commands import concrete
from domain.event import Event, EventData

EVENTS: Final[dict[str, type[EventData]]] = {one.model_fields["type"].default: one for one in concrete(EventData)}


class UnknownEventError(Exception):
    """The journal holds an event that this program cannot read: the program is too old, or the row is not ours."""


def read_event(envelope: dict[str, Any]) -> Event:
    """An event from its stored envelope. Raises ``UnknownEventError``."""
    rest = dict(envelope)
    kind, schema, data = rest.pop("type"), rest.pop("schema"), rest.pop("data")
    model = EVENTS.get(kind)
    if model is None or schema != model.schema_version:
        raise UnknownEventError(f"{envelope['stream']} version {envelope['version']}: {kind} schema {schema}")
    content = model.model_validate(data, strict=False)
    return Event.model_validate({**rest, "data": content}, strict=False)
