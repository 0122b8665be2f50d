"""Several dispatchers, and dispatchers that stop in the middle: each notice once, none left behind."""

import asyncio
import os
import signal
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest
from temporalio.testing import ActivityEnvironment

from activities import shift
from activities.notices import claim, dispatch, settle
from activities.notices.channel import NotNowError, RefusedForGoodError
from tests.integration.notices.mail_server import MailServer
from tests.integration.notices.office import Office, activity_environment
from tests.support.parts import TemporalServer
from tests.support.service import issue
from tests.support.waiting import LIMIT, until

REPOSITORY = Path(__file__).parents[3]


async def test_dispatchers_at_once_send_each_of_200_notices_once(
    office: Office, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "MOST_AT_ONCE", 7)
    handle = await office.service.issue(issue(tuple(f"unit-{n}" for n in range(200))))
    async with office.at_work(office.dispatching(mails_per_second=20)):
        await until(mail_server.count, lambda count: count >= 3)
    one, other = (office.dispatching(mail_from=f"{name}@example.invalid") for name in ("one", "other"))
    async with office.at_work(one), office.at_work(other):
        rows = await office.settled()
        await office.told(handle.id, "ReceiptDelivered", 200)
    sent = Counter(mail.message_id for mail in mail_server.received)
    assert sent == Counter(f"<{row['id']}@example.invalid>" for row in rows)
    assert len(sent) == 200
    senders = {mail.message["From"].addresses[0].addr_spec for mail in mail_server.received}
    assert senders == {"directives@example.invalid", "one@example.invalid", "other@example.invalid"}


async def test_a_dispatcher_that_shuts_down_finishes_its_mail_and_gives_back_the_rest(
    office: Office, mail_server: MailServer
) -> None:
    await office.service.issue(issue(("unit-a", "unit-b", "unit-c")))
    mail_server.hold = True
    async with office.at_work() as environment:
        await until(mail_server.count, lambda count: count == 1)
        environment.worker_shutdown()
        mail_server.released.set()
    rows = await office.notices()
    assert sorted(row["status"] for row in rows) == ["sent", "waiting", "waiting"]
    waiting = [row for row in rows if row["status"] == "waiting"]
    assert {(row["claimed_by"], row["attempts"]) for row in waiting} == {(None, 0)}


async def test_cancelled_between_sending_and_recording_it_still_records(
    office: Office, mail_server: MailServer
) -> None:
    await office.service.issue(issue(("unit-a", "unit-b")))
    mail_server.hold = True
    environment = activity_environment()
    work = asyncio.create_task(environment.run(office.dispatching().dispatch))
    await until(mail_server.count, lambda count: count == 1)
    async with held_rows(office):
        mail_server.released.set()
        await recording_waits(office)
        environment.cancel()
        done, _ = await asyncio.wait([work], timeout=0.3)
        assert not done
    with pytest.raises(asyncio.CancelledError):
        await work
    rows = await office.notices()
    assert sorted(row["status"] for row in rows) == ["sent", "waiting"]
    assert {row["claimed_by"] for row in rows if row["status"] == "waiting"} == {None}
    async with office.at_work():
        await office.settled()
    assert len(mail_server.received) == 2


async def test_killed_between_sending_and_recording_it_is_sent_again_under_the_same_id_and_recorded_once(
    office: Office, mail_server: MailServer, temporal: TemporalServer
) -> None:
    handle = await office.service.issue(issue(("unit-a",)))
    mail_server.hold = True
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        Path(__file__).with_name("run_dispatcher.py"),
        *(office.service.database_url, temporal.client.service_client.config.target_host),
        *(str(mail_server.port), str(office.folder)),
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )
    try:
        await until(mail_server.count, lambda count: count == 1)
        async with held_rows(office):
            mail_server.released.set()
            await recording_waits(office)
            process.send_signal(signal.SIGKILL)
            await process.wait()
            # The server finishes what it was told unless the connection is found broken; here it is ended by hand.
            await office.pool.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            )
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    [row] = await office.notices()
    assert (row["status"], row["attempts"]) == ("waiting", 1)
    async with office.at_work():
        await office.pool.execute("UPDATE notices SET try_at = now()")  # the lease of the dead runs out
        await office.settled()
        await office.told(handle.id, "ReceiptDelivered", 1)
    first, second = mail_server.received
    assert first.message_id == second.message_id
    assert len(await office.events(handle.id, "ReceiptDelivered")) == 1


async def test_a_claim_that_is_about_to_end_is_given_back_untried(
    office: Office, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.service.issue(issue(("unit-a",)))
    monkeypatch.setattr(claim, "LEASE", 2 * claim.SENDING)
    async with office.at_work():
        given_back = "SELECT count(*) FROM notices WHERE claimed_by IS NULL AND try_at > created_at"
        await until(lambda: office.pool.fetchval(given_back), lambda count: count == 1)
    [row] = await office.notices()
    assert (row["status"], row["attempts"], row["claimed_by"]) == ("waiting", 0, None)
    assert mail_server.received == []


async def test_who_lost_a_notice_to_another_dispatcher_records_nothing_of_it(office: Office) -> None:
    await office.service.issue(issue(("unit-a",)))
    slow = await claim.claim(office.pool, "email", 10)
    await office.time_passes()
    quick = await claim.claim(office.pool, "email", 10)
    for problem in (None, NotNowError("450 later"), RefusedForGoodError("550 no")):
        await settle.record(office.pool, slow, slow.notices[0], problem)
    await claim.hand_back(office.pool, slow, slow.notices, "late")
    [row] = await office.notices()
    assert (row["status"], row["attempts"], row["claimed_by"]) == ("waiting", 2, quick.name)
    assert row["problem"] is None


async def test_it_heartbeats_while_a_mail_hangs(
    office: Office, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shift, "BEAT", 0.02)
    await office.service.issue(issue(("unit-a",)))
    mail_server.hold = True
    beaten = asyncio.Event()
    async with office.at_work() as environment:
        environment.on_heartbeat = lambda *_: beaten.set()
        await until(mail_server.count, lambda count: count == 1)
        for _ in range(3):
            beaten.clear()
            await asyncio.wait_for(beaten.wait(), LIMIT)
        mail_server.released.set()


async def test_its_shift_ends_before_the_attempt_would_time_out(office: Office) -> None:
    environment = ActivityEnvironment()
    assert environment.info.start_to_close_timeout == timedelta(seconds=1)
    await environment.run(office.dispatching().dispatch)


class held_rows:  # noqa: N801 - reads as a block
    """While the block lasts, nobody can record anything of a notice."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def __aenter__(self) -> None:
        self._connection: asyncpg.Connection = await asyncpg.connect(self._office.service.database_url)
        self._transaction = self._connection.transaction()
        await self._transaction.start()
        await self._connection.execute("SELECT FROM notices FOR UPDATE")

    async def __aexit__(self, *_: object) -> None:
        await self._transaction.rollback()
        await self._connection.close()


async def recording_waits(office: Office) -> None:
    """Wait until a dispatcher stands before the rows that are held."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    await until(lambda: office.pool.fetchval(waiting), lambda count: count == 1)
