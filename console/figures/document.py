"""The figures as a document: what was asked, and a block for each role and for receipts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from activities.reporting import complete_through
from catalogue.times import day_shown
from console.call import Call
from console.cells import added
from console.database import Connection, Row, reading
from console.failures import WrongUsageError
from console.figures.counting import (
    NONE,
    Duration,
    Place,
    acknowledged,
    completed,
    counted,
    in_cascades,
    names,
    without_deadline,
)
from console.figures.question import ROLES, Question
from console.sorting import name_key
from domain.percentages import percentages

Json = dict[str, Any]
PLURALS: Final[Mapping[str, str]] = {
    "unit": "units",
    "group": "groups",
    "issuer": "issuers",
    "field": "fields",
    "urgency": "urgencies",
    "kind": "kinds",
    "signer": "signers",
    "month": "months",
}
"""Under which name a block holds its rows."""


async def read_figures(call: Call, question: Question) -> Json:
    """The figures that were asked for. Raises ``ConsoleError``."""
    check(question)
    async with reading(call) as connection:
        question, frame = await framed(call, connection, question)
        return {**frame, **await _blocks(call, connection, question)}


def check(question: Question) -> None:
    """Whether it can be asked so. Raises ``WrongUsageError``."""
    if question.since and question.until and question.since > question.until:
        raise WrongUsageError("days_reversed", since=day_shown(question.since), until=day_shown(question.until))
    if question.cohort == "all" and (question.since or question.until):
        raise WrongUsageError("cohort_needs_no_days")


async def framed(call: Call, connection: Connection, question: Question) -> tuple[Question, Json]:
    """The question with its instant, and what every answer to it says first."""
    now = await connection.fetchval("SELECT now()")
    question = replace(question, at=question.at or now)
    complete = await complete_through(connection)
    at = question.at or now
    provisional = at > complete
    frame = {
        "as_of": at.isoformat(),
        "provisional": provisional,
        # What is complete is the same for ever, to the last letter.
        "complete_through": complete.isoformat() if provisional else None,
        "cohort": question.cohort,
        "from": question.since.isoformat() if question.since else None,
        "to": question.until.isoformat() if question.until else None,
        "against": "original" if question.originally else "current",
        "by": question.by,
        "only": question.narrowed.said(),
        "unit_of_count": "lead assignment",
        "assumption": call.text("cli.stats_assumption"),
    }
    return question, frame


async def _blocks(call: Call, connection: Connection, question: Question) -> Json:
    rows = await counted(connection, question)
    apart = _apart(rows, await in_cascades(connection, question)) if question.by == "issuer" else []
    took = await completed(connection, question, apart)
    answered = await acknowledged(connection, question, apart)
    keys = {row["key"] for row in rows} | {key for key in answered if key is not None}
    named = {key: _named(call, question, key) for key in keys} | await names(connection, question, keys)
    outside = await without_deadline(connection, question) if question.cohort == "due" else {}
    blocks = {
        role: _block([row for row in rows if row["role"] == role], question, named, took, apart) for role in ROLES
    }
    return {
        **blocks,
        "receipts": _receipts(question, named, answered),
        "without_deadline": {role: outside.get(role, 0) for role in ROLES} if question.cohort == "due" else None,
        "not_in_total": apart,
    }


def _apart(rows: Sequence[Row], lower: Collection[str]) -> list[str]:
    """Whoever stands in one cascade with another is not added to it."""
    return sorted({row["key"] for row in rows} & set(lower))


def _named(call: Call, question: Question, key: str) -> str:
    return call.text(f"urgency.{key}") if question.by == "urgency" else key or call.text("figure.unnamed")


def _block(
    rows: list[Row], question: Question, named: Mapping[str, str], took: Mapping[Place, Duration], apart: Sequence[str]
) -> Json:
    lines = [
        {**_keyed(question, named, row["key"]), **_figures([row], took.get((row["key"], row["role"]), NONE))}
        for row in sorted(rows, key=lambda row: (name_key(named[row["key"]]), row["key"]))
    ]
    of_all = next((took.get((None, row["role"]), NONE) for row in rows), NONE)
    together = _figures([row for row in rows if row["key"] not in apart], of_all)
    return {PLURALS[question.by]: lines, "all": together}


def _keyed(question: Question, named: Mapping[str, str], key: str) -> Json:
    return {question.by: key, f"{question.by}_name": named[key]}


def _figures(rows: list[Row], took: Duration) -> Json:
    figures = added(rows)
    shares = {name: one._asdict() for name, one in percentages(figures).items()}
    return {**figures, "percentages": shares, "completed_in": took}


def _receipts(question: Question, named: Mapping[str, str], answered: Mapping[str | None, Duration]) -> Json:
    keys = sorted((key for key in answered if key is not None), key=lambda key: (name_key(named[key]), key))
    lines = [{**_keyed(question, named, key), "acknowledged_in": answered[key]} for key in keys]
    return {PLURALS[question.by]: lines, "all": {"acknowledged_in": answered.get(None, NONE)}}
