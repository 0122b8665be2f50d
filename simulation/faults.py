"""What can be wrong with a scenario beyond its form."""


class ScenarioError(ValueError):
    """It cannot be planned. ``field``: the path of the entry in the file."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason
