"""Waiting for a condition, never for a time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
LIMIT = 20.0
"""Seconds after which a condition counts as never coming true; no measure of speed."""


async def until(read: Callable[[], Awaitable[T]], good: Callable[[T], bool], limit: float = LIMIT) -> T:
    """Read again and again until the value is good; what it was last is in the error."""
    last: list[T] = []
    try:
        async with asyncio.timeout(limit):
            while True:
                last = [await read()]
                if good(last[0]):
                    return last[0]
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"never came true; last read: {last}") from None
