"""How a directive may start, and what happens to a start that may not."""

from typing import Any

import pytest
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest, ResetWorkflowExecutionRequest
from temporalio.client import WorkflowFailureError
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError

from tests.support.service import Service, command, issue, stream_of
from tests.support.waiting import until


async def failure(service: Service, stream: str, *args: Any) -> ApplicationError:
    """Start the run by hand, as a stranger does, and say how it failed."""
    handle = await service.client.start_workflow("Directive", args=args, id=stream, task_queue=service.queue)
    with pytest.raises(WorkflowFailureError) as failed:
        await handle.result()
    assert isinstance(failed.value.cause, ApplicationError)
    return failed.value.cause


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ((), "not_found"),
        ((None,), "not_found"),
        (({}, {}), "wrong_arity"),
        (("text",), "unreadable"),
        ((17,), "unreadable"),
        (({"type": "acknowledge"},), "unreadable"),
        (([],), "unreadable"),
        (({"carried": {"version": 9, "signals_seen": 3, "messages": []}},), "unreadable"),
        (({"state": {"version": 9}},), "unreadable"),
    ],
)
async def test_a_start_that_is_none_fails_at_once_with_the_reason(
    service: Service, args: tuple[Any, ...], code: str
) -> None:
    stream = stream_of(issue())
    assert (await failure(service, stream, *args)).type == code
    assert await service.events(stream) == []


async def test_a_start_under_another_id_than_its_own_fails_and_names_the_right_one(service: Service) -> None:
    start = issue()
    error = await failure(service, "directive/ubnd/2026/99-WRONG", start)
    assert error.type == "id_mismatch"
    assert stream_of(start) in error.message


async def test_a_start_with_a_field_too_long_names_field_and_limit(service: Service) -> None:
    start = issue(document={"subject": "x" * 501})
    error = await failure(service, stream_of(start), start)
    assert error.type == "invalid_field"
    assert "directive.document.subject" in error.message
    assert "500" in error.message


async def test_issuing_the_same_again_while_it_runs_gives_the_first_answer(service: Service) -> None:
    start = issue()
    first, handle = await service.start(start)
    again, _ = await service.start(start)
    assert again == first
    assert len(await service.events(handle.id)) == 1


async def test_issuing_other_content_under_the_same_number_is_a_duplicate_while_it_runs(service: Service) -> None:
    start = issue()
    await service.issue(start)
    other = issue(document={**start["directive"]["document"], "subject": "other"})
    answer, _ = await service.start(other)
    assert (answer["outcome"], answer["code"]) == ("refused", "duplicate")


async def test_a_raw_start_while_it_runs_is_refused_by_the_server(service: Service) -> None:
    start = issue()
    handle = await service.issue(start)
    with pytest.raises(WorkflowAlreadyStartedError):
        await service.client.start_workflow("Directive", start, id=handle.id, task_queue=service.queue)


async def test_after_the_run_is_gone_the_same_content_goes_on_and_other_content_fails(service: Service) -> None:
    start = issue(("unit-a",))
    handle = await service.issue(start)
    await handle.execute_update("submit", command("acknowledge", "unit-a"))
    await handle.terminate("test")
    other = issue(("unit-a",), document={**start["directive"]["document"], "subject": "other"})
    assert (await failure(service, handle.id, other)).type == "duplicate"
    handle = await service.client.start_workflow("Directive", start, id=handle.id, task_queue=service.queue)
    answer = await handle.execute_update("submit", command("progress", "unit-a", percent=5))
    assert answer["outcome"] == "done"


async def test_after_the_history_is_deleted_the_journal_still_knows_the_directive(service: Service) -> None:
    start = issue(("unit-a",))
    first, handle = await service.start(start)
    await handle.terminate("test")
    await service.client.workflow_service.delete_workflow_execution(
        DeleteWorkflowExecutionRequest(
            namespace=service.client.namespace, workflow_execution=WorkflowExecution(workflow_id=handle.id)
        )
    )
    again, _ = await service.start(start)
    assert again == first
    other = issue(("unit-a",), document={**start["directive"]["document"], "subject": "other"})
    answer, _ = await service.start(other)
    assert answer["code"] == "duplicate"


async def test_after_a_failed_start_the_right_one_succeeds(service: Service) -> None:
    start = issue()
    broken = {**start, "directive": {**start["directive"], "obligations": []}}
    assert (await failure(service, stream_of(start), broken)).type == "invalid_field"
    answer, _ = await service.start({**start, "command_id": "second-try"})
    assert answer["outcome"] == "done"


async def test_a_reset_to_the_first_task_catches_up_without_doubling(service: Service) -> None:
    handle = await service.issue(issue(("unit-a",)))
    await handle.signal("submit", {**command("acknowledge", "unit-a"), "command_id": None})
    await service.version_reaches(handle.id, 2)
    await service.client.workflow_service.reset_workflow_execution(
        ResetWorkflowExecutionRequest(
            namespace=service.client.namespace,
            workflow_execution=WorkflowExecution(workflow_id=handle.id, run_id=""),
            reason="test",
            request_id="reset-1",
            workflow_task_finish_event_id=4,
        )
    )
    answer = await service.client.get_workflow_handle(handle.id).execute_update(
        "submit", command("progress", "unit-a", percent=5)
    )
    assert answer["outcome"] == "done"
    kinds = [event.data.type for event in await service.events(handle.id)]
    assert kinds == ["DirectiveIssued", "Acknowledged", "ProgressReported"]


async def test_a_start_that_reuses_the_id_of_an_ended_run_is_decided_by_the_journal_not_by_the_server(
    service: Service,
) -> None:
    start = issue()
    handle = await service.issue(start)
    await handle.terminate("test")
    taken_up = await service.client.start_workflow(
        "Directive",
        id=handle.id,
        task_queue=service.queue,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
    )
    await until(lambda: taken_up.query("state"), lambda state: state["version"] == 1)


async def test_a_signal_that_comes_with_a_start_that_is_none_is_still_decided(service: Service) -> None:
    start = issue(("unit-a",))
    handle = await service.issue(start)
    await handle.terminate("test")
    await service.client.start_workflow(
        "Directive",
        "no start at all",
        id=handle.id,
        task_queue=service.queue,
        start_signal="submit",
        start_signal_args=[command("acknowledge", "unit-a")],
    )
    await until(lambda: service.state(handle.id), lambda state: state.receipts["unit-a"].acknowledged_at is not None)
