"""Events of a simulation say so; those of reality stay as they were."""

import json

from domain.arrival import Parcel
from domain.event import Event
from domain.events import read_event
from domain.handling import Handling
from tests.support.builders import (
    ISSUED,
    STREAM,
    acknowledge,
    by,
    delivered,
    directive,
    issue,
    local_time,
    obligation,
    progress,
)
from tests.support.desk import arrival

SHIFT = -123_028_216


def handled(shift: int | None) -> list[Event]:
    """An issue, two commands all or none, and what time brings about."""
    handling = Handling(stream=STREAM, state=None, known={}, shift=shift)
    content = directive(obligation("unit-a", deadline=by("2026-11-05")))
    together = [arrival(one, ISSUED) for one in (acknowledge(), progress())]
    handling.run(
        [
            Parcel(arrivals=[arrival(issue(content), ISSUED)]),
            Parcel(arrivals=[arrival(delivered(), ISSUED)]),
            Parcel(arrivals=together, atomic=True),
        ],
        local_time("2026-11-20 09:00"),
    )
    return handling.events


def test_every_event_of_a_simulation_bears_its_shift() -> None:
    events = handled(SHIFT)
    kinds = {event.data.type for event in events}
    assert {"DirectiveIssued", "ReceiptDelivered", "Acknowledged", "ProgressReported", "DeadlinePassed"} <= kinds
    assert {event.shift for event in events} == {SHIFT}
    assert {event.envelope()["shift"] for event in events} == {SHIFT}


def test_it_is_read_back_as_it_was_written() -> None:
    for event in handled(SHIFT):
        assert read_event(json.loads(json.dumps(event.envelope()))) == event


def test_what_is_real_says_nothing_of_a_shift() -> None:
    assert all("shift" not in event.envelope() for event in handled(None))
