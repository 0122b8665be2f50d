"""Where times of events do not rise, all spans of an assignment are told anew, under the keys of those they replace."""

from datetime import timedelta

from activities.journal.span_rows import write_spans
from activities.journal.verify import verify
from domain.spans import Spans, spans_of
from tests.acceptance.faults.handlers import OneHandler, message
from tests.acceptance.faults.traffic import UNITS, start
from tests.support.service import Service, command, stream_of

SPANS = "SELECT assignment, version, since, until, status FROM spans WHERE stream = $1 ORDER BY assignment, version"


async def test_spans_that_are_told_anew_take_the_place_of_those_that_were_written(service: Service) -> None:
    issued = start()
    stream, handler = stream_of(issued), OneHandler(service)
    told = [command("acknowledge", UNITS[0]), command("report", UNITS[0], text="xong")]
    await handler.handle(stream, [message(issued), *(message(one) for one in told)])
    written = await service.pool.fetch(SPANS, stream)
    last = spans_of(await service.events(stream))["1.1"][-1]
    early = Spans()
    early.begun["1.1"].append(last._replace(since=last.since - timedelta(hours=1)))
    early.unsure.add("1.1")
    async with service.pool.acquire() as connection:
        await write_spans(connection, stream, early)
        assert await connection.fetch(SPANS, stream) == written
        assert (await verify(connection, stream)).differences == []
