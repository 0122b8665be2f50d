"""Whatever comes gets its documented answer, and the directive lives on."""

from typing import Any

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.client import WorkflowHandle, WorkflowUpdateFailedError
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError

from domain.rejection import CommandRejected
from tests.support.service import Json, Service, command, issue

Handle = WorkflowHandle[Any, Any]


def plain(data: bytes, encoding: str = "json/plain") -> RawValue:
    return RawValue(Payload(metadata={"encoding": encoding.encode()}, data=data))


def changed(**fields: Any) -> Json:
    return {**command("progress", "unit-a", percent=10), **fields}


def without(field: str) -> Json:
    return {key: value for key, value in command("progress", "unit-a", percent=10).items() if key != field}


def by(**actor: Any) -> Json:
    good = command("acknowledge", "unit-a")
    return {**good, "actor": {**good["actor"], **actor}}


MESSAGES: dict[str, tuple[Any, str]] = {
    "not JSON": (plain(b"{type: acknowledge"), "unreadable"),
    "not UTF-8": (plain(b"\xff\xfe\x00"), "unreadable"),
    "bytes": (plain(b"\x00\x01", "binary/plain"), "unreadable"),
    "unknown encoding": (plain(b"x", "mime/odd"), "unreadable"),
    "NaN": (plain(b'{"type": "progress", "percent": NaN}'), "unreadable"),
    "beyond all bounds": (plain(b'{"type": "progress", "percent": 1e999}'), "unreadable"),
    "half a surrogate pair": (plain(b'{"type": "acknowledge", "x": "\\ud800"}'), "unreadable"),
    "depth": (plain(b"[" * 5_000 + b"]" * 5_000), "unreadable"),
    "null": (None, "unreadable"),
    "a number": (17, "unreadable"),
    "a text": ("acknowledge", "unreadable"),
    "an empty list": ([], "invalid_field"),
    "501 commands": ([{}] * 501, "too_many"),
    "no type": (without("type"), "unknown_type"),
    "unknown type": (changed(type="obey"), "unknown_type"),
    "missing field": (without("percent"), "invalid_field"),
    "missing actor": (without("actor"), "invalid_field"),
    "extra field": (changed(colour="red"), "invalid_field"),
    "wrong type": (changed(percent="10"), "invalid_field"),
    "a fraction": (changed(percent=10.5), "invalid_field"),
    "out of range": (changed(percent=101), "invalid_field"),
    "control characters": (changed(text="a\x00b"), "invalid_field"),
    "10,001 characters": (changed(text="x" * 10_001), "invalid_field"),
    "no offset": (changed(sent_at="2026-11-24T10:00:00"), "invalid_field"),
    "id with blanks": (changed(command_id="a b"), "invalid_field"),
    "id that is a number": (changed(command_id=17), "invalid_field"),
    "unknown unit": (by(unit="unit-z"), "unknown_unit"),
    "unknown item": (changed(item="9"), "unknown_item"),
    "unknown assignment": (changed(item=None, assignment="9.9"), "unknown_assignment"),
    "another's assignment": (changed(item=None, assignment="1.2"), "wrong_unit"),
    "wrong role": (by(role="clerk", unit="ubnd"), "forbidden"),
    "unknown role": (by(role="king"), "invalid_field"),
    "wrong state": (changed(), "not_acknowledged"),
    "stale": (changed(expected_revision=2), "stale_revision"),
    "without delegation": (changed(on_behalf_of="somebody"), "no_delegation"),
    "proof that nobody can check": (changed(proof="signature"), "unproved"),
}


def first(answer: Any) -> Json:
    return answer[0] if isinstance(answer, list) else answer


async def rejections(service: Service, stream: str) -> list[CommandRejected]:
    return [event.data for event in await service.events(stream) if isinstance(event.data, CommandRejected)]


async def lives_on(handle: Handle) -> None:
    answer = await handle.execute_update("submit", command("acknowledge", "unit-a"))
    assert answer["outcome"] == "done"


