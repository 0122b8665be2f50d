"""Search attributes: few, and seldom changed. Lists come from the journal; these are for operators."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from temporalio.common import SearchAttributeIndexedValueType, SearchAttributeKey, SearchAttributeUpdate

STATUS: Final = SearchAttributeKey.for_keyword("DirectiveStatus")
ISSUER: Final = SearchAttributeKey.for_keyword("DirectiveIssuer")
URGENCY: Final = SearchAttributeKey.for_keyword("DirectiveUrgency")
NEXT_DEADLINE: Final = SearchAttributeKey.for_datetime("DirectiveNextDeadline")

TYPES: Final[Mapping[str, SearchAttributeIndexedValueType]] = {
    key.name: key.indexed_value_type for key in (STATUS, ISSUER, URGENCY, NEXT_DEADLINE)
}
"""Name to type, as a namespace has to register them."""


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[SearchAttributeUpdate[Any]]:
    """What to upsert: only what differs, for every upsert is an event."""
    updates: list[SearchAttributeUpdate[Any]] = [
        key.value_set(after[key.name])
        for key in (STATUS, ISSUER, URGENCY)
        if after.get(key.name, "") != before.get(key.name, "")
    ]
    deadline = after.get(NEXT_DEADLINE.name, "")
    if deadline != before.get(NEXT_DEADLINE.name, ""):
        set_to = NEXT_DEADLINE.value_set(datetime.fromisoformat(deadline)) if deadline else NEXT_DEADLINE.value_unset()
        updates.append(set_to)
    return updates
