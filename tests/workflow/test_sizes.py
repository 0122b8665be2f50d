"""What is too large for the server is cut down before the server ends the run for it."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.client import WorkflowExecutionStatus

from domain.wire import Message
from tests.support.service import Service, command, issue, stream_of
from tests.support.waiting import until
from workflows.raw import LARGEST, raw

LONG = "a" * 58


@pytest.mark.parametrize("data", [b'"' * (LARGEST - 1), b"\\" * (LARGEST - 1), b"\x01" * (LARGEST // 2)])
def test_a_payload_that_grows_beyond_the_limit_by_escaping_is_too_large(data: bytes) -> None:
    kept = raw(Payload(metadata={"encoding": b"json/plain"}, data=data))
    assert kept.too_large
    assert len(kept.model_dump_json()) < LARGEST


def test_the_size_of_a_message_is_in_bytes_not_in_letters() -> None:
    text = json.dumps("ệ" * 1_000, ensure_ascii=False)
    payload = raw(Payload(metadata={"encoding": b"json/plain"}, data=text.encode()))
    message = Message(
        id="m",
        door="signal",
        name="submit",
        payloads=[payload],
        received_at=datetime(2026, 11, 2, tzinfo=UTC),
        run_id="r",
    )
    assert message.size > 3_000


async def test_long_refusals_of_whole_lists_do_not_end_the_run(service: Service) -> None:
    handle = await service.issue(issue(tuple(f"u{number}-{LONG}" for number in range(21))))
    lists = [[command("close", "", role="leader") for _ in range(500)] for _ in range(4)]
    answers = await asyncio.gather(*(handle.execute_update("submit", one) for one in lists))
    assert {one["code"] for answer in answers for one in answer} == {"still_owed"}
    description = await handle.describe()
    assert description.status == WorkflowExecutionStatus.RUNNING


async def test_a_run_that_the_server_begins_anew_reads_its_start_again(service: Service) -> None:
    start = issue(("unit-a",))
    handle = await service.client.start_workflow(
        "Directive", start, id=f"{stream_of(start)}x", task_queue=service.queue, cron_schedule="@every 1s"
    )

    async def runs() -> list[Any]:
        return [run async for run in service.client.list_workflows(f"WorkflowId = '{handle.id}'")]

    await until(runs, lambda found: sum(run.status == WorkflowExecutionStatus.FAILED for run in found) > 1)
    await service.client.get_workflow_handle(handle.id).terminate()
