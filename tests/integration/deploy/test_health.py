"""Metrics and health, asked over HTTP as Prometheus and an orchestrator ask."""

import asyncio
import threading
from collections.abc import Mapping

import pytest

from observe import health
from observe.addresses import AddressError
from observe.health import Check, NotReadyError, serve_health
from tests.integration.deploy.web import Here, ask, ask_now


async def well() -> None:
    pass


async def missing() -> None:
    raise NotReadyError("migrations not applied: 0004")


async def broken() -> None:
    raise ConnectionRefusedError("nobody listens")


async def hanging() -> None:
    await asyncio.Event().wait()


async def test_metrics_come_as_text_unless_openmetrics_is_asked_for() -> None:
    async with serve_health(Here(), {}) as url:
        plain = await ask(f"{url}/metrics")
        assert plain.status == 200
        assert plain.content_type == "text/plain; version=0.0.4; charset=utf-8"
        assert "# TYPE directives_handle_failures_total counter" in plain.text
        asked = {"Accept": "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.3"}
        rich = await ask(f"{url}/metrics", headers=asked)
        assert rich.content_type.startswith("application/openmetrics-text; version=1.0.0")
        assert "# TYPE directives_handle_failures counter" in rich.text
        assert rich.text.endswith("# EOF\n")


async def test_ready_where_every_check_passes() -> None:
    async with serve_health(Here(), {"journal": well, "schema": well}) as url:
        answer = await ask(f"{url}/readyz")
    assert (answer.status, answer.content_type) == (200, "application/json")
    assert answer.json == {"ready": True, "checks": {"journal": "ok", "schema": "ok"}}


async def test_unready_names_each_check_that_fails_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "CHECK_WITHIN", 0.05)
    checks: Mapping[str, Check] = {"journal": broken, "schema": missing, "temporal": hanging, "worker": well}
    async with serve_health(Here(), checks) as url:
        answer = await ask(f"{url}/readyz")
    assert answer.status == 503
    assert answer.json == {
        "ready": False,
        "checks": {
            "journal": "ConnectionRefusedError: nobody listens",
            "schema": "migrations not applied: 0004",
            "temporal": "no answer within 0.05 s",
            "worker": "ok",
        },
    }


async def test_alive_whatever_the_checks_say() -> None:
    async with serve_health(Here(), {"journal": broken, "temporal": hanging}) as url:
        assert (await ask(f"{url}/livez")).status == 200


def test_a_blocked_event_loop_does_not_say_that_it_is_alive() -> None:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    release = threading.Event()
    server = serve_health(Here(), {})
    try:
        url = asyncio.run_coroutine_threadsafe(server.__aenter__(), loop).result()
        assert ask_now(f"{url}/livez").status == 200
        loop.call_soon_threadsafe(release.wait)
        with pytest.raises(TimeoutError):
            ask_now(f"{url}/livez", within=0.2)
        release.set()
        assert ask_now(f"{url}/livez").status == 200
    finally:
        release.set()
        asyncio.run_coroutine_threadsafe(server.__aexit__(None, None, None), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def test_other_paths_and_methods_are_told_so() -> None:
    async with serve_health(Here(), {}) as url:
        assert (await ask(f"{url}/")).status == 404
        assert (await ask(f"{url}/livez?verbose=1")).status == 200
        assert (await ask(f"{url}/livez", data=b"{}")).status == 405
        assert (await ask(f"{url}/livez", headers={"X-Long": "x" * 70_000})).status == 431


async def exchange(url: str, sent: bytes, *, end: bool) -> bytes:
    host, port = url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(sent)
    if end:
        writer.write_eof()
    try:
        return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


@pytest.mark.parametrize("sent", [b"", b"GET /livez HTTP/1.1\r\n", b"\x16\x03\x01\x02"])
async def test_a_caller_that_breaks_off_is_let_go_and_the_next_one_served(sent: bytes) -> None:
    async with serve_health(Here(), {}) as url:
        assert await exchange(url, sent, end=True) == b""
        assert (await ask(f"{url}/livez")).status == 200


async def test_a_caller_that_says_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_REQUEST_WITHIN", 0.05)
    async with serve_health(Here(), {}) as url:
        assert await exchange(url, b"", end=False) == b""


async def test_an_open_connection_does_not_hold_up_the_end() -> None:
    async with serve_health(Here(), {"temporal": hanging}) as url:
        silent = asyncio.create_task(exchange(url, b"", end=False))
        waiting = asyncio.create_task(exchange(url, b"GET /readyz HTTP/1.1\r\n\r\n", end=False))
        assert (await ask(f"{url}/livez")).status == 200
    assert [await silent, await waiting] == [b"", b""]


async def test_a_port_that_is_taken_is_named_with_its_setting() -> None:
    async with serve_health(Here(), {}) as url:
        port = int(url.rpartition(":")[2])
        with pytest.raises(AddressError, match=rf"metrics_port: cannot serve at 127\.0\.0\.1:{port}: .*in use"):
            async with serve_health(Here(metrics_port=port), {}):
                pass
