"""up: everything on this machine, in the foreground."""

import asyncio
import sys
from contextlib import ExitStack
from typing import Annotated, Any, Final

import typer

from console.call import Call
from console.embedded_service import Running, serve
from console.environment import read_settings
from console.failures import FailedError, RefusedError
from console.input_files import SAMPLE
from console.issuing import Books, issue, prepare
from console.paper import Paper, answer
from console.places import configured
from console.waiting import spinner
from observe import logs
from settings import Settings

SAMPLE_NUMBER: Final = "1680/UBND-NC"
NEXT: Final = ("list", "show {number}", "owed --unit so-noi-vu", "acknowledge {number} --unit so-noi-vu")
"""What to type first, about the sample."""


def up(call: Call, *, sample: Annotated[bool, typer.Option("--sample")] = False) -> None:
    """PostgreSQL, Temporal and a worker, until Ctrl-C. ``sample``: issue the sample letter if it is not there yet."""
    if variables := configured(call):
        raise FailedError("configured_elsewhere", variables=", ".join(variables))
    settings = _settings(call)
    # In a terminal what is worth a warning is enough; whoever wants all of it says so.
    logs.configure(settings.log_level if "log_level" in settings.model_fields_set else "warning")
    with ExitStack() as waiting:
        waiting.enter_context(spinner(call, "cli.starting"))

        async def announce(running: Running) -> None:
            if sample:
                await _issue_sample(call)
            waiting.close()
            document = _document(call, running)
            answer(call, document, lambda paper: _render(call, document, paper))
            # We stay; whoever reads from a pipe or a file must not wait for our end.
            sys.stdout.flush()

        asyncio.run(serve(call, settings, announce))


def _settings(call: Call) -> Settings:
    settings = read_settings()
    if "mail_folder" in settings.model_fields_set:
        return settings
    return settings.model_copy(update={"mail_folder": call.data_directory.absolute() / "mail"})


async def _issue_sample(call: Call) -> None:
    try:
        await issue(call, prepare(call, SAMPLE, Books()))
    except RefusedError as refusal:
        # Issued before from another edition of the sample: it is there all the same.
        if refusal.code != "duplicate":
            raise


def _document(call: Call, running: Running) -> dict[str, Any]:
    settings, endpoints = running.settings, running.endpoints
    smtp = f"{settings.smtp_host}:{settings.smtp_port}" if settings.smtp_host else None
    return {
        "temporal_ui": endpoints.temporal_ui_url,
        "temporal_address": endpoints.temporal_address,
        "temporal_namespace": endpoints.temporal_namespace,
        "metrics": f"http://{settings.metrics_host}:{settings.metrics_port}/metrics",
        "sdk_metrics": f"http://{settings.metrics_host}:{settings.sdk_metrics_port}/metrics",
        "mails": f"smtp://{smtp}" if smtp else str(settings.mail_folder),
        "checkpoints": str(settings.checkpoint_folder),
        "checkpoint_key": str(settings.checkpoint_key_file),
        "data": str(call.data_directory.absolute()),
        "pid": endpoints.pid,
    }


def _render(call: Call, document: dict[str, Any], paper: Paper) -> None:
    paper.line(call.text("cli.up"))
    paper.line()
    paper.facts([(call.text(f"place.{name}"), str(value)) for name, value in document.items()])
    paper.heading(call.text("cli.up_next"))
    where = f" --data {call.data}" if call.data and str(call.data) != "data" else ""
    for line in NEXT:
        paper.line(f"  directives {line.format(number=SAMPLE_NUMBER)}{where}")
    paper.line()
    paper.line(call.text("cli.up_warning"))
    paper.line(call.text("cli.up_end"))


COMMANDS = {"up": up}
