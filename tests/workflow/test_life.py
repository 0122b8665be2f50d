"""One directive's life through the real mailbox: updates, signals, lists, the query."""

import pytest

from tests.support.service import Service, command, issue, life, stamped
from tests.support.waiting import until


async def test_a_whole_life_by_updates_ends_closed_and_every_answer_names_its_events(service: Service) -> None:
    start = issue(("unit-a",))
    handle = await service.issue(start)
    answers = [await handle.execute_update("submit", one) for one in stamped(life("unit-a"))]
    closing = await handle.execute_update("submit", command("close", "unit-a", role="leader"))
    assert [answer["outcome"] for answer in [*answers, closing]] == ["done"] * 6
    told = [event["type"] for answer in [*answers, closing] for event in answer["events"]]
    assert told == [
        "Acknowledged", "ProgressReported", "ProgressReported", "ReportSubmitted", "ReportAccepted", "DirectiveClosed",
    ]  # fmt: skip
    recorded = [event.data.type for event in await service.events(handle.id)]
    assert recorded == ["DirectiveIssued", *told]


async def test_a_whole_life_by_signals_is_recorded_in_order(service: Service) -> None:
    handle = await service.issue(issue(("unit-a",)))
    for one in stamped(life("unit-a")):
        await handle.signal("submit", one)
    await service.version_reaches(handle.id, 6)
    recorded = [event.data.type for event in await service.events(handle.id)]
    assert recorded == [
        "DirectiveIssued", "Acknowledged", "ProgressReported", "ProgressReported", "ReportSubmitted", "ReportAccepted",
    ]  # fmt: skip


async def test_a_list_is_decided_in_order_with_one_outcome_each(service: Service) -> None:
    handle = await service.issue(issue(("unit-a",)))
    commands = [command("progress", "unit-a", percent=1), *life("unit-a")]
    answers = await handle.execute_update("submit", commands)
    assert [answer["outcome"] for answer in answers] == ["refused", *["done"] * 5]
    assert answers[0]["code"] == "not_acknowledged"
    assert [answer["command_id"] for answer in answers] == [one["command_id"] for one in commands]


async def test_an_atomic_list_with_one_refusal_changes_nothing_but_the_record_of_it(service: Service) -> None:
    handle = await service.issue(issue(("unit-a",)))
    commands = [command("acknowledge", "unit-a"), command("acknowledge", "unit-a")]
    answers = await handle.execute_update("submit", {"commands": commands, "atomic": True})
    assert [answer["code"] for answer in answers] == ["atomic_aborted", "already_acknowledged"]
    state = await service.state(handle.id)
    assert state.receipts["unit-a"].acknowledged_at is None


async def test_the_same_command_again_gets_the_first_answer_and_no_second_event(service: Service) -> None:
    handle = await service.issue(issue(("unit-a",)))
    one = command("acknowledge", "unit-a")
    first = await handle.execute_update("submit", one)
    await handle.signal("submit", one)
    again = await handle.execute_update("submit", one)
    assert again == first
    assert len(await service.events(handle.id)) == 2


async def test_the_same_command_id_with_other_content_is_refused_and_stays_refused(service: Service) -> None:
    handle = await service.issue(issue(("unit-a", "unit-b")))
    one = command("acknowledge", "unit-a")
    await handle.execute_update("submit", one)
    other = {**command("acknowledge", "unit-b"), "command_id": one["command_id"]}
    answers = [await handle.execute_update("submit", other) for _ in range(2)]
    assert answers[0]["code"] == "command_id_reused"
    assert answers[1] == answers[0]


async def test_the_query_tells_what_the_fold_of_the_journal_tells(service: Service) -> None:
    handle = await service.issue(issue(("unit-a", "unit-b")))
    await handle.execute_update("submit", command("acknowledge", "unit-a"))
    await handle.execute_update("submit", command("refuse", "unit-b", cause="wrong_addressee", reason="không thuộc"))
    told = await handle.query("state")
    state = await service.state(handle.id)
    assert told["version"] == state.version == 3
    assert told["phase"] == state.phase == "in_force"
    assert told["counts"]["acknowledged"] == 1
    assert told["counts"]["refused"] == 1


async def test_search_attributes_say_status_issuer_urgency_and_next_deadline(service: Service) -> None:
    start = issue(("unit-a",), deadline={"kind": "date", "day": "2027-03-31"}, document={"priority": 2})
    handle = await service.issue(start)

    async def attributes() -> dict[str, object]:
        return {pair.key.name: pair.value for pair in (await handle.describe()).typed_search_attributes}

    found = await until(attributes, lambda value: "DirectiveStatus" in value)
    assert found["DirectiveStatus"] == "in_force"
    assert found["DirectiveIssuer"] == "ubnd"
    assert found["DirectiveUrgency"] == "2"
    assert str(found["DirectiveNextDeadline"]).startswith("2027-03-31 17:00")


async def test_the_run_shows_its_counts_and_next_alarm_in_the_temporal_ui(service: Service) -> None:
    handle = await service.issue(issue(("unit-a", "unit-b"), deadline={"kind": "date", "day": "2027-03-31"}))
    await handle.execute_update("submit", command("acknowledge", "unit-a"))
    metadata = await handle.query("__temporal_workflow_metadata")
    details = metadata.current_details
    assert "**1 of 2** acknowledged" in details
    assert "next alarm: 22/03/2027 08:00" in details
    assert "**1/2** đơn vị đã tiếp nhận" in details


async def test_a_cancel_request_is_recorded_refused_and_survived(service: Service) -> None:
    handle = await service.issue(issue(("unit-a",)))
    await handle.cancel()
    await service.version_reaches(handle.id, 2)
    rejected = (await service.events(handle.id))[-1].data
    assert rejected.type == "CommandRejected"
    assert rejected.code == "cancel_refused"
    answer = await handle.execute_update("submit", command("acknowledge", "unit-a"))
    assert answer["outcome"] == "done"


@pytest.mark.parametrize("again", ["update", "signal"])
async def test_a_command_to_a_directive_whose_run_was_terminated_goes_on(service: Service, again: str) -> None:
    handle = await service.issue(issue(("unit-a",)))
    await handle.terminate("test")
    one = command("acknowledge", "unit-a")
    if again == "update":
        assert (await service.submit(handle.id, one))["outcome"] == "done"
    else:
        await service.client.start_workflow(
            "Directive", id=handle.id, task_queue=service.queue, start_signal="submit", start_signal_args=[one]
        )
    await service.version_reaches(handle.id, 2)
    assert (await service.state(handle.id)).receipts["unit-a"].acknowledged_at is not None
