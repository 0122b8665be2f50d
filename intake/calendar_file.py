"""Writes a calendar as the file that ``load_calendar`` reads."""

from collections.abc import Iterator
from itertools import groupby
from textwrap import indent
from typing import Any, Final

import yaml

from domain.base import Fact
from domain.calendar import Calendar

_WIDTH: Final = 100


def yaml_of(calendar: Calendar) -> str:
    """The calendar as YAML, days by years."""
    return "\n".join(_parts(calendar))


def _parts(calendar: Calendar) -> Iterator[str]:
    yield _yaml({"id": calendar.id, "version": calendar.version})
    if calendar.hours:
        yield "hours:\n" + indent(_yaml([_plain(one, "first", "last") for one in calendar.hours]), "  ")
    if calendar.days:
        yield "days:"
    for year, days in groupby(calendar.days, key=lambda one: one.day.year):
        yield indent(f"# {year}\n" + _yaml([_plain(one, "day") for one in days]), "  ")


def _plain(fact: Fact, *days: str) -> dict[str, Any]:
    """What differs from the default; days as days, which YAML has a form for."""
    written = fact.model_dump(mode="json", exclude_defaults=True)
    return written | {name: getattr(fact, name) for name in days if name in written}


def _yaml(content: Any) -> str:  # noqa: ANN401 - any plain value
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=_WIDTH)
