"""What is let in: lengths, characters, instants, days, and what an obligation has to look like."""

import unicodedata

import pytest
from pydantic import ValidationError

from domain.actor import SYSTEM
from domain.base import Fact
from domain.commands import ADAPTER
from domain.directive import Directive
from domain.document import Document
from tests.support.builders import (
    CLERK,
    OPERATOR,
    Json,
    by,
    command_json,
    directive,
    directive_json,
    head_of,
    obligation,
    officer_of,
    unit_json,
)

ACKNOWLEDGE = command_json("acknowledge", head_of("unit-a"))
PROGRESS = command_json("progress", officer_of("unit-a"), percent=10)


def refusal(model: type[Fact], content: Json) -> tuple[str, str]:
    """Field and kind of the first error."""
    with pytest.raises(ValidationError) as caught:
        model.model_validate(content, strict=False)
    first = caught.value.errors()[0]
    return ".".join(str(step) for step in first["loc"]), first["type"]


def refusal_of_command(content: Json) -> tuple[str, str]:
    with pytest.raises(ValidationError) as caught:
        ADAPTER.validate_python(content, strict=False)
    first = caught.value.errors()[0]
    return ".".join(str(step) for step in first["loc"][1:]), first["type"]


def document(**changes: object) -> Json:
    return {**directive_json()["document"], **changes}


@pytest.mark.parametrize(
    ("field", "longest"), [("subject", 500), ("organ_name", 200), ("type_name", 100), ("place", 100), ("organ_id", 13)]
)
def test_a_text_may_be_as_long_as_the_decree_says_and_not_one_character_longer(field: str, longest: int) -> None:
    assert len(getattr(Document.model_validate(document(**{field: "ệ" * longest}), strict=False), field)) == longest
    assert refusal(Document, document(**{field: "ệ" * (longest + 1)})) == (field, "string_too_long")


def test_letters_are_counted_as_they_are_kept_not_as_they_were_typed() -> None:
    typed = unicodedata.normalize("NFD", "ệ") * 500
    assert len(typed) == 1500
    assert Document.model_validate(document(subject=typed), strict=False).subject == "ệ" * 500
    # Some letters are kept in more parts than they were typed.
    assert len(unicodedata.normalize("NFC", "\u0958" * 251)) == 502
    assert refusal(Document, document(subject="\u0958" * 251)) == ("subject", "string_too_long")


@pytest.mark.parametrize("field", ["subject", "organ_name", "type_name"])
def test_a_text_that_must_be_there_may_not_be_empty(field: str) -> None:
    assert refusal(Document, document(**{field: ""})) == (field, "string_too_short")


@pytest.mark.parametrize(
    "noise",
    ["\x00", "\x07", "\x1b", "\r", "\x7f", "\x85", "\u2028", "\u202e", "\u2066"],
    ids=ascii,
)
def test_control_characters_are_refused_wherever_people_write(noise: str) -> None:
    for field in ("subject", "organ_name", "place"):
        assert refusal(Document, document(**{field: f"a{noise}b"})) == (field, "control_characters")
    assert refusal_of_command({**PROGRESS, "text": noise}) == ("text", "control_characters")
    actor = {**ACKNOWLEDGE["actor"], "person": f"head{noise}"}
    assert refusal_of_command({**ACKNOWLEDGE, "actor": actor}) == ("actor.person", "control_characters")


@pytest.mark.parametrize("layout", ["\n", "\t"])
def test_line_breaks_and_tabs_are_how_people_lay_out_text(layout: str) -> None:
    assert ADAPTER.validate_python({**PROGRESS, "text": f"a{layout}b"}, strict=False)


@pytest.mark.parametrize("field", ["kind", "email", "name"])
def test_the_extract_of_the_directory_is_as_clean_as_the_rest(field: str) -> None:
    units = [unit_json("office"), {**unit_json("unit-a"), field: "unit-a\x00@example.invalid"}]
    content = directive_json(obligation("unit-a"), directory={"version": "1", "sha256": "0" * 64, "units": units})
    assert refusal(Directive, content) == (f"directory.units.1.{field}", "control_characters")


@pytest.mark.parametrize("address", ["nobody", "a@b@c", "a b@example.invalid", "a@example.invalid\nBcc: b", "@", "a@"])
def test_an_address_that_no_mail_can_be_sent_to_is_refused(address: str) -> None:
    units = [unit_json("office"), {**unit_json("unit-a"), "email": address}]
    content = directive_json(obligation("unit-a"), directory={"version": "1", "sha256": "0" * 64, "units": units})
    assert refusal(Directive, content) == ("directory.units.1.email", "string_pattern_mismatch")


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_percentage_lies_between_0_and_100(percent: int) -> None:
    assert refusal_of_command({**PROGRESS, "percent": percent})[0] == "percent"


