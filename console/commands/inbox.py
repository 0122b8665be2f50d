"""inbox: what waits for somebody's decision, the longest first, with the command to type next."""

import asyncio
import shlex
from collections.abc import Mapping
from typing import Annotated, Any, Final

import typer

from console.call import Call
from console.database import Row, fetch
from console.documents import as_json
from console.failures import WrongUsageError
from console.naming import assignment_named
from console.options import MaybeUnit
from console.paper import Paper, answer
from console.times import deadline_shown, shown
from domain.actor import Role

COLUMNS: Final = ("since", "number", "assignment", "unit_name", "waits", "type_next")
_NEXT: Final[Mapping[Role, Mapping[str, str]]] = {
    Role.LEADER: {
        "report": "accept",
        "extension": "grant-extension",
        "transfer": "agree-transfer",
        "refusal": "agree-refusal",
        "explanation_overdue": "escalate",
    },
    Role.TRACKER: {"report": "recommend", "overdue": "urge"},
    Role.UNIT_HEAD: {"report": "approve"},
}
"""By role and by what waits: the verb that settles it, or the first of those that do."""


def inbox(
    call: Call,
    *,
    unit: MaybeUnit = None,
    issuer: Annotated[str | None, typer.Option("--issuer", metavar="UNIT")] = None,
) -> None:
    """``--role``: leader unless said otherwise, tracker, or unit_head with ``unit``."""
    role = call.role or Role.LEADER
    if role not in _NEXT:
        raise WrongUsageError("inbox_role", role=role, known=", ".join(_NEXT))
    if role is Role.UNIT_HEAD and unit is None:
        raise WrongUsageError("unit_needed")
    found = asyncio.run(fetch(call, f"inbox_{role}", unit if role is Role.UNIT_HEAD else issuer))
    rows = [{**row, "next": _next(role, row)} for row in found]
    answer(call, [as_json(row) for row in rows], lambda paper: _render(call, rows, paper))


def _next(role: Role, row: Row) -> str:
    """What to type; words that the decision needs are the decider's own."""
    words = ["directives", _NEXT[role][row["kind"]], f"{row['number']}/{row['notation']}"]
    if row["assignment"] is None or role is Role.UNIT_HEAD:
        words += ["--unit", row["unit"]]
    if row["assignment"] is not None:
        words += ["--assignment", row["assignment"]]
    return shlex.join(words)


def _render(call: Call, rows: list[dict[str, Any]], paper: Paper) -> None:
    if not rows:
        paper.line(call.text("cli.inbox_empty"))
        return
    paper.table([call.text(f"column.{name}") for name in COLUMNS], [_row(call, row) for row in rows])


def _row(call: Call, row: Mapping[str, Any]) -> list[str]:
    return [
        shown(row["since"]),
        f"{row['number']}/{row['notation']}",
        assignment_named(call, row["assignment"] or "", row["occurrence"]),
        row["unit_name"],
        call.text(f"inbox.{row['kind']}", asked=row["asked"] or deadline_shown(row["asked_until"])),
        row["next"],
    ]


COMMANDS = {"inbox": inbox}
