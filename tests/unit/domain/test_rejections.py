"""Whatever is not carried out leaves a trace, as far as the policy's share of the day reaches."""

from datetime import datetime, timedelta

from domain.refusal import Code
from domain.rejection import CommandRejected
from tests.support.builders import acknowledge, directive, local_time, progress
from tests.support.desk import Desk
from tests.support.doors import message, parcels


def recorded(desk: Desk) -> list[CommandRejected]:
    return [event.data for event in desk.events if isinstance(event.data, CommandRejected)]


def capped(share: int) -> Desk:
    return Desk(directive(policy={"rejections_per_day": share}))


def refused(desk: Desk, times: int, at: datetime | None = None) -> None:
    for _ in range(times):
        assert desk.one(progress(), at=at).code is Code.NOT_ACKNOWLEDGED


def test_a_rejection_keeps_code_details_type_and_what_identifies_the_message() -> None:
    desk = Desk()
    body = progress()
    desk.one(body)
    [kept] = recorded(desk)
    assert (kept.code, kept.details, kept.command) == (Code.NOT_ACKNOWLEDGED, {"unit": "unit-a"}, "progress")
    assert kept.trace.sender == "officer of unit-a"
    assert kept.trace.door == "update"
    assert kept.trace.size > 0
    assert len(kept.trace.sha256) == 64
    assert (desk.events[-1].actor, desk.events[-1].command_id) == (body.actor, body.command_id)


def test_what_cannot_be_read_is_recorded_in_the_systems_name() -> None:
    desk = Desk()
    [[outcome]] = desk.run(parcels([message(b"{", id_="message-7")])).outcomes
    assert (outcome.code, outcome.command_id) == (Code.UNREADABLE, "message-7")
    [kept] = recorded(desk)
    assert (kept.command, kept.trace.excerpt, kept.trace.size) == (None, "{", 1)
    assert desk.events[-1].actor.person == "system"


def test_beyond_the_days_share_a_command_is_answered_but_not_recorded() -> None:
    desk = capped(3)
    refused(desk, 10)
    assert len(recorded(desk)) == 3
    outcome = desk.one(progress())
    assert (outcome.outcome, outcome.events, outcome.version) == ("refused", [], desk.state.version)


def test_an_answer_without_a_record_is_repeated_all_the_same() -> None:
    desk = capped(1)
    refused(desk, 1)
    beyond = progress()
    first = desk.one(beyond)
    assert desk.one(beyond) == first


def test_the_next_local_day_has_its_own_share() -> None:
    desk = capped(2)
    refused(desk, 5, at=local_time("2026-11-02 23:59"))
    refused(desk, 5, at=local_time("2026-11-03 00:00"))
    assert len(recorded(desk)) == 4


def test_a_flood_across_midnight_by_clocks_that_run_back_gets_no_more_than_both_days_shares() -> None:
    desk = capped(2)
    midnight = local_time("2026-11-03 00:00")
    for second in range(30):
        desk.run_at(midnight + timedelta(seconds=second), progress())
        desk.run_at(midnight - timedelta(seconds=second + 1), progress())
    assert len(recorded(desk)) == 2


def test_a_full_share_hinders_nothing_that_is_allowed() -> None:
    desk = capped(1)
    refused(desk, 5)
    desk.do(acknowledge(), progress())
    assert desk.state.assignments["1.1"].percent == 50
