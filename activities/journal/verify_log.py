"""A directive's events against their entries in the record's order."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from activities.journal.difference import Difference, runs
from activities.journal.verify_chain import Row


def differing_entries(hashes: Mapping[int, bytes], entries: Sequence[Row], waiting: int) -> Iterator[Difference]:
    """What does not fit. ``hashes``: of the events, by version. ``entries``: by their place.

    ``waiting``: the version up to which events are committed and wait for their entries; 0 for none.
    """
    logged = {row["version"]: row for row in entries}
    yield from _deleted(hashes, logged, waiting)
    yield from _unlogged(hashes, logged, waiting)
    before = 0
    for row in entries:
        version, place = row["version"], {"seq": str(row["seq"])}
        if version <= before:
            yield Difference("order", version, place)
        if version in hashes and hashes[version] != row["hash"]:
            yield Difference("log_hash", version, place)
        before = version


def _deleted(hashes: Mapping[int, bytes], logged: Mapping[int, Any], waiting: int) -> Iterator[Difference]:
    for first, last in runs(sorted(logged.keys() - hashes.keys())):
        places = sorted(logged[version]["seq"] for version in range(first, last + 1))
        told = {"until": str(last), "seq": str(places[0]), "seq_until": str(places[-1])}
        yield Difference("deleted", first, told)
    if waiting > max(hashes, default=0):
        yield Difference("deleted_unlogged", waiting)


def _unlogged(hashes: Mapping[int, bytes], logged: Mapping[int, Any], waiting: int) -> Iterator[Difference]:
    # The sequencer takes a directive's events in their order: only behind the last entry may one wait for its own.
    behind = max(logged, default=0)
    missing = (version for version in sorted(hashes.keys() - logged.keys()) if not behind < version <= waiting)
    for first, last in runs(missing):
        yield Difference("unlogged", first, {"until": str(last)})
