"""Makes values with their places."""

from typing import Literal, TypeVar

from intake.reading import Read
from intake.source import Source, Zone

T = TypeVar("T")


def found(source: Source, value: T, *zones: Zone, certainty: Literal["certain", "likely"] = "certain") -> Read[T]:
    """A value that stands at the given places."""
    return Read(value=value, spans=[source.span(zone) for zone in zones], certainty=certainty)


def words(
    source: Source, zone: Zone, tail: str = "", certainty: Literal["certain", "likely"] = "certain"
) -> Read[str] | None:
    """The words of a zone without what surrounds them; none where none are left. ``tail``: dropped at the end."""
    trimmed = source.trim(zone, tail)
    if trimmed.start >= trimmed.end:
        return None
    return found(source, source.words(trimmed), trimmed, certainty=certainty)
