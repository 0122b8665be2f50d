"""The figures as of another instant than now: counted from the journal, for the read models tell the present only."""

import re
from collections import Counter, defaultdict
from datetime import UTC, date, datetime
from typing import Final

from activities.journal.read import load_events
from console.call import Call
from console.cells import COLUMNS
from console.database import Connection, Row, rows
from console.fields import BadValueError
from console.waiting import progress
from domain.base import LOCAL
from domain.calendar import end_of
from domain.figures import Holder, assigned, tally
from domain.fold import fold_as_of
from domain.state import DirectiveState

_FORM: Final = "YYYY-MM-DD[ HH:MM]"
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_MINUTE: Final = re.compile(_DAY.pattern + r"[T ]\d\d:\d\d.*")


def read_as_of(option: str, typed: str) -> datetime:
    """The instant that was typed: a day means its 24:00; an hour without an offset is local.

    Raises ``BadValueError``, which names ``option``.
    """
    typed = typed.strip()
    try:
        if _DAY.fullmatch(typed):
            return end_of(date.fromisoformat(typed)).astimezone(UTC)
        if _MINUTE.fullmatch(typed):
            instant = datetime.fromisoformat(typed)
            return (instant if instant.tzinfo else instant.replace(tzinfo=LOCAL)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadValueError(option, _FORM) from error
    raise BadValueError(option, _FORM)


class Count:
    """What ``cells.sql`` gives, added up directive by directive, so that never more than one is in memory."""

    def __init__(self, at: datetime, since: date | None, until: date | None) -> None:
        """Of what was assigned on days from ``since`` to ``until``, as of ``at``."""
        self._at, self._since, self._until = at, since, until
        self._counted: defaultdict[Holder, Counter[str]] = defaultdict(Counter)
        self._names: dict[Holder, tuple[date, str]] = {}

    def add(self, state: DirectiveState) -> None:
        """Count a directive as it stood at that instant."""
        among = assigned(state, self._since, self._until)
        for holder, counted in tally(state, among, self._at).items():
            self._counted[holder].update(counted)
            self._name(holder, date.min, state)
        for one in among:
            self._name(Holder(one.unit, one.role), one.assigned_on, state)

    def rows(self) -> list[Row]:
        """A row for each holder."""
        return [
            {
                **holder._asdict(),
                "unit_name": self._names[holder][1],
                **{name: counted[name] for name in COLUMNS},
            }
            for holder, counted in self._counted.items()
        ]

    def _name(self, holder: Holder, assigned_on: date, state: DirectiveState) -> None:
        """Units are renamed: what was assigned last knows the present name."""
        named = (assigned_on, state.units[holder.unit].name)
        self._names[holder] = max(self._names.get(holder, named), named)


async def counted_as_of(
    call: Call, connection: Connection, at: datetime, since: date | None, until: date | None
) -> list[Row]:
    """The rows of ``cells.sql`` as they would have been at that instant."""
    count = Count(at, since, until)
    streams = [row["stream"] for row in await rows(connection, "streams_assigned", since, until, at)]
    with progress(call, len(streams), "cli.counting") as advance:
        for stream in streams:
            state = fold_as_of(await load_events(connection, stream), at)
            if state is not None:
                count.add(state)
            advance()
    return count.rows()
