"""Taking due notices for one dispatcher, and giving back what it did not get to.

A claim is a lease: ``LEASE`` after it was taken its notices are due again by themselves, so nothing may be sent when
it is about to end. That two dispatchers never send one notice rests on this.
"""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import asyncpg

from activities.notices.queries import query
from domain.commands.record_delivery import Channel

LEASE: Final = timedelta(seconds=120)
SENDING: Final = timedelta(seconds=45)
"""The longest that one mail may take; a claim with less than twice as much left is given back."""
EXCERPT: Final = 300
"""Characters of an obligation's text that a mail quotes."""


@dataclass(frozen=True, slots=True)
class Task:
    """An assignment as a mail tells it. ``text``: its beginning; one character more than ``EXCERPT`` if it goes on.

    ``unit`` and what follows: who holds it and how it stands now, which may be more than the notice knew.
    """

    id: str
    item: str
    role: str
    deadline: datetime | None
    text: str
    unit: str
    unit_name: str
    status: str = "open"
    suspended: bool = False
    asks_extension: bool = False
    asks_transfer: bool = False
    owes_explanation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DueNotice:
    """A notice with the facts of its directive, from the read models.

    ``attempts``: this one included. ``acts``: whether the unit has something to do; the issuer is told of others.
    ``number``: number and symbol. ``about``: the unit it is about, ``about_name`` its name, where another is told.

    How it stands now: ``answered``: the unit has acknowledged or is released; ``refused``: it has refused the current
    revision; ``recall``: its answer to a recall; ``about_refused``: the other unit's refusal waits for a decision;
    ``about_unanswered``: it has neither acknowledged nor refused.
    """

    id: UUID
    stream: str
    kind: str
    unit: str
    unit_name: str
    acts: bool
    answered: bool
    refused: bool
    recall: str | None
    about: str | None
    about_name: str | None
    about_refused: bool
    about_unanswered: bool
    detail: str | None
    address: str
    attempts: int
    organ_name: str
    type_name: str
    number: str
    issued_date: date
    subject: str
    priority: int
    tasks: list[Task]


@dataclass(frozen=True, slots=True)
class Claim:
    """Notices taken together. ``name`` begins with the channel, which is what the directive is told later."""

    name: str
    notices: list[DueNotice]
    taken_at: float = field(default_factory=time.monotonic)

    @property
    def lasts(self) -> bool:
        """Whether there is time to send one more and to record it."""
        return time.monotonic() < self.taken_at + (LEASE - 2 * SENDING).total_seconds()


async def claim(pool: asyncpg.Pool, channel: Channel, most: int) -> Claim:
    """At most that many of the notices that are due; those first that wait longest."""
    taken_at = time.monotonic()  # before the server's clock starts the lease
    name = f"{channel}/{uuid4()}"
    rows = await pool.fetch(query("claim"), name, LEASE, most, EXCERPT + 1)
    return Claim(name, [_notice(row) for row in rows], taken_at)


async def hand_back(pool: asyncpg.Pool, taken: Claim, notices: Iterable[DueNotice], problem: str | None) -> None:
    """Make them due again at once; ``problem``: why they could not be tried, if there was a reason."""
    await pool.execute(query("hand_back"), taken.name, [notice.id for notice in notices], problem)


def channel_of(claim_name: str) -> Channel:
    """The channel by which what was claimed under that name was sent."""
    return "file" if claim_name.startswith("file/") else "email"


def _notice(row: asyncpg.Record) -> DueNotice:
    document: dict[str, Any] = json.loads(row["document"])
    return DueNotice(
        id=row["id"],
        stream=row["stream"],
        kind=row["kind"],
        unit=row["unit"],
        unit_name=row["unit_name"] or document["organ_name"],
        acts=row["purpose"] == "act",
        answered=bool(row["answered"]),
        refused=bool(row["refused"]),
        recall=row["recall"],
        about=row["about"],
        about_name=row["about_name"],
        about_refused=bool(row["about_refused"]),
        about_unanswered=bool(row["about_unanswered"]),
        detail=row["detail"],
        address=row["address"],
        attempts=row["attempts"],
        organ_name=document["organ_name"],
        type_name=document["type_name"],
        number=f"{document['code_number']}/{document['code_notation']}",
        issued_date=date.fromisoformat(document["issued_date"]),
        subject=document["subject"],
        priority=document["priority"],
        tasks=[_task(one) for one in json.loads(row["assignments"])],
    )


def _task(one: dict[str, Any]) -> Task:
    return Task(**{**one, "deadline": datetime.fromisoformat(one["deadline"]) if one["deadline"] else None})
