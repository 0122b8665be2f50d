"""Spans at any instant tell what the fold of the events until then tells; told batch by batch or from all events."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

import pytest

from domain.event import Event
from domain.fold import fold_as_of
from domain.spans import Span, Spans, Standing, acknowledgement, lasting, receipt_key, rewritten, spans_of, standing
from domain.state import DirectiveState
from tests.support import builders
from tests.support.builders import ISSUED, OPERATOR, acknowledge, directive, head_of, obligation, report, unit_json
from tests.support.desk import Desk
from tests.support.instants import instants
from tests.support.lives import lived

SEEDS: Final = range(120)
EACH: Final = 25
THE_END: Final = datetime.max.replace(tzinfo=UTC)


def told(state: DirectiveState | None) -> dict[str, Standing]:
    """How everything stands that figures count."""
    if state is None:
        return {}
    found = {one.id: standing(state, one) for one in state.assignments.values()}
    receipts = [*state.earlier_receipts, *state.receipts.values()]
    acknowledged = {receipt_key(one): acknowledgement(state, one) for one in receipts}
    return {**found, **{key: one for key, one in acknowledged.items() if one is not None}}


def at_instant(spans: dict[str, list[Span]], at: datetime) -> dict[str, Standing]:
    found: dict[str, Standing] = {}
    for key, own in spans.items():
        for span, until in lasting(own):
            if span.since <= at < (until or THE_END) and span.standing is not None:
                assert key not in found
                found[key] = span.standing
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_at_any_instant_the_spans_tell_what_the_events_until_then_tell(seed: int) -> None:
    events = [event for _, handling in lived(seed) for event in handling.events]
    spans = spans_of(events)
    for at in instants(events, Random(seed), EACH):
        assert at_instant(spans, at) == told(fold_as_of(events, at)), at


@pytest.mark.parametrize("seed", SEEDS)
def test_told_batch_by_batch_they_are_the_same(seed: int) -> None:
    events: list[Event] = []
    kept: dict[str, list[Span]] = {}
    for _, handling in lived(seed):
        events += handling.events
        _keep(kept, handling.spans, events)
    assert shown(kept) == shown(spans_of(events))


def test_told_anew_it_is_what_concerns_the_assignment_that_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    others = [f"unit-{number}" for number in range(30)]
    desk = Desk(directive(obligation("unit-a", *others)))
    desk.do(acknowledge("unit-a"))
    for minute, unit in enumerate(others, start=1):
        desk.do(acknowledge(unit), at=ISSUED + timedelta(minutes=minute))
    units = [{**unit_json("unit-a"), "kind": "department"}]
    paper = {"notation": "9/TB", "issued_date": "2026-11-03"}
    directory = {"version": "2", "sha256": "1" * 64, "units": units}
    desk.do(builders.command("apply_directory", OPERATOR, directory=directory, document=paper))
    desk.run_at(desk.now - timedelta(seconds=30), report("unit-a", by=head_of("unit-a")), desk.now)
    looked_at: list[datetime] = []

    def folded(events: Iterable[Event], at: datetime) -> DirectiveState | None:
        looked_at.append(at)
        return fold_as_of(events, at)

    monkeypatch.setattr("domain.spans.fold_as_of", folded)
    spans = spans_of(desk.events)
    assert len(spans["1.1"]) == 3
    assert len(looked_at) < 10


def _keep(kept: dict[str, list[Span]], batch: Spans, events: list[Event]) -> None:
    for key, begun in batch.begun.items():
        before = kept.setdefault(key, [])
        since = before[-1].since if before else None
        found = rewritten(begun, since, events) if key in batch.unsure else None
        if found is not None and found.whole:
            before.clear()
        before += found.spans if found is not None else begun


def shown(spans: dict[str, Iterable[Span]] | dict[str, list[Span]]) -> dict[str, list[tuple[Span, datetime | None]]]:
    return {key: own for key, begun in spans.items() if (own := list(lasting(list(begun))))}
