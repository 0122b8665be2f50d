"""One JSON object a line, whoever logs."""

import json
import subprocess
import sys
from typing import Any

from temporalio.testing import ActivityEnvironment

SCRIPT = """
import logging, structlog
from observe.logs import configure
configure("info")
{}
"""


def logged(statement: str) -> list[dict[str, Any]]:
    # A process of its own: to configure logging is to change it for everybody.
    done = subprocess.run([sys.executable, "-c", SCRIPT.format(statement)], capture_output=True, text=True, check=True)
    assert done.stdout == ""
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_structlog_and_the_standard_library_come_out_alike() -> None:
    ours, others = logged(
        "structlog.get_logger('a').info('đã ghi', directive='d'); logging.getLogger('b').warning('%d', 5)"
    )
    assert ours.pop("timestamp") < others.pop("timestamp")
    assert ours == {"event": "đã ghi", "directive": "d", "level": "info", "logger": "a"}
    assert others == {"event": "5", "level": "warning", "logger": "b"}


def test_what_is_below_the_level_is_not_said() -> None:
    assert logged("structlog.get_logger('a').debug('x'); logging.getLogger('b').debug('x')") == []


def test_an_error_keeps_its_traceback_on_its_line() -> None:
    [line] = logged("try:\n    1 / 0\nexcept ZeroDivisionError:\n    structlog.get_logger().exception('failed')")
    assert "ZeroDivisionError: division by zero" in line["exception"]


def test_what_an_activity_logs_names_workflow_and_run() -> None:
    lines = logged(
        "from temporalio.testing import ActivityEnvironment\n"
        "from temporalio import activity\n"
        "def work():\n"
        "    structlog.get_logger('ours').info('recorded')\n"
        "    activity.logger.info('said')\n"
        "ActivityEnvironment().run(work)"
    )
    info = ActivityEnvironment().info
    assert [line["event"] for line in lines] == ["recorded", "said"]
    for line in lines:
        assert (line["workflow_id"], line["run_id"], line["attempt"]) == (info.workflow_id, info.workflow_run_id, 1)
        assert "temporal_activity" not in line
