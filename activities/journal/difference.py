"""What is wrong with a directive, or with the record as a whole: a code, a place, and what its sentence needs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Difference:
    """``version``: of the event concerned; none where it is the head, a read model, or the record as a whole.

    ``code``: what kind. ``details``: what the catalogue's sentence for the code needs.
    """

    code: str
    version: int | None = None
    details: Mapping[str, str] = field(default_factory=dict)


def runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each stretch of rising numbers without a gap: a thousand lost events are told as one loss."""
    first: int | None = None
    last = 0
    for number in numbers:
        if first is not None and number != last + 1:
            yield first, last
            first = None
        first, last = number if first is None else first, number
    if first is not None:
        yield first, last
