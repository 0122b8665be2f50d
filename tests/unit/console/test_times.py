"""Instants as people read them."""

from datetime import UTC, datetime

from console.times import deadline_shown, shown


def test_an_instant_is_shown_in_local_time() -> None:
    assert shown(datetime(2026, 12, 31, 20, 5, tzinfo=UTC)) == "01/01/2027 03:05"


def test_the_end_of_a_day_bears_the_name_of_that_day() -> None:
    assert deadline_shown(datetime(2026, 12, 31, 17, 0, tzinfo=UTC)) == "31/12/2026 24:00"


def test_an_hour_within_a_day_is_shown_as_it_is() -> None:
    assert deadline_shown(datetime(2026, 12, 31, 9, 30, tzinfo=UTC)) == "31/12/2026 16:30"


def test_no_deadline_is_no_blank() -> None:
    assert deadline_shown(None) == "–"
