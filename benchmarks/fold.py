"""How many events a second are folded into a state. Run by hand: ``python benchmarks/fold.py [--json]``.

Two directives: one of 40 units, and one of 10,500, every commune of the country. Every unit has a deadline, receives,
acknowledges, and reports round after round until there are enough events. "fold": events that are in memory; "read and
fold": from the stored JSON text, as a worker does that has forgotten the state. Absolute figures mean nothing on a
shared machine; the two sizes side by side say whether folding is linear.
"""

import argparse
import json
import platform
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

from domain.actor import SYSTEM, Actor, Role
from domain.calendar import end_of
from domain.commands.accept import ReportAccepted
from domain.commands.acknowledge import Acknowledged
from domain.commands.approve import ReportApproved
from domain.commands.issue import Issue
from domain.commands.progress import ProgressReported
from domain.commands.record_delivery import ReceiptDelivered
from domain.commands.report import ReportSubmitted
from domain.commands.return_report import ReportReturned
from domain.directive import Directive
from domain.event import Event, EventData, event_id
from domain.events import read_event
from domain.fold import fold

EVENTS = 100_000
ISSUER, STREAM = "office", "directive/office/2026/17-UBND-NC"
OFFICER = Actor(person="officer of unit", role=Role.OFFICER, unit="unit-1")
NOTICE = UUID(int=1)


def directive(units: int) -> Directive:
    """One obligation, every unit leads its own."""
    names = [f"unit-{number}" for number in range(1, units + 1)]
    content = {
        "document": {
            "issuer": ISSUER,
            "organ_name": "Ủy ban nhân dân",
            "code_number": "17",
            "code_notation": "UBND-NC",
            "type_name": "công văn",
            "subject": "tăng cường kiểm tra",
            "issued_date": "2026-11-02",
            "signer": {"position": "CHỦ TỊCH", "full_name": "Signer"},
        },
        "obligations": [
            {
                "item": "1",
                "text": "Tổ chức thực hiện.",
                "mode": "each",
                "lead": names,
                "deadline": {"kind": "date", "day": "2026-12-31"},
            }
        ],
        "directory": {
            "version": "1",
            "sha256": "0" * 64,
            "units": [{"id": name, "name": name} for name in (ISSUER, *names)],
        },
    }
    return Directive.model_validate(content, strict=False)


def stream(units: int) -> list[Event]:
    """At least ``EVENTS`` events of one directive."""
    content = directive(units)
    clerk = Actor(person="clerk", role=Role.CLERK, unit=ISSUER)
    issue = Issue(type="issue", command_id="issue", actor=clerk, directive=content)
    at = end_of(content.document.issued_date)
    events: list[Event] = []

    def append(data: EventData) -> None:
        version = len(events) + 1
        events.append(
            Event(
                stream=STREAM,
                version=version,
                event_id=event_id(STREAM, "command", version),
                at=at + timedelta(seconds=version),
                clock="service",
                actor=SYSTEM if isinstance(data, ReceiptDelivered) else OFFICER,
                command_id=f"command-{version}",
                data=data,
            )
        )

    for data in issue.begin(at):
        append(data)
    for number in range(1, units + 1):
        append(
            ReceiptDelivered(
                unit=f"unit-{number}", revision=1, channel="email", notice=NOTICE, delivered_at=at, acknowledge_by=at
            )
        )
        append(Acknowledged(unit=f"unit-{number}", revision=1))
    report = 0
    while len(events) < EVENTS:
        report += 1
        for number in range(1, units + 1):
            for data in _round(f"1.{number}", report):
                append(data)
    for number in range(1, units + 1):
        append(ReportAccepted(assignment=f"1.{number}", report=report))
    return events


def _round(assignment: str, report: int) -> Iterator[EventData]:
    if report > 1:
        yield ReportReturned(assignment=assignment, report=report - 1, reason="chưa đủ căn cứ")
    yield ProgressReported(assignment=assignment, percent=50, text="đang thực hiện")
    yield ReportSubmitted(assignment=assignment, report=report, to="head", text="đã hoàn thành")
    yield ReportApproved(assignment=assignment, report=report)


def best(work: Callable[[], object], rounds: int = 5) -> float:
    """Seconds of the fastest round."""
    took = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return min(took)


def measured(units: int) -> dict[str, int]:
    """Events, and how many of them a second."""
    events = stream(units)
    stored = [json.dumps(event.envelope(), ensure_ascii=False) for event in events]
    folding = best(lambda: fold(events))
    reading = best(lambda: fold(read_event(json.loads(one)) for one in stored), rounds=2)
    return {
        "units": units,
        "events": len(events),
        "fold_events_per_second": round(len(events) / folding),
        "read_and_fold_events_per_second": round(len(events) / reading),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How many events a second are folded into a state.")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    as_json: bool = parser.parse_args().json
    results = [measured(units) for units in (40, 10_500)]
    if as_json:
        print(json.dumps({"python": platform.python_version(), "results": results}))
        return
    for one in results:
        print(
            f"{one['units']:>6,} units, {one['events']:,} events: "
            f"fold {one['fold_events_per_second']:,}/s, "
            f"read and fold {one['read_and_fold_events_per_second']:,}/s"
        )


if __name__ == "__main__":
    main()
