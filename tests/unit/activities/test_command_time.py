"""Which time a command bears, and whose clock gave it."""

from datetime import timedelta

import pytest

from activities.command_time import needs_look_up, stamp
from activities.reading import Opened, open_message
from activities.signal_times import Seen
from tests.support.builders import command_json, head_of, local_time
from tests.support.doors import Door, message, parcel

ARRIVED = local_time("2026-11-03 12:00")
SERVER = local_time("2026-11-03 08:00")
SECOND = timedelta(seconds=1)


def sent(ago: timedelta | None, door: Door = "signal") -> Opened:
    claim = {} if ago is None else {"sent_at": (ARRIVED - ago).isoformat()}
    return open_message(message(command_json("acknowledge", head_of("unit-a"), **claim), door=door, at=ARRIVED))


CREDIBLE = [timedelta(0), SECOND, timedelta(minutes=5)]
INCREDIBLE = [None, -SECOND, timedelta(minutes=5) + SECOND, timedelta(days=1), -timedelta(days=1)]


@pytest.mark.parametrize("door", ["signal", "update"])
@pytest.mark.parametrize("ago", CREDIBLE)
def test_the_senders_time_counts_where_it_is_within_five_minutes(ago: timedelta, door: Door) -> None:
    opened = sent(ago, door)
    assert not needs_look_up(opened)
    [item] = opened.items
    stamped = stamp(opened, item, None)
    assert (stamped.at, stamped.clock, stamped.sent_at) == (ARRIVED - ago, "sender", ARRIVED - ago)


@pytest.mark.parametrize("ago", INCREDIBLE)
def test_an_update_whose_sender_claims_another_time_or_none_bears_the_time_of_its_arrival(
    ago: timedelta | None,
) -> None:
    opened = sent(ago, "update")
    assert not needs_look_up(opened)
    [item] = opened.items
    stamped = stamp(opened, item, None)
    assert (stamped.at, stamped.clock) == (ARRIVED, "service")
    assert stamped.sent_at == (None if ago is None else ARRIVED - ago)


@pytest.mark.parametrize("ago", INCREDIBLE)
def test_a_signals_time_is_then_looked_up_and_the_servers_counts(ago: timedelta | None) -> None:
    opened = sent(ago)
    assert needs_look_up(opened)
    [item] = opened.items
    stamped = stamp(opened, item, Seen(SERVER, "somebody"))
    assert (stamped.at, stamped.clock) == (SERVER, "server")


def test_a_signal_that_waited_while_our_worker_was_down_keeps_its_senders_time() -> None:
    waited = ARRIVED - SERVER
    opened = sent(waited + SECOND)
    assert needs_look_up(opened)
    [item] = opened.items
    stamped = stamp(opened, item, Seen(SERVER, "somebody"))
    assert (stamped.at, stamped.clock) == (SERVER - SECOND, "sender")


def test_a_claim_to_have_sent_after_the_server_saw_it_is_not_believed() -> None:
    opened = sent(SECOND)
    [item] = opened.items
    stamped = stamp(opened, item, Seen(ARRIVED - 2 * SECOND, "somebody"))
    assert (stamped.at, stamped.clock) == (ARRIVED - 2 * SECOND, "server")


def test_one_command_without_a_time_is_enough_to_look_a_list_up() -> None:
    head = head_of("unit-a")
    timed = command_json("acknowledge", head, sent_at=ARRIVED.isoformat())
    opened = open_message(message([timed, command_json("acknowledge", head)], door="signal", at=ARRIVED))
    assert needs_look_up(opened)
    stamps = [stamp(opened, item, Seen(ARRIVED - SECOND, "somebody")) for item in opened.items]
    assert [one.at for one in stamps] == [ARRIVED - SECOND] * 2


def test_what_cannot_be_read_claims_no_time_and_is_looked_up_for_its_sender() -> None:
    opened = open_message(message(b"{", door="signal", at=ARRIVED))
    assert needs_look_up(opened)
    [arrival] = parcel(opened, Seen(SERVER, "the client's identity")).arrivals
    assert (arrival.at, arrival.clock, arrival.trace.sender) == (SERVER, "server", "the client's identity")


def test_a_command_that_was_read_names_its_person_as_sender() -> None:
    [arrival] = parcel(sent(SECOND), Seen(SERVER, "the client's identity")).arrivals
    assert arrival.trace.sender == "head of unit-a"
