"""A journal brought up to date: its tables by the migrations, its roles by what each may."""

import asyncio
from dataclasses import dataclass

from activities.journal.migrate import MigrationError, migrate
from activities.journal.roles import MIGRATOR, as_owner, grant, standing
from activities.rebuilding.beside import RebuildError
from activities.rebuilding.rebuild import rebuild_what_is_missing


class NoOwnerError(MigrationError):
    """The journal belongs to its owner, and the login may not act as it."""


@dataclass(frozen=True, slots=True)
class Installed:
    """``migrations``: the files applied. ``missing``: roles that the server lacks.

    ``handed_over``: the journal belongs to its owner, and each role may what it shall; else one login does all.
    """

    migrations: list[str]
    missing: tuple[str, ...]
    handed_over: bool


async def install(database_url: str) -> Installed:
    """Apply what is missing, as the owner where there is one; to be repeated at will.

    Raises:
        MigrationError: the tables cannot be brought up to date.
        NoOwnerError: this login may not do it.
    """
    found = await standing(database_url)
    if not found.handed_over:
        return Installed(await _brought_up_to_date(database_url), found.missing, handed_over=False)
    if not found.may_own:
        raise NoOwnerError(f"this login is no member of {MIGRATOR}")
    owner_url = as_owner(database_url)
    migrations = await _brought_up_to_date(owner_url)
    await grant(owner_url)
    return Installed(migrations, found.missing, handed_over=True)


async def _brought_up_to_date(owner_url: str) -> list[str]:
    """Apply what is missing, and fill the read models that were not there before."""
    migrations = await asyncio.to_thread(migrate, owner_url)
    try:
        await rebuild_what_is_missing(owner_url)
    except RebuildError as error:
        raise MigrationError(f"the read models cannot be rebuilt: {error}") from error
    return migrations
