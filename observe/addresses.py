"""Where metrics and health are served."""

from typing import Protocol


class Addresses(Protocol):
    """The part of the settings that says it."""

    @property
    def metrics_host(self) -> str:
        """Name or IP address of an interface."""

    @property
    def metrics_port(self) -> int:
        """For the service's own metrics and its health; 0: any free one."""

    @property
    def sdk_metrics_port(self) -> int:
        """For the metrics of the Temporal SDK; 0: any free one."""


class AddressError(Exception):
    """A setting names an address at which nothing can be served."""

    def __init__(self, setting: str, address: str, reason: object) -> None:
        super().__init__(f"{setting}: cannot serve at {address}: {reason}")
