"""The activity ``dispatch``: claim, compose, send, record, tell the directive; again and again until its shift is over.

One workflow ``Dispatcher`` runs it for the whole installation. Several at once do no harm: a notice is one
dispatcher's until its claim runs out. Sent twice it can only be after a crash between sending and recording, and then
under the same Message-ID.
"""

from collections import deque
from collections.abc import Sequence
from typing import Final

import asyncpg
import structlog
from temporalio import activity
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy

from activities.notices.address import fault
from activities.notices.channel import (
    ChannelDownError,
    NotDeliveredError,
    NotNowError,
    Outlet,
    Post,
    RefusedForGoodError,
)
from activities.notices.claim import Claim, DueNotice, claim, hand_back
from activities.notices.compose import Composer
from activities.notices.eml import Folder
from activities.notices.pace import Pace
from activities.notices.report import report
from activities.notices.settle import record
from activities.notices.smtp import SmtpServer
from activities.shift import Shift, heartbeats, to_its_end
from catalogue import text
from domain.wire import DISPATCH, DISPATCHER, DISPATCHER_ID, NOTICES_QUEUE
from observe import metrics
from settings import Settings

POLL: Final = 1.0
"""Seconds between looking for due notices where there were none."""
BATCH_SECONDS: Final = 5.0
"""How long a batch may take at the rate of the settings; its deliveries are told when it is done."""
MOST_AT_ONCE: Final = 250
"""Deliveries told in one command, which has to stay below the size of a message that a directive takes."""
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 30.0
"""Seconds between tries of a channel that is down; they double from the first to the longest."""

log = structlog.get_logger("notices")


class Dispatching:
    """Holds what the dispatcher needs of the world. Raises ValueError where ``settings.mail_from`` is no address."""

    def __init__(self, pool: asyncpg.Pool, client: Client, settings: Settings) -> None:
        self._pool = pool
        self._client = client
        self._settings = settings
        self._outlet: Outlet = (
            SmtpServer(settings.smtp_host, settings) if settings.smtp_host else Folder(settings.mail_folder)
        )
        self._composer = Composer(settings.mail_from, settings.lang)
        self._pace = Pace(settings.mails_per_second)
        self._most = min(max(int(settings.mails_per_second * BATCH_SECONDS), 1), MOST_AT_ONCE)

    @activity.defn(name=DISPATCH)
    async def dispatch(self) -> None:
        """Work until the shift is over. Whatever is claimed and not sent by then is given back."""
        shift = Shift()
        pause = FIRST_PAUSE
        async with heartbeats():
            while not shift.over:
                taken = await claim(self._pool, self._outlet.channel, self._most)
                down = await self._work_off(taken, shift) if taken.notices else None
                await report(self._pool, self._client)
                if down:
                    log.warning("channel is down", channel=self._outlet.channel, problem=down.problem)
                    await shift.rest(pause)
                    pause = min(2 * pause, LONGEST_PAUSE)
                else:
                    pause = FIRST_PAUSE
                    await shift.rest(0 if taken.notices else POLL)

    async def _work_off(self, taken: Claim, shift: Shift) -> ChannelDownError | None:
        """Send what was claimed. Returns why the channel could not be used, where it could not."""
        waiting = deque(await self._without_unreachable(taken))
        down: ChannelDownError | None = None
        try:
            if waiting:
                async with self._outlet.open() as post:
                    while waiting and await self._may_send(taken, shift):
                        await to_its_end(self._deliver(post, taken, waiting.popleft()))
        except ChannelDownError as error:
            down = error
            metrics.notices.labels(self._outlet.channel, "failed").inc(len(waiting))
        finally:
            if waiting:
                await hand_back(self._pool, taken, waiting, down.problem if down else None)
        return down

    async def _without_unreachable(self, taken: Claim) -> Sequence[DueNotice]:
        reachable: list[DueNotice] = []
        for notice in taken.notices:
            if problem := fault(notice.address):
                words = text(f"mail.{problem}", self._settings.lang)
                await record(self._pool, taken, notice, RefusedForGoodError(words))
            else:
                reachable.append(notice)
        return reachable

    async def _may_send(self, taken: Claim, shift: Shift) -> bool:
        await shift.rest(self._pace.wait)
        return taken.lasts and not shift.over

    async def _deliver(self, post: Post, taken: Claim, notice: DueNotice) -> None:
        """Compose, send, record. Raises ``ChannelDownError``, after recording that this try failed."""
        self._pace.take()
        problem = await self._try(post, notice)
        await record(self._pool, taken, notice, problem)
        if isinstance(problem, ChannelDownError):
            raise problem

    async def _try(self, post: Post, notice: DueNotice) -> NotDeliveredError | None:
        try:
            await post.send(self._composer.compose(notice))
        except NotDeliveredError as problem:
            return problem
        except Exception as error:
            # One notice that cannot be composed must not keep all others from being sent.
            log.exception("notice could not be tried", directive=notice.stream, notice=str(notice.id))
            return NotNowError(f"{type(error).__name__}: {error}")
        return None


async def ensure_dispatcher(client: Client) -> None:
    """Start the dispatcher where it does not run."""
    await client.start_workflow(
        DISPATCHER,
        id=DISPATCHER_ID,
        task_queue=NOTICES_QUEUE,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        static_summary="Sends notices by e-mail",
    )
