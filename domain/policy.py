"""What an issuer lays down beside the law. Data in the directive's first event, with version and digest."""

from datetime import time

from pydantic import Field

from domain.base import Fact, Hour, Sha256, Word
from domain.canonical import canonical, digest


class Policy(Fact):
    """Defaults are this project's assumptions, but where a source is named.

    Units: working days, hours and calendar days as the names say; hours of the day are local time.
    """

    id: Word = "assumed"
    version: Word = "1"
    acknowledge_working_days: int = Field(default=1, ge=0, le=30, description="Decree 30/2020 art. 21.2: the same day")
    acknowledge_hours_urgent: int = Field(default=4, ge=1, le=240, description="where priority is 1 or more")
    remind_working_days_before: int = Field(default=3, ge=0, le=60)
    remind_at: Hour = time(8)
    linger_days: int = Field(default=7, ge=0, le=365, description="how long a closed directive's run stays")
    rejections_per_day: int = Field(
        default=100, ge=1, le=10_000, description="recorded; further ones are answered only"
    )

    def sha256(self) -> Sha256:
        """Digest of the content, by which an event names the policy that it was decided under."""
        return digest(canonical(self.model_dump(mode="json")))
