"""The Temporal SDK's runtime: its metrics on a port of their own, its log among ours."""

import logging
from collections.abc import Mapping, Sequence
from typing import Final

from temporalio.runtime import LogForwardingConfig, LoggingConfig, PrometheusConfig, Runtime, TelemetryConfig

from observe.addresses import AddressError, Addresses

_WAITS: Final = (0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 1800, 3600, 7200)
_WORK: Final = (0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60)

BUCKETS: Final[Mapping[str, Sequence[float]]] = {
    "workflow_task_schedule_to_start_latency": _WAITS,
    "activity_schedule_to_start_latency": _WAITS,
    "workflow_task_execution_latency": _WORK,
    "workflow_task_replay_latency": _WORK,
    "request_latency": _WORK,
}
"""Bounds in seconds, by the SDK's name without prefix and suffix.

The SDK's own end at 1,000 s for waiting and at 1 s for workflow tasks, below the 30 minutes and the 10 s from which
Temporal advises to raise an alarm: such a rule could never fire.
"""


def build_runtime(addresses: Addresses) -> Runtime:
    """Call once a process, before the first client.

    Counters end in ``_total`` and durations in ``_seconds``, as everywhere else in Prometheus; by default they do not.

    Raises:
        AddressError: ``metrics_host`` is no IP address, or ``sdk_metrics_port`` is taken.
    """
    host = addresses.metrics_host
    address = f"[{host}]:{addresses.sdk_metrics_port}" if ":" in host else f"{host}:{addresses.sdk_metrics_port}"
    metrics = PrometheusConfig(
        bind_address=address,
        counters_total_suffix=True,
        unit_suffix=True,
        durations_as_seconds=True,
        histogram_bucket_overrides=BUCKETS,
    )
    log = LoggingConfig(
        filter=LoggingConfig.default.filter,
        # Else it writes to standard output in a form of its own.
        forwarding=LogForwardingConfig(
            logging.getLogger("temporal"),
            append_target_to_name=False,
            prepend_target_on_message=False,
            append_log_fields_to_message=False,
        ),
    )
    try:
        return Runtime(telemetry=TelemetryConfig(metrics=metrics, logging=log))
    except ValueError as error:
        raise AddressError("metrics_host, sdk_metrics_port", address, error) from error
