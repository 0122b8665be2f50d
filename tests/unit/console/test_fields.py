"""What may be typed for days, hours, documents, and what becomes of it."""

import json
from collections.abc import Sequence
from typing import Any, ClassVar, Literal

import pytest

from console.failures import WrongUsageError
from console.fields import fields_of
from domain.actor import Role
from domain.base import Day, Instant, UnitId
from domain.command import Command
from domain.commands.pause import Pause
from domain.deadline import DateDeadline
from domain.document import Reference
from domain.evidence import Evidence
from tests.support.typed import Type


class Sample(Command):
    """A command with a field of every kind; known to nobody but these tests."""

    type: Literal["sample"]
    until: DateDeadline
    start: Day | None = None
    at: Instant | None = None
    document: Reference | None = None
    units: list[UnitId] = []  # noqa: RUF012 - pydantic copies it
    evidence: list[Evidence] = []  # noqa: RUF012 - the same
    slip: bool = False
    verdict: Literal["accept", "return"] | None = None

    roles: ClassVar = (Role.LEADER,)


FIELDS = {field.name: field for field in fields_of(Sample)}


def read(name: str, **given: Any) -> Any:
    return FIELDS[name].read(given)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2026-12-31", {"kind": "date", "day": "2026-12-31"}),
        ("2026-12-31 16:30", {"kind": "date", "day": "2026-12-31", "hour": "16:30:00"}),
        ("2026-12-31T16:30", {"kind": "date", "day": "2026-12-31", "hour": "16:30:00"}),
    ],
)
def test_a_deadline_is_a_day_that_is_included_or_an_hour_of_it(typed: str, value: dict[str, str]) -> None:
    assert read("until", until=typed) == value
    assert DateDeadline.model_validate_json(json.dumps(value)).bound == "by"


def test_an_instant_is_meant_as_the_clock_on_the_wall_shows_it_unless_it_says_otherwise() -> None:
    assert read("at", at="2026-11-03 08:00") == "2026-11-03T08:00:00+07:00"
    assert read("at", at="2026-11-03T01:00:00+00:00") == "2026-11-03T01:00:00+00:00"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-11-25", "2026-11-26T00:00:00+07:00"),
        ("2026-11-25 08:00", "2026-11-25T08:00:00+07:00"),
        ("2026-11-25T01:00:00+00:00", "2026-11-25T01:00:00+00:00"),
        ("now", "now"),
    ],
)
def test_a_pause_lasts_to_the_end_of_a_day_or_to_an_hour_of_it_or_is_over_now(typed: str, said: str) -> None:
    [until] = [one for one in fields_of(Pause) if one.name == "until"]
    assert until.read({"until": typed}) == said


def test_a_document_is_cited_by_number_and_day() -> None:
    assert read("document", document="18/UBND-NC", document_date="2026-11-20") == {
        "notation": "18/UBND-NC",
        "issued_date": "2026-11-20",
    }
    assert read("document", document=None, document_date=None) is None
    with pytest.raises(WrongUsageError, match="half_reference"):
        read("document", document="18/UBND-NC", document_date=None)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("until", "31/12/2026"),
        ("until", "2026-13-01"),
        ("until", "2026-12-31 25:00"),
        ("until", ""),
        ("start", "tomorrow"),
        ("at", "at noon"),
    ],
)
def test_what_is_no_day_or_hour_is_wrong_usage_that_names_option_and_form(name: str, typed: str) -> None:
    with pytest.raises(WrongUsageError) as raised:
        read(name, **{name: typed})
    assert raised.value.sentence("en").startswith(f"The value of --{name} is not valid: it has the form YYYY-MM-DD")


def test_what_was_not_typed_is_not_said() -> None:
    assert read("start", start=None) is None
    assert read("slip", slip=False) is None
    assert read("slip", slip=True) is True
    assert read("units", units=[]) is None
    assert read("units", units=["a", "b"]) == ["a", "b"]
    assert read("verdict", verdict="return") == "return"


def test_only_what_no_option_can_hold_has_none() -> None:
    def options(names: Sequence[str]) -> list[int]:
        return [len(FIELDS[name].parameters) for name in names]

    assert options(["until", "start", "at", "units", "evidence", "slip", "verdict"]) == [1] * 7
    assert options(["document"]) == [2]


def test_a_wrong_day_is_answered_before_the_service_is_asked(type_: Type) -> None:
    said = type_("request-extension", "1/X", "--unit", "a", "--until", "31/12/2026", "--reason", "r", "--lang", "en")
    assert said == (2, "", "bad_value: The value of --until is not valid: it has the form YYYY-MM-DD[ HH:MM].\n")
