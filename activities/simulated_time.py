"""Simulated time: a run that lives now, told as if it lived when its scenario says.

Nothing real is ever told so: it is honoured on the queue of simulations alone, and stands in every event.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from temporalio import activity

from activities.signal_times import Seen
from domain.wire import SIMULATION_QUEUE, HandleRequest, HandleResult

_SECOND: Final = timedelta(seconds=1)


class SimulatedTime:
    """``shift``: whole seconds from the run's time to the scenario's; negative where the scenario lies in the past.

    Raises:
        ValueError: no whole seconds, which is how events tell it.
    """

    def __init__(self, shift: timedelta) -> None:
        if shift % _SECOND:
            raise ValueError(f"{shift} are no whole seconds")
        self._shift = shift

    @property
    def seconds(self) -> int:
        """As events tell it."""
        return self._shift // _SECOND

    def asked(self, request: HandleRequest) -> HandleRequest:
        """The request as the scenario dates it.

        Raises:
            RuntimeError: this worker is not a simulation's.
        """
        queue = activity.info().task_queue
        if queue != SIMULATION_QUEUE:
            raise RuntimeError(f"the time of {queue!r} is real: only {SIMULATION_QUEUE!r} may be told another")
        messages = [one.model_copy(update={"received_at": self._moved(one.received_at)}) for one in request.messages]
        return request.model_copy(update={"now": self._moved(request.now), "messages": messages})

    def seen(self, found: Mapping[str, Seen]) -> Mapping[str, Seen]:
        """The server's times of signals as the scenario dates them."""
        return {id_: replace(one, at=self._moved(one.at)) for id_, one in found.items()}

    def answered(self, result: HandleResult) -> HandleResult:
        """The result as the workflow needs it, whose clock is the run's."""
        alarm = result.next_alarm
        return result if alarm is None else result.model_copy(update={"next_alarm": alarm - self._shift})

    def _moved(self, instant: datetime) -> datetime:
        return instant + self._shift
