"""Messages from a seed: good ones, refused ones, lists, repetitions, garbage."""

import asyncio
import random
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.acceptance.faults.ledger import Entry, Ledger
from tests.support.service import Json, command, issue

UNITS = ("unit-a", "unit-b", "unit-c")


def start(**changes: Any) -> Json:
    """A directive whose journal records every rejection: none may be missed in the comparison."""
    policy = {"rejections_per_day": 10_000, **changes.pop("policy", {})}
    return issue(changes.pop("units", UNITS), policy=policy, **changes)


@asynccontextmanager
async def meanwhile(*work: Coroutine[Any, Any, object]) -> AsyncIterator[None]:
    """The work goes on while the block runs, and is over when it is left; it ends at once where the block fails."""
    tasks = [asyncio.create_task(one) for one in work]
    try:
        yield
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


class Traffic:
    """Sends to one directive what comes to its mind."""

    def __init__(self, ledger: Ledger, seed: object) -> None:
        self._ledger = ledger
        self._random = random.Random(f"{seed}")
        self._sent: list[Json] = []
        self._serial = 0

    async def send(self, count: int) -> None:
        """So many messages, one after the other."""
        doors: list[Callable[[], Awaitable[Entry]]] = [
            self._update, self._signal, self._list, self._garbage, self._nameless, self._hasty,
        ]  # fmt: skip
        for _ in range(count):
            [door] = self._random.choices(doors, weights=(30, 30, 8, 6, 6, 4))
            await door()

    async def send_together(self, count: int, senders: int) -> None:
        """So many from each of several senders at once."""
        await asyncio.gather(*(self.send(count) for _ in range(senders)))

    async def _update(self) -> Entry:
        return await self._ledger.update(self._one())

    async def _signal(self) -> Entry:
        return await self._ledger.signal(self._one())

    async def _list(self) -> Entry:
        commands = [self._one() for _ in range(self._random.randint(1, 5))]
        by = self._ledger.update if self._random.random() < 0.5 else self._ledger.signal
        return await by({"commands": commands, "atomic": True} if self._random.random() < 0.3 else commands)

    async def _nameless(self) -> Entry:
        """A command without an id: the workflow has to give it one."""
        by = self._ledger.update if self._random.random() < 0.5 else self._ledger.signal
        return await by({**self._told(), "command_id": None})

    async def _hasty(self) -> Entry:
        """A caller who does not wait for the answer."""
        return await self._ledger.update(self._one(), patience=0, one_try=timedelta(milliseconds=5))

    async def _garbage(self) -> Entry:
        mark = uuid.uuid4().hex.encode()
        kind = self._random.randrange(4)
        if kind == 0:
            return await self._ledger.garbage(b"{not json " + mark)
        if kind == 1:
            return await self._ledger.garbage(b'"' + mark + b'"', b"{}")
        if kind == 2:
            return await self._ledger.garbage(b'"' + mark + b'"', name="obey")
        return await self._ledger.garbage(b'{"type": "' + mark + b'"}')

    def _one(self) -> Json:
        if self._sent and self._random.random() < 0.08:
            return self._again()
        one = self._new()
        if self._random.random() < 0.7:
            one["sent_at"] = datetime.now(UTC).isoformat()
        self._sent.append(one)
        return one

    def _again(self) -> Json:
        """The same command, or another one under its id."""
        one = self._random.choice(self._sent)
        return one if self._random.random() < 0.6 else {**self._told(), "command_id": one["command_id"]}

    def _new(self) -> Json:
        unit = self._random.choice(UNITS)
        kinds: list[Callable[[], Json]] = [
            lambda: command("acknowledge", unit),
            lambda: command("refuse", unit, cause="invalid", reason="không đúng thẩm quyền"),
            self._told,
            lambda: command("report", unit, text="xong", role=self._random.choice(["officer", "unit_head"])),
            lambda: command("approve", unit),
            lambda: command("send_back", unit, reason="thiếu số liệu"),
            lambda: command("accept", unit, role="leader"),
            lambda: command("return", unit, role="leader", reason="bổ sung"),
            lambda: command("close", unit, role="leader"),
            lambda: command("progress", unit, percent=101),
            lambda: command("progress", "unit-z", percent=1),
            lambda: command("accept", unit, role="officer"),
        ]
        [kind] = self._random.choices(kinds, weights=(14, 3, 20, 8, 5, 3, 4, 4, 2, 2, 2, 2))
        return kind()

    def _told(self) -> Json:
        self._serial += 1
        text = f"{self._ledger.stream} {id(self)} {self._serial}"
        unit = self._random.choice(UNITS)
        return command("progress", unit, percent=self._random.randint(0, 100), text=text)
