"""HTTP as the tests speak it."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen


@dataclass(frozen=True)
class Answer:
    status: int
    content_type: str
    text: str

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.text)
        return found


@dataclass(frozen=True)
class Here:
    """Addresses on the loopback; any port that is free."""

    metrics_host: str = "127.0.0.1"
    metrics_port: int = 0
    sdk_metrics_port: int = 0


async def ask(url: str, data: bytes | None = None, headers: Mapping[str, str] | None = None) -> Answer:
    """GET, or POST where there is data."""
    return await asyncio.to_thread(ask_now, Request(url, data, dict(headers or {})))  # noqa: S310 - an own server


def ask_now(request: Request | str, within: float = 20.0) -> Answer:
    """The same without an event loop. Raises ``TimeoutError``."""
    try:
        response = urlopen(request, timeout=within)  # noqa: S310 - an own server
    except HTTPError as error:
        response = error
    with response:
        return Answer(response.status, response.headers.get("Content-Type", ""), response.read().decode())
