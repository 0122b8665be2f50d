"""The states that a worker holds on to."""

import asyncio

import pytest

from activities.journal.read import Head
from activities.memory import Kept, Memory
from domain.agenda import Agenda
from domain.state import DirectiveState
from tests.support.builders import directive
from tests.support.desk import Desk


def state(number: int = 17) -> DirectiveState:
    return Desk(directive(document={"code_number": str(number)})).state


def known(state: DirectiveState, hash_: bytes = b"1" * 32) -> Kept:
    return Kept(Head(state.version, hash_), state, {}, Agenda())


def held(memory: Memory, kept: Kept) -> Kept | None:
    return memory.take(kept.state.stream, kept.head)


def test_a_state_is_taken_out_once_and_is_then_the_takers() -> None:
    memory, kept = Memory(), known(state())
    memory.put(kept)
    assert held(memory, kept) is kept
    assert held(memory, kept) is None


@pytest.mark.parametrize("head", [Head(2, b"1" * 32), Head(1, b"2" * 32)], ids=["version", "hash"])
def test_a_state_of_another_head_is_worth_nothing_and_dropped(head: Head) -> None:
    memory, kept = Memory(), known(state())
    assert kept.head == Head(1, b"1" * 32)
    memory.put(kept)
    assert memory.take(kept.state.stream, head) is None
    assert held(memory, kept) is None


def test_beyond_its_size_it_forgets_what_was_unused_for_longest() -> None:
    memory, (one, two, three) = Memory(size=2), [known(state(number)) for number in (1, 2, 3)]
    memory.put(one)
    memory.put(two)
    memory.put(one)
    memory.put(three)
    assert held(memory, two) is None
    assert held(memory, one) is one
    assert held(memory, three) is three


async def test_of_one_directive_only_one_batch_is_decided_at_a_time_and_of_others_meanwhile_any() -> None:
    memory = Memory()
    inside: list[str] = []
    free, entered = asyncio.Event(), asyncio.Event()

    async def decide(stream: str, who: str) -> None:
        async with memory.one_at_a_time(stream):
            inside.append(who)
            entered.set()
            await free.wait()

    first = asyncio.create_task(decide("one", "first"))
    await entered.wait()
    second = asyncio.create_task(decide("one", "second"))
    entered.clear()
    other = asyncio.create_task(decide("other", "other"))
    await entered.wait()
    assert inside == ["first", "other"]
    free.set()
    await asyncio.gather(first, second, other)
    assert inside == ["first", "other", "second"]


async def test_a_batch_that_failed_lets_the_next_one_in_and_no_lock_is_left_behind() -> None:
    memory = Memory()
    for _ in range(2):
        with pytest.raises(ConnectionError):
            await _fail(memory)
    async with memory.one_at_a_time("one"):
        assert set(memory._locks) == {"one"}  # noqa: SLF001 - locks must not pile up with the directives
    assert not memory._locks  # noqa: SLF001 - the same


async def test_who_waits_and_gives_up_leaves_the_others_alone() -> None:
    memory = Memory()
    async with memory.one_at_a_time("one"):
        waiting = asyncio.create_task(_pass(memory))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        last = asyncio.create_task(_pass(memory))
        await asyncio.sleep(0)
        assert not last.done()
    await last


async def _pass(memory: Memory) -> None:
    async with memory.one_at_a_time("one"):
        pass


async def _fail(memory: Memory) -> None:
    async with memory.one_at_a_time("one"):
        raise ConnectionError
