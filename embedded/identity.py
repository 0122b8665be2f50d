"""As whom PostgreSQL runs: it refuses to run as root."""

import asyncio
import os
from asyncio.subprocess import DEVNULL, PIPE
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL

from embedded import launch
from embedded.errors import PostgreSQLUnusableError

_OF_ROOT = ((launch.NAMESPACE, 0), (launch.NOBODY, launch.NOBODY_ID))


@dataclass(frozen=True)
class Identity:
    """An identity under which PostgreSQL runs here.

    Attributes:
        kind: `SAME`, `NAMESPACE` or `NOBODY` of launch.py.
        owner: user id, seen from here, that its files must belong to.
        version: what the binary says about itself.
    """

    kind: str
    owner: int
    version: str


async def choose(postgres: Path) -> Identity:
    """The first identity under which the binary runs.

    An ordinary user runs it as it is. Root needs no other user where the kernel lets it make a user namespace; where
    not, the one directory with the database is handed to nobody.

    Raises:
        PostgreSQLUnusableError: with what stands in the way of each.
    """
    user = os.geteuid()
    reasons = []
    for kind, owner in _OF_ROOT if user == 0 else ((launch.SAME, user),):
        try:
            return Identity(kind, owner, await _version(kind, postgres))
        except OSError as error:
            reasons.append(f"{kind}: {error}")
    raise PostgreSQLUnusableError(reasons="; ".join(reasons))


async def _version(kind: str, postgres: Path) -> str:
    process = await asyncio.create_subprocess_exec(
        *launch.command(SIGKILL, kind),
        *(postgres, "--version"),
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=PIPE,
    )
    said, complaint = await process.communicate()
    if process.returncode != 0:
        # The last line of a traceback is what went wrong.
        raise OSError(complaint.decode(errors="replace").strip().rpartition("\n")[2])
    return said.decode().strip()
