"""What an issuer lays down beside the law. Data in the directive's first event, with version and digest."""

from datetime import time
from typing import Final

from pydantic import Field

from domain.base import Fact, Hour, Sha256, Word
from domain.canonical import canonical, digest

FIRST_RULES: Final = frozenset(
    {
        "id", "version", "acknowledge_working_days", "acknowledge_hours_urgent", "remind_working_days_before",
        "remind_at", "linger_days", "rejections_per_day",
    }
)  # fmt: skip


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

    extensions_most: int = Field(default=2, ge=0, le=20, description="granted to one assignment")
    extension_grace_days: int = Field(default=0, ge=0, le=365, description="after the deadline, to ask for one")
    extension_longest_days: int = Field(default=90, ge=1, le=3650, description="beyond the deadline it moves")
    recall_working_days: int = Field(default=3, ge=0, le=60, description="to answer a recall; then it counts as agreed")
    explanation_working_days: int = Field(default=3, ge=0, le=60, description="where the demand names no day")
    time_correction_days: int = Field(default=30, ge=1, le=365, description="how far back a recorded time may be put")

    def sha256(self) -> Sha256:
        """Digest of the content, by which an event names the policy that it was decided under.

        Rules that came after the first release count only where they differ from the default: a policy that was
        written before them keeps its digest.
        """
        content = self.model_dump(mode="json")
        added = {name for name in content.keys() - FIRST_RULES if getattr(self, name) == _default(name)}
        return digest(canonical({name: value for name, value in content.items() if name not in added}))


def _default(name: str) -> object:
    return Policy.model_fields[name].default
