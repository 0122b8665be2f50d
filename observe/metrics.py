"""The service's own metrics. Names after prometheus.io's conventions; no id, person or title is ever a label."""

import time
from collections.abc import Iterable
from importlib.metadata import version
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY: Final = CollectorRegistry()

commands = Counter(
    "directives_commands",
    "Commands answered for the first time, by type, outcome and refusal code",
    ["type", "outcome", "code"],
    registry=REGISTRY,
)
events = Counter("directives_events", "Events recorded, by type", ["type"], registry=REGISTRY)
handle_seconds = Histogram(
    "directives_handle_seconds",
    "Time that one batch took to be decided and recorded",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=REGISTRY,
)
handle_failures = Counter(
    "directives_handle_failures", "Batches that could not be recorded and are tried again", registry=REGISTRY
)
batch_messages = Histogram(
    "directives_batch_messages",
    "Messages in one batch",
    buckets=(0, 1, 2, 5, 10, 20, 50, 100, 200, 500),
    registry=REGISTRY,
)
alarm_lag_seconds = Histogram(
    "directives_alarm_lag_seconds",
    "From the instant at which an alarm was due to its being recorded",
    buckets=(0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 21600, 86400),
    registry=REGISTRY,
)
notices = Counter(
    "directives_notices", "Notices settled, by channel and outcome", ["channel", "outcome"], registry=REGISTRY
)
oldest_waiting_message = Gauge(
    "directives_oldest_waiting_message_timestamp_seconds",
    "When the oldest message that this worker holds unhandled came in; 0 where there is none",
    registry=REGISTRY,
)
oldest_waiting_notice = Gauge(
    "directives_oldest_waiting_notice_timestamp_seconds",
    "When the oldest notice that still waits was written; 0 where there is none",
    registry=REGISTRY,
)
assignments = Gauge(
    "directives_assignments", "Lead assignments of directives in force, by cell of FIGURES", ["cell"], registry=REGISTRY
)
unacknowledged = Gauge(
    "directives_unacknowledged_receipts",
    "Acting units that have not answered, by whether their time is past",
    ["state"],
    registry=REGISTRY,
)
figures_read = Gauge(
    "directives_figures_timestamp_seconds", "When the gauges of the database were last read", registry=REGISTRY
)
build_info = Gauge("directives_build_info", "1, with the version that runs", ["version"], registry=REGISTRY)

CELLS: Final = ("done_on_time", "done_late", "open_in_time", "open_overdue")
CHANNELS: Final = ("email", "file")


def bear_at_zero(command_types: Iterable[str], event_types: Iterable[str]) -> None:
    """Make every series exist from the start: a counter born at one hides its first occurrence from ``increase``."""
    for command_type in command_types:
        commands.labels(command_type, "done", "")
    for event_type in event_types:
        events.labels(event_type)
    for channel in CHANNELS:
        for outcome in ("sent", "failed", "given_up"):
            notices.labels(channel, outcome)
    for cell in CELLS:
        assignments.labels(cell)
    for state in ("in_time", "overdue"):
        unacknowledged.labels(state)
    build_info.labels(version("directives")).set(1)


class Waiting:
    """Which messages this worker holds unhandled, for the age of the oldest.

    A batch is tried again within ten seconds for as long as it takes, so an entry that nobody renewed for a minute
    was taken over by another worker.
    """

    _FORGET_AFTER = 60.0

    def __init__(self) -> None:
        self._held: dict[str, tuple[float, float]] = {}

    def hold(self, stream: str, since: float) -> None:
        """A batch of that stream failed; ``since``: Unix time at which its oldest message came in."""
        self._held[stream] = (since, time.monotonic())
        self._publish()

    def release(self, stream: str) -> None:
        """The batch is recorded."""
        self._held.pop(stream, None)
        self._publish()

    def _publish(self) -> None:
        limit = time.monotonic() - self._FORGET_AFTER
        self._held = {stream: entry for stream, entry in self._held.items() if entry[1] > limit}
        oldest_waiting_message.set(min((since for since, _ in self._held.values()), default=0))


waiting: Final = Waiting()
