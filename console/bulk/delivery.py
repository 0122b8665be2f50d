"""Messages to many directives: so many under way at once, so many begun in a second."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from activities.notices.pace import Pace
from console.call import Call
from console.failures import ConsoleError, ServerRefusedError, UnavailableError
from console.giving import Json
from console.submitting import exchange
from console.temporal import Line

Message = tuple[str, list[Json]]
"""A directive's stream, and the commands for it."""


@dataclass(frozen=True, slots=True)
class Speed:
    """``at_once``: messages that wait for their answer. ``per_second``: begun; none: as soon as there is room."""

    at_once: int = 1
    per_second: float | None = None


ONE_BY_ONE: Final = Speed()


@dataclass(slots=True)
class Came:
    """``outcomes``, ``refused``: by the message's place. ``failure``: why some have neither."""

    outcomes: dict[int, list[Json]] = field(default_factory=dict)
    refused: dict[int, ServerRefusedError] = field(default_factory=dict)
    failure: ConsoleError | None = None


async def deliver(call: Call, messages: Sequence[Message], speed: Speed, advance: Callable[[int], None]) -> Came:
    """Send them; ``advance`` is told how many commands were answered. It ends early where nobody answers any more."""
    delivery = _Delivery(call, messages, speed, advance)
    async with asyncio.TaskGroup() as group:
        for _ in range(speed.at_once):
            group.create_task(delivery.carry())
    return delivery.came


class _Delivery:
    def __init__(self, call: Call, messages: Sequence[Message], speed: Speed, advance: Callable[[int], None]) -> None:
        self.came = Came()
        self._line = Line(call)
        self._left: Iterator[tuple[int, Message]] = iter(enumerate(messages))
        self._most_in_vain = speed.at_once
        self._pace = Pace(speed.per_second) if speed.per_second else None
        self._advance = advance
        self._in_vain = 0

    async def carry(self) -> None:
        """One message after the other, until none is left or the next one would fare no better."""
        for place, message in self._left:
            await self._turn()
            if self._in_vain >= self._most_in_vain:
                return
            await self._send(place, message)

    async def _turn(self) -> None:
        if self._pace is not None:
            wait = self._pace.wait
            self._pace.take()
            await asyncio.sleep(wait)

    async def _send(self, place: int, message: Message) -> None:
        stream, commands = message
        try:
            self.came.outcomes[place] = await exchange(self._line, stream, commands)
        except ServerRefusedError as error:
            self.came.refused[place] = error
        except UnavailableError as error:
            # One directive may be stuck. As many as are under way at once, and no answer between: the service is away.
            self.came.failure = self.came.failure or error
            self._in_vain += 1
            return
        except ConsoleError as error:
            self.came.failure = error
            self._in_vain = self._most_in_vain
            return
        self._in_vain = 0
        self._advance(len(commands))
