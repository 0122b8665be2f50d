"""A history that people can read."""

import re
from typing import get_type_hints

import pytest

from catalogue import LANGUAGES, Language
from console.event_words import Story
from domain.event import Event
from domain.events import EVENTS
from tests.unit.console import whole_life
from tests.unit.console.samples import value_of


@pytest.fixture(scope="module")
def events() -> list[Event]:
    return whole_life.events()


def told(events: list[Event], kind: str, language: Language = "en") -> str:
    story = Story(events, language)
    return next(story.what(event) for event in events if event.data.type == kind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_event_is_told_without_a_gap(events: list[Event], language: Language) -> None:
    story = Story(events, language)
    for event in events:
        words = f"{story.who(event)}: {story.what(event)}"
        assert "{" not in words
        assert "None" not in words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", EVENTS.keys() - {"CommandRejected", "DirectiveIssued"})
def test_each_kind_of_event_can_be_told_whatever_it_says(events: list[Event], kind: str, language: Language) -> None:
    model = EVENTS[kind]
    hints = get_type_hints(model, include_extras=True)
    content = {name: value_of(hints[name], name) for name in model.model_fields if name != "type"}
    data = model.model_validate(content, strict=False)
    one = events[-1].model_copy(update={"data": data, "version": 999})
    words = Story(events, language).what(one)
    assert not re.search(r"{|None|\w+\(|=", words)


def test_whoever_acts_for_another_is_told_with_both(events: list[Event]) -> None:
    one = events[0].model_copy(update={"on_behalf_of": "Người A"})
    assert Story(events, "vi").who(one).startswith("clerk of office thay Người A (")
    assert Story(events, "en").who(one).startswith("clerk of office for Người A (")


def test_the_time_line_of_a_unit_is_what_concerns_it(events: list[Event]) -> None:
    story = Story(events, "en")
    of_c = [event.data.type for event in events if story.concerns(event, "unit-c")]
    assert of_c == ["DirectiveIssued", "ReceiptDelivered"]
    assert {"ReportReturned", "ReceiptRefused"} <= {
        event.data.type for event in events if story.concerns(event, "unit-b")
    }
    assert not any(
        story.concerns(event, "unit-a") for event in events if getattr(event.data, "assignment", None) == "1.2"
    )


def test_units_bear_their_names_and_deadlines_the_day_that_is_meant(events: list[Event]) -> None:
    assert told(events, "DeadlineSet") == "deadline of assignment 1.1 (Đơn vị unit-a): 20/11/2026 24:00, set at issue"


RUNG = {
    "assignment": "1.1",
    "deadline": "2026-11-20T17:00:00Z",
    "rung": 1,
    "levels": ["officer", "unit_head", "tracker"],
    "due_at": "2026-11-23T01:00:00Z",
    "skipped": [],
}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {},
            (
                "đôn đốc Đơn vị unit-a về phân công 1.1, hạn 20/11/2026 24:00: sau hạn 1 ngày làm việc; "
                "báo chuyên viên, thủ trưởng đơn vị, người theo dõi"
            ),
        ),
        (
            {"rung": 0, "levels": ["head_of_office", "chairman"], "skipped": [-3, -1]},
            (
                "đôn đốc Đơn vị unit-a về phân công 1.1, hạn 20/11/2026 24:00: vào ngày đến hạn; "
                "báo Chánh Văn phòng, Chủ tịch; thay cho mốc: trước hạn 3 ngày làm việc; trước hạn 1 ngày làm việc"
            ),
        ),
    ],
)
def test_a_rung_is_told_with_its_days_and_with_those_it_overtook(
    events: list[Event], changes: dict[str, object], words: str
) -> None:
    data = EVENTS["RungReached"].model_validate({**RUNG, **changes}, strict=False)
    one = events[-1].model_copy(update={"data": data, "version": 999})
    assert Story(events, "vi").what(one) == words


def test_what_people_wrote_is_quoted(events: list[Event]) -> None:
    assert told(events, "ReceiptRefused") == "Đơn vị unit-b refused, wrong addressee: “không thuộc chức năng”"
    assert told(events, "DirectiveClosed", "vi") == "kết thúc văn bản: “đã xong”"


def test_a_rejection_is_told_with_code_and_reason(events: list[Event]) -> None:
    assert told(events, "CommandRejected") == (
        "rejected command progress, already_accepted: Assignment 1.1 has been accepted already."
    )


def test_who_acted_is_told_with_role_and_unit(events: list[Event]) -> None:
    story = Story(events, "en")
    assert story.who(events[0]) == "clerk of office (clerk, Đơn vị office)"
    assert {story.who(event) for event in events if event.data.type == "DeadlinePassed"} == {"system"}


def test_whoever_is_only_informed_has_nothing_to_acknowledge(events: list[Event]) -> None:
    story = Story(events, "en")
    words = [story.what(event) for event in events if event.data.type == "ReceiptDelivered"]
    assert words == [
        "delivered to Đơn vị unit-a by e-mail; to be acknowledged by 03/11/2026 24:00",
        "delivered to Đơn vị unit-b by e-mail; to be acknowledged by 03/11/2026 24:00",
        "delivered to Đơn vị unit-c by e-mail, for information",
    ]
