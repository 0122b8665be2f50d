"""Rows of the read models as JSON documents."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any


def as_json(row: Mapping[str, Any]) -> dict[str, Any]:
    """Instants in UTC and days as ISO 8601, everything else as it is."""
    return {name: _json(value) for name, value in row.items()}


def _json(value: Any) -> Any:  # noqa: ANN401 - any column
    return value.isoformat() if isinstance(value, (date, datetime)) else value
