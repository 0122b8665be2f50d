"""A life with the kinds of events that most have."""

from datetime import timedelta

from domain.event import Event
from tests.support import builders as build
from tests.support.builders import ISSUED
from tests.support.desk import Desk


def events() -> list[Event]:
    """In order."""
    content = build.directive(
        build.obligation("unit-a", "unit-b", deadline=build.by("2026-11-20")), informed=["unit-c"]
    )
    desk = Desk(content)
    desk.do(build.delivered("unit-a", "unit-b", "unit-c"), at=ISSUED + timedelta(minutes=1))
    desk.do(build.record_delivery(build.delivery("unit-b", problem="hộp thư đầy")))
    desk.do(build.refuse("unit-b"))
    desk.wait_until(ISSUED + timedelta(days=30))
    desk.do(build.acknowledge("unit-a"), build.acknowledge("unit-b"))
    for unit in ("unit-a", "unit-b"):
        desk.do(build.progress(unit, text="đã quán triệt"), build.report(unit), build.send_back(unit))
        desk.do(build.report(unit), build.approve(unit), build.return_report(unit))
        desk.do(build.report(unit), build.approve(unit), build.accept(unit))
    desk.one(build.progress("unit-a"))
    desk.do(build.close(note="đã xong"))
    return desk.events
