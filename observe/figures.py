"""Gauges that say how directives stand, read from the database by one worker at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

CELLS: Final = ("done_on_time", "done_late", "open_in_time", "open_overdue")
RECEIPT_STATES: Final = ("in_time", "overdue")


@dataclass(frozen=True, slots=True)
class Figures:
    """What one reading found.

    Args:
        read_at: Unix time of the reading.
        assignments: lead assignments of directives in force, by cell (FIGURES).
        unacknowledged: receipts of acting units without an answer, by whether their time is past.
        oldest_waiting_notice: Unix time at which the oldest notice that still waits was written; 0 where none does.
        oldest_unsent_relay: Unix time at which the oldest relay was written that did not get through yet; 0 where there
            is none.
        follower_lag: entries of the record that each follower has not taken in yet.
        follower_beat: Unix time at which each last said that it goes on.
    """

    read_at: float
    assignments: Mapping[str, int]
    unacknowledged: Mapping[str, int]
    oldest_waiting_notice: float
    oldest_unsent_relay: float
    follower_lag: Mapping[str, int]
    follower_beat: Mapping[str, float]


class FiguresCollector(Collector):
    """Shows the last reading, or no series at all where another worker reads.

    Every reader would show the same numbers, so rules take the ``max``, never the ``sum``; and they look some minutes
    back (``last_over_time``), because no worker shows anything while the task changes hands.
    """

    def __init__(self) -> None:
        self._figures: Figures | None = None

    def publish(self, figures: Figures) -> None:
        """Show these from now on."""
        self._figures = figures

    def withdraw(self) -> None:
        """Show nothing: another worker does."""
        self._figures = None

    def describe(self) -> Iterable[Metric]:
        """Names for the registry, without values."""
        return _families()

    def collect(self) -> Iterable[Metric]:
        """Called at every scrape."""
        figures = self._figures
        if figures is None:
            return
        assignments, unacknowledged, oldest_notice, oldest_relay, lag, beat, read_at = families = _families()
        for cell, count in figures.assignments.items():
            assignments.add_metric([cell], count)
        for state, count in figures.unacknowledged.items():
            unacknowledged.add_metric([state], count)
        oldest_notice.add_metric([], figures.oldest_waiting_notice)
        oldest_relay.add_metric([], figures.oldest_unsent_relay)
        for follower, entries in figures.follower_lag.items():
            lag.add_metric([follower], entries)
        for follower, at in figures.follower_beat.items():
            beat.add_metric([follower], at)
        read_at.add_metric([], figures.read_at)
        yield from families


def _families() -> tuple[GaugeMetricFamily, ...]:
    return (
        GaugeMetricFamily(
            "directives_assignments", "Lead assignments of directives in force, by cell of FIGURES", labels=["cell"]
        ),
        GaugeMetricFamily(
            "directives_unacknowledged_receipts",
            "Acting units that have not answered, by whether their time is past",
            labels=["state"],
        ),
        GaugeMetricFamily(
            "directives_oldest_waiting_notice_timestamp_seconds",
            "When the oldest notice that still waits was written; 0 where there is none",
        ),
        GaugeMetricFamily(
            "directives_oldest_unsent_relay_timestamp_seconds",
            "When the oldest word of one directive to another was written that did not get through; 0 where all did",
        ),
        GaugeMetricFamily(
            "directives_follower_lag_entries",
            "Entries of the record that a follower has not taken in yet",
            labels=["follower"],
        ),
        GaugeMetricFamily(
            "directives_follower_beat_timestamp_seconds",
            "When a follower last said that it goes on",
            labels=["follower"],
        ),
        GaugeMetricFamily("directives_figures_timestamp_seconds", "When these gauges were last read"),
    )
