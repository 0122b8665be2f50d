"""Logs: one JSON object a line on standard error, joined by directive, command, workflow and run."""

import logging
import sys
from typing import Any, Final

import structlog
from structlog.typing import EventDict, Processor
from temporalio import activity, workflow

_IDENTIFIERS: Final = ("workflow_id", "run_id", "attempt")


def configure(level: str = "INFO") -> None:
    """Route structlog, the standard library's logging and the SDK's log through one renderer."""
    # Else the SDK pastes the identifiers into the text as well.
    workflow.logger.workflow_info_on_message = False
    activity.logger.activity_info_on_message = False
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        _add_activity,
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


def _add_activity(_logger: Any, _method: str, event: EventDict) -> EventDict:  # noqa: ANN401 - structlog's shape
    # Whatever is logged in the course of an activity can be found by the run that asked for it.
    if activity.in_activity():
        info = activity.info()
        event.update(workflow_id=info.workflow_id, run_id=info.workflow_run_id, attempt=info.attempt)
    return event


def _flatten_temporal(_logger: Any, _method: str, event: EventDict) -> EventDict:  # noqa: ANN401 - structlog's shape
    # The SDK hangs one dictionary or object on the record; its parts are what one searches by.
    event.pop("temporal_activity", None)
    details = event.pop("temporal_workflow", None) or {}
    core = event.pop("temporal_log", None)
    if core is not None:
        details = core.fields
        event["core"] = {name: value for name, value in details.items() if name not in _IDENTIFIERS}
    event.update({name: details[name] for name in _IDENTIFIERS if name in details})
    return event
