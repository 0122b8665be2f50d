"""What a scrape of the service's registry shows."""

import time

import pytest
from prometheus_client import generate_latest

from domain.commands import COMMANDS
from domain.events import EVENTS
from observe import metrics
from observe.figures import Figures, FiguresCollector
from observe.metrics import REGISTRY, Waiting, bear_at_zero


def test_every_series_that_a_rule_counts_is_there_before_anything_happens() -> None:
    bear_at_zero(COMMANDS, EVENTS)
    for channel in metrics.CHANNELS:
        assert REGISTRY.get_sample_value(
            "directives_notices_total", {"channel": channel, "outcome": "given_up"}
        ) is not None  # fmt: skip
    for name in COMMANDS:
        labels = {"type": name, "outcome": "done", "code": ""}
        assert REGISTRY.get_sample_value("directives_commands_total", labels) is not None
    for name in EVENTS:
        assert REGISTRY.get_sample_value("directives_events_total", {"type": name}) is not None


def test_names_carry_the_prefix_and_labels_are_few() -> None:
    families = [one for one in REGISTRY.collect() if not one.name.startswith("process_")]
    assert [one.name for one in families if not one.name.startswith("directives_")] == []
    labels = {label for one in families for sample in one.samples for label in sample.labels}
    assert labels <= {"type", "outcome", "code", "channel", "cell", "state", "version", "follower", "le"}


def test_the_oldest_message_is_the_oldest_of_all_streams_until_it_is_released() -> None:
    waiting = Waiting()
    assert waiting.oldest() == 0
    waiting.hold("a", 200.0)
    waiting.hold("b", 100.0)
    assert waiting.oldest() == 100.0
    waiting.release("b")
    assert waiting.oldest() == 200.0
    waiting.release("a")
    waiting.release("never held")
    assert waiting.oldest() == 0


def test_a_message_that_another_worker_took_over_is_forgotten_though_nothing_more_happens_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waiting = Waiting()
    waiting.hold("a", 100.0)
    soon = time.monotonic() + 80
    monkeypatch.setattr(time, "monotonic", lambda: soon)
    assert waiting.oldest() == 100.0
    later = soon + 11
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert waiting.oldest() == 0


def test_what_is_scraped_is_the_age_at_that_moment() -> None:
    metrics.waiting.hold("stream of this test", 5.0)
    try:
        assert REGISTRY.get_sample_value("directives_oldest_waiting_message_timestamp_seconds") == 5.0
    finally:
        metrics.waiting.release("stream of this test")


def test_figures_are_shown_from_the_first_reading_until_they_are_withdrawn() -> None:
    collector = FiguresCollector()
    assert list(collector.collect()) == []
    lag, beat = {"rights_changes": 12}, {"rights_changes": 8.0}
    collector.publish(Figures(7.0, {"open_overdue": 57}, {"overdue": 3, "in_time": 0}, 5.0, 6.0, lag, beat))
    shown = {(one.name, *one.labels.values()): one.value for family in collector.collect() for one in family.samples}
    assert shown == {
        ("directives_assignments", "open_overdue"): 57,
        ("directives_unacknowledged_receipts", "overdue"): 3,
        ("directives_unacknowledged_receipts", "in_time"): 0,
        ("directives_oldest_waiting_notice_timestamp_seconds",): 5,
        ("directives_oldest_unsent_relay_timestamp_seconds",): 6,
        ("directives_follower_lag_entries", "rights_changes"): 12,
        ("directives_follower_beat_timestamp_seconds", "rights_changes"): 8,
        ("directives_figures_timestamp_seconds",): 7,
    }
    collector.withdraw()
    assert list(collector.collect()) == []


def test_no_series_says_when_another_one_was_born() -> None:
    bear_at_zero(COMMANDS, EVENTS)
    assert b"_created" not in generate_latest(REGISTRY)


def test_the_exposition_is_complete_while_nobody_reads_the_figures() -> None:
    assert b"directives_assignments" not in generate_latest(REGISTRY)
    assert b"directives_build_info" in generate_latest(REGISTRY)
