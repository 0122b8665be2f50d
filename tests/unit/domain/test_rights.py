"""Which events change the rights of persons, so that somebody looks at them."""

from domain.event import EventData
from domain.events import EVENTS
from tests.support.builders import directive
from tests.support.desk import Desk

CHANGING: set[str] = {
    "DelegationRegistered", "DelegationRevoked", "DirectoryApplied", "PolicyApplied", "UnitsReorganised",
}  # fmt: skip
DELEGATION = {
    "principal": "head of unit-a", "role": "unit_head", "unit": "unit-a", "delegate": "deputy of unit-a",
    "start": "2026-11-02", "end": "2026-12-31", "document": "12/QD-A",
}  # fmt: skip


def test_every_kind_that_may_change_rights_is_one_of_these() -> None:
    may = {name for name, model in EVENTS.items() if model.changes_rights is not EventData.changes_rights}
    assert may == CHANGING | {"DirectiveIssued"}


def test_an_issue_changes_rights_only_where_it_brings_delegations() -> None:
    content = directive()
    [plain] = [event for event in Desk(content).events if event.data.type == "DirectiveIssued"]
    assert not plain.data.changes_rights()
    said = content.model_dump(mode="json")
    said["directory"]["delegations"] = [DELEGATION]
    bringing = Desk(type(content).model_validate(said, strict=False)).events[0]
    assert bringing.data.changes_rights()
