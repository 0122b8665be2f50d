"""Counts of obligations told in the text, checked for adding up."""

import re

from intake.found import found
from intake.notes import Notes
from intake.reading import Figures, Read
from intake.source import Source, Zone

_COUNT = r"(?P<{}>[0-9]{{1,3}}(?:\.[0-9]{{3}})+|[0-9]{{1,9}})\s+nhiem\s+vu"
_LATE = r"(?:\s*\(?\s*(?:trong do\s+)?(?:co\s+)?" + _COUNT + r"\s+(?:bi\s+)?(?:qua han|cham|tre))?"
_GIVEN = re.compile(r"(?:da co|tong so|da giao|co)\s+" + _COUNT.format("given"))
_DONE = re.compile(r"hoan thanh\s+" + _COUNT.format("done") + _LATE.format("late"))
_OPEN = re.compile(r"dang\s+(?:xu ly|thuc hien|giai quyet)\s+" + _COUNT.format("open") + _LATE.format("late"))


def figures(source: Source, zone: Zone, notes: Notes) -> Figures | None:
    """The first sentence that tells how many were given, done and are open; what does not add up is said."""
    done = _DONE.search(source.plain, *zone)
    if done is None:
        return None
    given = _GIVEN.search(source.plain, *zone)
    still_open = _OPEN.search(source.plain, *zone)
    if given is None or still_open is None:
        notes.unclear("figures", Zone(*done.span()))
        return None
    read = Figures(
        given=_count(source, given, "given"),
        done=_count(source, done, "done"),
        done_late=_count(source, done, "late") if done["late"] else None,
        open=_count(source, still_open, "open"),
        open_late=_count(source, still_open, "late") if still_open["late"] else None,
    )
    _check(read, notes)
    return read


def _count(source: Source, match: re.Match[str], name: str) -> Read[int]:
    return found(source, int(match[name].replace(".", "")), Zone(*match.span(name)))


def _check(read: Figures, notes: Notes) -> None:
    given, done, still_open = read.given.value, read.done.value, read.open.value
    if given != done + still_open:
        spans = [*read.given.spans, *read.done.spans, *read.open.spans]
        notes.warn("figures_do_not_add_up", *spans, given=given, done=done, open=still_open, sum=done + still_open)
    for part, whole in ((read.done_late, read.done), (read.open_late, read.open)):
        if part and part.value > whole.value:
            notes.warn("figures_part_exceeds_whole", *part.spans, *whole.spans, part=part.value, whole=whole.value)
