"""The service's own metrics. Names after prometheus.io's conventions; no id, person or title is ever a label."""

import time
from collections.abc import Iterable
from importlib.metadata import version
from typing import Final, get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics
from prometheus_client.process_collector import ProcessCollector

from domain.commands.record_delivery import Channel
from observe.figures import FiguresCollector

# When each series was born would be as many series again, and no rule asks.
disable_created_metrics()  # type: ignore[no-untyped-call] # the library leaves it unannotated
REGISTRY: Final = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

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
follower_failures = Counter(
    "directives_follower_failures", "Steps of followers of the record that failed", ["follower"], registry=REGISTRY
)
oldest_waiting_message = Gauge(
    "directives_oldest_waiting_message_timestamp_seconds",
    "When the oldest message that this worker holds unhandled came in; 0 where there is none",
    registry=REGISTRY,
)
record_entries = Gauge(
    "directives_record_entries",
    "Events that have their place in the record, as this worker saw it last",
    registry=REGISTRY,
)
unsequenced_batches = Gauge(
    "directives_unsequenced_batches",
    "Batches of events that waited for their place in the record when this worker looked last",
    registry=REGISTRY,
)
sequencer_failures = Counter(
    "directives_sequencer_failures",
    "Times that the record could not be carried on; it is tried again",
    registry=REGISTRY,
)
last_checkpoint = Gauge(
    "directives_checkpoint_timestamp_seconds",
    "When this worker kept a checkpoint outside the database last; 0 where it has kept none",
    registry=REGISTRY,
)
checkpoint_failures = Counter(
    "directives_checkpoint_failures", "Checkpoints that could not be kept; they are tried again", registry=REGISTRY
)
build_info = Gauge("directives_build_info", "1, with the version that runs", ["version"], registry=REGISTRY)
figures: Final = FiguresCollector()
REGISTRY.register(figures)

CHANNELS: Final[tuple[str, ...]] = get_args(Channel)
OUTCOMES: Final = ("sent", "failed", "given_up")


def bear_at_zero(command_types: Iterable[str], event_types: Iterable[str]) -> None:
    """Make every series exist from the start: a counter born at one hides its first occurrence from ``increase``.

    Refusals are left out: type times code would be hundreds of series, and no rule asks for them.
    """
    for command_type in command_types:
        commands.labels(command_type, "done", "")
    for event_type in event_types:
        events.labels(event_type)
    for channel in CHANNELS:
        for outcome in OUTCOMES:
            notices.labels(channel, outcome)
    build_info.labels(version("directives")).set(1)


class Waiting:
    """Which messages this worker holds unhandled, for the age of the oldest.

    A try lasts a minute at most and the next one comes within ten seconds, for as long as it takes; so an entry that
    nobody renewed for longer was taken over by another worker.
    """

    _FORGET_AFTER = 90.0

    def __init__(self) -> None:
        self._held: dict[str, tuple[float, float]] = {}

    def hold(self, stream: str, since: float) -> None:
        """A batch of that stream is not recorded yet; ``since``: Unix time at which its oldest message came in."""
        self._held[stream] = (since, time.monotonic())

    def release(self, stream: str) -> None:
        """The batch is recorded."""
        self._held.pop(stream, None)

    def oldest(self) -> float:
        """Unix time at which the oldest message came in; 0 where there is none."""
        limit = time.monotonic() - self._FORGET_AFTER
        self._held = {stream: entry for stream, entry in self._held.items() if entry[1] > limit}
        return min((since for since, _ in self._held.values()), default=0)


waiting: Final = Waiting()
# Read when it is scraped: what another worker has taken over is forgotten though nothing more happens here.
oldest_waiting_message.set_function(waiting.oldest)
