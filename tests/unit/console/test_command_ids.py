"""Ids that let a retry be the very same command."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from console.command_ids import derived, new_command_id, sent_at


def test_an_id_tells_when_its_command_was_made() -> None:
    before = datetime.now(UTC)
    made = new_command_id()
    when = datetime.fromisoformat(sent_at(made) or "")
    # Milliseconds are cut, never rounded up: a command must not come from the future.
    assert before - timedelta(milliseconds=1) <= when <= datetime.now(UTC)


def test_an_id_is_a_uuid_of_version_7_and_never_the_same_twice() -> None:
    made = {new_command_id() for _ in range(1000)}
    assert len(made) == 1000
    assert {(uuid.UUID(one).version, uuid.UUID(one).variant) for one in made} == {(7, uuid.RFC_4122)}


def test_an_id_used_again_tells_the_same_time_again() -> None:
    assert sent_at("01a20c88-981e-773a-ac74-845375eed28b") == sent_at("01a20c88-981e-773a-ac74-845375eed28b")


@pytest.mark.parametrize("other", ["report-7", "5d2f8f3e-7a55-4c0e-9f0c-1f5f3d1f6a10", ""])
def test_an_id_that_somebody_else_chose_tells_nothing(other: str) -> None:
    assert sent_at(other) is None


def test_an_id_made_from_content_is_the_same_for_the_same_and_another_for_anything_else() -> None:
    said = {"to": "unit-a", "text": "việc"}
    assert derived("report", "An", said) == derived("report", "An", dict(reversed(said.items())))
    others = {derived("report", "An"), derived("report", "Anh", said), derived("accept", "An", said)}
    assert derived("report", "An", said) not in others
    assert len(others) == 3
