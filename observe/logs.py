"""Logs: one JSON object a line on standard error, joined by directive, command, workflow and run."""

import logging
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

_TEMPORAL = ("temporal_workflow", "temporal_activity")


def configure(level: str = "INFO") -> None:
    """Route structlog and the standard library's logging through one renderer."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder(), _flatten_temporal],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())


def _flatten_temporal(_logger: Any, _method: str, event: EventDict) -> EventDict:  # noqa: ANN401 - structlog's shape
    # The SDK's adapters hang one dictionary on the record; its parts are what one searches by.
    for key in _TEMPORAL:
        details = event.pop(key, None) or {}
        event.update({name: details[name] for name in ("workflow_id", "run_id", "attempt") if name in details})
    return event
