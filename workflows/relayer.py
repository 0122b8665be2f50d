"""The workflow ``Relayer``: passes on what directives tell each other."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.wire import RELAY, RELAYER
    from workflows.shifts import keep_going


@workflow.defn(name=RELAYER)
class Relayer:
    """One for the whole installation."""

    @workflow.run
    async def run(self) -> None:
        """Shift after shift."""
        await keep_going(RELAY)
