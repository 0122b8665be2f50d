"""Not faster than the mail server shall be troubled."""

import time


class Pace:
    """At most that many turns a second, evenly apart."""

    def __init__(self, per_second: float) -> None:
        self._apart = 1 / per_second
        self._next = 0.0

    @property
    def wait(self) -> float:
        """Seconds until the next turn may be taken."""
        return max(self._next - time.monotonic(), 0)

    def take(self) -> None:
        """Take the turn."""
        self._next = max(self._next, time.monotonic()) + self._apart
