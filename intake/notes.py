"""Collects what a reading must say beside its values."""

from intake.reading import Caution, CautionCode, NotUnderstood, Span, UnclearField
from intake.source import Source, Zone

_EXCERPT = 300


class Notes:
    """Warnings and pieces not understood, in the order in which they were met."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.warnings: list[Caution] = []
        self.not_understood: list[NotUnderstood] = []

    def warn(self, code: CautionCode, *places: Zone | Span, **params: str | int) -> None:
        """Say something about the reading; ``code`` has its words in the catalogue."""
        spans = [self._source.span(place) if isinstance(place, Zone) else place for place in places]
        self.warnings.append(Caution(code=code, params=params, spans=spans))

    def unclear(self, field: UnclearField, zone: Zone, item: str | None = None) -> None:
        """Name a piece of text that could not be read."""
        trimmed = self._source.trim(zone)
        if trimmed.start < trimmed.end:
            text = self._source.words(trimmed)[:_EXCERPT]
            span = self._source.span(trimmed)
            self.not_understood.append(NotUnderstood(field=field, text=text, span=span, item=item))
