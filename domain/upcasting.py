"""Upcasters: how what an earlier release wrote is read as what this one writes. The journal itself is never rewritten.

An event names the schema of its data. Where a release changes the shape of a kind of event, its ``schema_version``
rises by one, and an upcaster from the schema before is entered here. What holds references to words that are kept
apart (``activities/journal/erasable.py``) passes through as it is: an upcaster may move a value, never look into it.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

Data = dict[str, Any]
Upcaster = Callable[[Data], Data]
"""From the data of a schema to those of the next one; the data given are not the upcaster's to change."""


def _reminded_by_the_ladder(data: Data) -> Data:
    """The first release noted when it would remind; whoever urges since is asked when it is time (domain/ladder.py)."""
    return {name: value for name, value in data.items() if name != "remind_at"}


UPCASTERS: Final[Mapping[tuple[str, int], Upcaster]] = {("DeadlineSet", 1): _reminded_by_the_ladder}
"""By type of event and the schema that is read."""


def upcast(kind: str, schema: int, data: Data, target: int) -> tuple[int, Data]:
    """The data in schema ``target``, or in the last schema before it to which upcasters lead; with that schema."""
    while schema < target and (step := UPCASTERS.get((kind, schema))) is not None:
        schema, data = schema + 1, step(data)
    return schema, data
