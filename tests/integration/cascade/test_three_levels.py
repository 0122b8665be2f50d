"""Three levels on the real parts: what happens below is known above, and what is decided above below."""

import json
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from activities.journal.verify import verify
from activities.relays.relay import MOST_AT_ONCE
from domain.relays import standing
from tests.support.service import ISSUER, Service, command, issue, stream_of, unit
from tests.support.waiting import until

pytestmark = pytest.mark.usefixtures("relayer")


def in_seconds(seconds: float) -> dict[str, Any]:
    """A deadline by local wall clock."""
    instant = datetime.now(UTC) + timedelta(hours=7, seconds=seconds)
    return {"kind": "date", "day": instant.date().isoformat(), "bound": "by", "hour": instant.time().isoformat()}


def below(parent: str, issuer: str, holder: str, deadline: dict[str, Any]) -> dict[str, Any]:
    """An issue of ``issuer`` under assignment 1.1 of ``parent``."""
    start = issue((holder,), deadline=deadline, document={"issuer": issuer})
    start["actor"]["unit"] = issuer
    start["directive"]["directory"]["units"].append(unit(issuer))
    start["directive"]["under"] = {"stream": parent, "assignment": "1.1"}
    return start


async def cascade(service: Service, deadlines: Iterable[dict[str, Any]]) -> list[str]:
    """Streams from the top down; each held by the issuer of the next."""
    streams: list[str] = []
    issuers = [ISSUER, "district", "ward", "hamlet"]
    for number, deadline in enumerate(deadlines):
        start = (
            issue((issuers[1],), deadline=deadline)
            if not streams
            else below(streams[-1], issuers[number], issuers[number + 1], deadline)
        )
        await service.issue(start)
        streams.append(stream_of(start))
    return streams


async def types(service: Service, stream: str) -> list[str]:
    return [event.data.type for event in await service.events(stream)]


async def test_a_late_ward_turns_the_top_overdue_by_one_relay_for_each_change(service: Service) -> None:
    day = in_seconds(86_400)
    top, middle, bottom = await cascade(service, [day, day, in_seconds(2)])
    await until(lambda: service.state(top), lambda state: standing(state) == "overdue")
    told = await service.pool.fetch("SELECT stream, command ->> 'standing' AS now FROM relays ORDER BY place")
    assert sorted((row["stream"], row["now"]) for row in told) == sorted(
        [(middle, "in_time"), (bottom, "in_time"), (bottom, "overdue"), (middle, "overdue")]
    )
    assert (await types(service, top)).count("ChildRecorded") == 2
    answer = await service.submit(top, command("acknowledge", "district"))
    assert answer["outcome"] == "done", answer
    answer = await service.submit(top, command("report", "district", text="Đã hoàn thành."))
    assert answer["code"] == "children_owe"
    async with service.pool.acquire() as connection:
        for stream in (top, middle, bottom):
            assert (await verify(connection, stream)).differences == []


async def test_a_directive_that_cannot_be_told_does_not_hold_up_the_others(service: Service) -> None:
    [top] = await cascade(service, [in_seconds(86_400)])
    # Longer than the server takes an id.
    stuck = [("x" * 2_000, "{}")] * MOST_AT_ONCE
    for target, said in [*stuck, (top, json.dumps(command("acknowledge", "district")))]:
        await service.pool.execute(
            "INSERT INTO relays (stream, id, target, command, created_at) VALUES ($1, $2, $3, $4, now())",
            top,
            uuid.uuid4(),
            target,
            said,
        )
    await until(lambda: types(service, top), lambda found: "Acknowledged" in found)
    waiting = await service.pool.fetch("SELECT target FROM relays WHERE sent_at IS NULL")
    assert [row["target"] for row in waiting] == [target for target, _ in stuck]


async def test_a_waiver_above_is_told_below(service: Service) -> None:
    top, middle = await cascade(service, [in_seconds(86_400)] * 2)
    await until(lambda: types(service, top), lambda found: "ChildRecorded" in found)
    paper = {"notation": "99/UBND-TH", "issued_date": "2026-11-02"}
    waive = command("waive", "district", role="leader", authority=paper, reason="không còn")
    assert (await service.submit(top, waive))["outcome"] == "done"
    await until(lambda: types(service, middle), lambda found: "SuperiorReleased" in found)
    kinds = await service.pool.fetch("SELECT kind FROM notices WHERE stream = $1 AND unit = 'district'", middle)
    assert [row["kind"] for row in kinds] == ["superior_released"]


async def test_a_recall_goes_down_three_levels(service: Service) -> None:
    streams = await cascade(service, [in_seconds(86_400)] * 3)
    recorded = "SELECT count(DISTINCT stream) FROM events WHERE type = 'ChildRecorded'"
    await until(lambda: service.pool.fetchval(recorded), lambda found: found == 2)
    recall = command("recall", "district", role="leader", reason="trái thẩm quyền")
    del recall["item"]
    assert (await service.submit(streams[0], recall))["outcome"] == "done"
    await until(lambda: types(service, streams[2]), lambda found: "DirectiveRecalled" in found)
