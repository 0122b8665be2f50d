"""Lines of one paper belong together, and must say the same of it."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Final

from domain.document import number_of
from intake.importing.faults import Fault
from intake.importing.lines import Line

_OF_THE_PAPER: Final = ("issued_date", "kind", "subject", "signer_position", "signer_name", "priority")
_OF_THE_ITEM: Final = ("task", "mode", "deadline")


def papers(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines of each paper. Within a year a number is given once: two days of it are no two papers but a mistake."""
    return _grouped(lines, _paper)


def _paper(line: Line) -> Hashable:
    number, symbol, day = line.get("number"), line.get("symbol"), line.get("issued_date")
    return None if None in (number, symbol, day) else (number_of(number), symbol, day.year)


def _by(column: str) -> Callable[[Line], Hashable]:
    return lambda line: line.get(column)


def _grouped(lines: Iterable[Line], name_of: Callable[[Line], Hashable]) -> list[list[Line]]:
    """Lines of one name, in the order of their first; those without a name are left out."""
    groups: dict[Hashable, list[Line]] = {}
    for line in lines:
        if (name := name_of(line)) is not None:
            groups.setdefault(name, []).append(line)
    return list(groups.values())


def contradictions(paper: Sequence[Line]) -> Iterator[Fault]:
    """What its lines say differently, and who holds what twice or without a lead."""
    yield from _differing(paper, _OF_THE_PAPER)
    for held in _grouped(paper, _by("unit")):
        yield from _differing([one for one in held if one.get("acknowledged_on")], ("acknowledged_on",))
    for item in _grouped(paper, _by("item")):
        yield from _differing(item, _OF_THE_ITEM)
        yield from _holders(item)


def _differing(lines: Sequence[Line], columns: Iterable[str]) -> Iterator[Fault]:
    for column in columns:
        for line in lines[1:]:
            if line.get(column) != lines[0].get(column):
                yield line.fault(column, "differs", str(lines[0].number))


def _holders(item: Sequence[Line]) -> Iterator[Fault]:
    for first, *others in _grouped(item, _by("unit")):
        yield from (line.fault("unit", "unit_twice_since", str(first.number)) for line in others)
    supporting = [line for line in item if line.get("role") == "support"]
    if item[0].get("mode") == "each":
        yield from (line.fault("role", "each_support") for line in supporting)
    elif len(item) - len(supporting) != 1:
        yield item[0].fault("role", "joint_lead")
