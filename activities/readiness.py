"""What has to be in place before a worker can do its work; `/readyz` shows each by name."""

import asyncio
from collections.abc import Collection, Mapping
from importlib.resources import files

import asyncpg
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.client import Client

from activities.journal.queries import query
from observe.health import Check, NotReadyError


def checks(
    pool: asyncpg.Pool, client: Client, search_attributes: Collection[str], working: asyncio.Event
) -> Mapping[str, Check]:
    """The checks of a worker.

    Args:
        pool: of the journal's database.
        client: whose namespace must know the search attributes.
        search_attributes: by name.
        working: set while the workers poll; cleared before they drain, so that readiness ends first.
    """

    async def worker() -> None:
        if not working.is_set():
            raise NotReadyError("is not polling: it starts, or it drains")

    async def journal() -> None:
        await pool.fetchval("SELECT 1")

    async def schema() -> None:
        applied = {row["version"] for row in await pool.fetch(query("readiness_migrations"))}
        if missing := sorted(_migrations() - applied):
            raise NotReadyError(f"migrations not applied: {', '.join(missing)}")

    async def temporal() -> None:
        request = ListSearchAttributesRequest(namespace=client.namespace)
        registered = (await client.operator_service.list_search_attributes(request)).custom_attributes
        if missing := sorted(set(search_attributes) - set(registered)):
            raise NotReadyError(f"search attributes not registered: {', '.join(missing)}")

    return {"worker": worker, "journal": journal, "schema": schema, "search_attributes": temporal}


def _migrations() -> set[str]:
    folder = files("activities.journal").joinpath("migrations")
    return {file.name.partition("_")[0] for file in folder.iterdir() if file.name.endswith(".sql")}
