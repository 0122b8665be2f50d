"""The workflow ``Dispatcher``: sends what waits."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.wire import DISPATCH, DISPATCHER
    from workflows.shifts import keep_going


@workflow.defn(name=DISPATCHER)
class Dispatcher:
    """One for each channel."""

    @workflow.run
    async def run(self) -> None:
        """Shift after shift."""
        await keep_going(DISPATCH)