@pytest.mark.parametrize("what", MESSAGES)
async def test_by_update_the_caller_is_told_and_the_rejection_is_recorded(service: Service, what: str) -> None:
    message, code = MESSAGES[what]
    handle = await service.issue(issue())
    answer = first(await handle.execute_update("submit", message))
    assert (answer["outcome"], answer["code"]) == ("refused", code)
    assert answer["reason"]
    assert [one.code for one in await rejections(service, handle.id)] == [code]
    await lives_on(handle)


async def test_by_signal_every_one_of_them_is_recorded_with_code_digest_and_size(service: Service) -> None:
    handle = await service.issue(issue())
    for message, _ in MESSAGES.values():
        await handle.signal("submit", message)
    await service.version_reaches(handle.id, 1 + len(MESSAGES))
    recorded = await rejections(service, handle.id)
    assert [one.code for one in recorded] == [code for _, code in MESSAGES.values()]
    assert all(len(one.trace.sha256) == 64 and one.trace.size >= 0 for one in recorded)
    await lives_on(handle)


async def test_signals_of_wrong_arity_or_name_are_recorded_with_their_sender(service: Service) -> None:
    handle = await service.issue(issue())
    await handle.signal("submit")
    await handle.signal("submit", args=[{}, {}])
    await handle.signal("obey", {})
    await handle.signal("obey" * 200, {})
    await service.version_reaches(handle.id, 5)
    recorded = await rejections(service, handle.id)
    assert [one.code for one in recorded] == ["wrong_arity", "wrong_arity", "unknown_name", "unknown_name"]
    assert {one.trace.sender for one in recorded} == {service.client.identity}
    await lives_on(handle)


@pytest.mark.parametrize(
    ("name", "args", "code"),
    [
        ("submit", [], "wrong_arity"),
        ("submit", [{}, {}], "wrong_arity"),
        ("obey", [{}], "unknown_name"),
        ("submit", ["x" * 1_450_000], "too_large"),
        ("submit", ["x" * 1_950_000], "too_large"),
    ],
)
async def test_updates_of_wrong_arity_name_or_size_leave_no_trace_in_the_history(
    service: Service, name: str, args: list[Any], code: str
) -> None:
    handle = await service.issue(issue())
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await handle.execute_update(name, args=args)
    assert isinstance(refused.value.cause, ApplicationError)
    assert refused.value.cause.type == code
    assert await rejections(service, handle.id) == []
    await lives_on(handle)


async def test_a_signal_of_three_megabytes_is_refused_by_the_server_and_hurts_nobody(service: Service) -> None:
    handle = await service.issue(issue())
    with pytest.raises(RPCError):
        await handle.signal("submit", changed(text="x" * 3_000_000))
    await lives_on(handle)


async def test_an_update_of_three_megabytes_is_refused_by_the_server_and_hurts_nobody(service: Service) -> None:
    handle = await service.issue(issue())
    with pytest.raises(RPCError):
        await handle.execute_update("submit", changed(text="x" * 3_000_000))
    await lives_on(handle)


async def test_what_identifies_a_message_too_large_to_pass_on_is_still_recorded(service: Service) -> None:
    handle = await service.issue(issue())
    message = changed(text="x" * 1_500_000)
    await handle.signal("submit", message)
    await service.version_reaches(handle.id, 2)
    [recorded] = await rejections(service, handle.id)
    assert recorded.code == "too_large"
    assert recorded.trace.size > 1_000_000
    assert "progress" in recorded.trace.excerpt
    await lives_on(handle)


async def test_a_flood_of_garbage_fills_no_more_than_the_policys_share_of_the_journal(service: Service) -> None:
    handle = await service.issue(issue(policy={"rejections_per_day": 3}))
    for number in range(10):
        await handle.signal("submit", number)
    await lives_on(handle)
    assert len(await rejections(service, handle.id)) == 3