@pytest.mark.parametrize("sent_at", ["0001-01-01T00:00:00+07:00", "9999-12-31T23:59:59-07:00"])
def test_an_instant_at_the_ends_of_the_calendar_is_refused_not_stumbled_over(sent_at: str) -> None:
    assert refusal_of_command({**ACKNOWLEDGE, "sent_at": sent_at}) == ("sent_at", "instant_range")


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (command_json("pause", OPERATOR, reason="lịch sai"), "until"),
        (command_json("superior_changed", SYSTEM, kind="deadline", superior_version=2), "deadline"),
    ],
)
def test_a_moment_to_come_that_is_reckoned_with_lies_far_from_the_end_of_the_calendar(
    content: Json, field: str
) -> None:
    assert refusal_of_command({**content, field: "9999-12-31T11:00:00Z"}) == (field, "less_than_equal")


def test_an_instant_needs_an_offset_and_an_hour_of_a_local_day_must_have_none() -> None:
    assert refusal_of_command({**ACKNOWLEDGE, "sent_at": "2026-11-02T09:00:00"}) == ("sent_at", "timezone_aware")
    content = directive_json(obligation("unit-a", deadline=by("2026-11-25", "10:00:00+02:00")))
    assert refusal(Directive, content) == ("obligations.0.deadline.date.hour", "timezone_naive")
    content = directive_json(policy={"remind_at": "08:00:00Z"})
    assert refusal(Directive, content) == ("policy.remind_at", "timezone_naive")


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_lies_far_from_the_ends_of_the_calendar(day: str) -> None:
    assert refusal(Document, document(issued_date=day))[0] == "issued_date"
    content = directive_json(obligation("unit-a", deadline=by(day)))
    assert refusal(Directive, content)[0] == "obligations.0.deadline.date.day"
    assert refusal(Directive, directive_json(calendar={"off": [day]}))[0] == "calendar.off.0"


@pytest.mark.parametrize(
    ("task", "kind"),
    [
        ({**obligation("unit-a", "unit-b"), "mode": "joint"}, "joint_lead"),
        ({**obligation("unit-a", support=["unit-b"]), "mode": "each"}, "each_support"),
        (obligation("unit-a", "unit-a"), "unit_twice"),
        (obligation("unit-a", support=["unit-a"]), "unit_twice"),
    ],
)
def test_an_obligation_whose_holders_contradict_its_mode_is_refused(task: Json, kind: str) -> None:
    assert refusal(Directive, directive_json(task)) == ("obligations.0", kind)


def test_two_obligations_with_one_number_are_refused() -> None:
    assert refusal(Directive, directive_json(obligation("unit-a"), obligation("unit-b"))) == ("", "item_twice")


@pytest.mark.parametrize("id_", ["Unit-A", "unit_a", "-unit", "unit a", "", "u" * 65])
def test_a_unit_id_is_lower_case_letters_figures_and_hyphens(id_: str) -> None:
    assert refusal_of_command({**ACKNOWLEDGE, "actor": {**ACKNOWLEDGE["actor"], "unit": id_}})[0] == "actor.unit"


def test_unknown_fields_are_refused_at_every_depth() -> None:
    assert refusal_of_command({**ACKNOWLEDGE, "colour": "red"}) == ("colour", "extra_forbidden")
    actor = {**ACKNOWLEDGE["actor"], "rank": 1}
    assert refusal_of_command({**ACKNOWLEDGE, "actor": actor}) == ("actor.rank", "extra_forbidden")
    assert refusal(Directive, directive_json(colour="red")) == ("colour", "extra_forbidden")


def test_a_percentage_written_as_a_fraction_or_in_quotes_is_refused_at_the_door() -> None:
    for percent in (10.5, 10.0, "10", True, None):
        with pytest.raises(ValidationError, match="percent"):
            ADAPTER.validate_python({**PROGRESS, "percent": percent})


def test_one_content_has_one_digest_however_it_was_written() -> None:
    content = directive(policy={"linger_days": 7})
    assert content.sha256() == directive().sha256() == Directive.model_validate_json(content.model_dump_json()).sha256()
    assert content.sha256() != directive(policy={"linger_days": 8}).sha256()
    issue = command_json("issue", CLERK, directive=content.model_dump(mode="json"))
    assert ADAPTER.validate_python(issue, strict=False).directive.sha256() == content.sha256()
