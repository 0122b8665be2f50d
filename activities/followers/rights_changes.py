"""The list of what changed the rights of persons, for somebody of the issuer to look at and confirm."""

from collections.abc import Sequence

from activities.followers.follower import Entry
from activities.followers.queries import query
from activities.journal.pool import Connection
from domain.event import EventData


class RightsChanges:
    """Which events these are says the domain (``EventData.changes_rights``)."""

    name = "rights_changes"

    async def apply(self, connection: Connection, entries: Sequence[Entry]) -> None:
        """Enter those that do. Raises ``UnknownEventError``."""
        found = [entry for entry in entries if _may(entry) and entry.event.data.changes_rights()]
        await connection.execute(
            query("rights_changes"),
            [entry.seq for entry in found],
            [entry.stream for entry in found],
            [entry.version for entry in found],
            [entry.kind for entry in found],
            [entry.at for entry in found],
        )


def _may(entry: Entry) -> bool:
    # Most kinds never do; only of the others is it worth reading what the event says.
    return entry.model.changes_rights is not EventData.changes_rights
