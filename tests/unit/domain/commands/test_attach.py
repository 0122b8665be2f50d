"""attach: files that show what was done."""

from typing import Any

import pytest
from pydantic import ValidationError

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import (
    accept,
    acknowledge,
    command,
    officer_of,
)
from tests.support.steps import content, reported, suspended, waived
from tests.support.table import Case, roles_that_may

EVIDENCE = [{"sha256": "0" * 64, "name": "bao-cao.pdf", "size": 5, "media_type": "application/pdf"}]
ACTOR = officer_of("unit-a")


def given(actor: Actor = ACTOR, **fields: Any) -> Command:
    return command("attach", actor, **{"item": "1", "evidence": EVIDENCE, **fields})


CASES = [
    Case(
        name="attached",
        content=content,
        given=[acknowledge],
        command=given,
        yields=("EvidenceAttached",),
        again=("EvidenceAttached",),
    ),
    Case(
        name="while a report waits",
        content=content,
        given=[acknowledge, reported],
        command=given,
        yields=("EvidenceAttached",),
    ),
    Case(name="not acknowledged", content=content, command=given, refused=Code.NOT_ACKNOWLEDGED),
    Case(
        name="done",
        content=content,
        given=[acknowledge, reported, accept],
        command=given,
        refused=Code.ALREADY_ACCEPTED,
    ),
    Case(name="waived", content=content, given=[acknowledge, waived], command=given, refused=Code.RELEASED),
    Case(name="suspended", content=content, given=[acknowledge, suspended], command=given, refused=Code.SUSPENDED),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_attach(case: Case) -> None:
    case.check()


def test_who_may_attach() -> None:
    assert roles_that_may(CASES[0], given) == {Role.OFFICER, Role.UNIT_HEAD}


@pytest.mark.parametrize("count", [0, 51])
def test_one_command_holds_one_to_fifty_files(count: int) -> None:
    with pytest.raises(ValidationError, match="evidence"):
        given(evidence=EVIDENCE * count)
