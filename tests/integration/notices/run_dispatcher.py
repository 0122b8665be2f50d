"""A dispatcher in a process of its own, to be killed. Arguments: database URL, Temporal address, SMTP port, folder."""

import asyncio
import sys
from pathlib import Path

from temporalio.client import Client

from activities.journal.pool import open_pool
from activities.notices.dispatch import Dispatching
from settings import Settings
from tests.integration.notices.office import activity_environment
from workflows.converter import WORKER_CONVERTER


async def main(database_url: str, temporal: str, smtp_port: str, folder: str) -> None:
    client = await Client.connect(temporal, data_converter=WORKER_CONVERTER)
    settings = Settings(
        smtp_host="127.0.0.1",
        smtp_port=int(smtp_port),
        smtp_security="none",
        mail_from="directives@example.invalid",
        mail_folder=Path(folder),
        mails_per_second=1000,
    )
    pool = await open_pool(database_url)
    await activity_environment().run(Dispatching(pool, client, settings).dispatch)


asyncio.run(main(*sys.argv[1:]))
