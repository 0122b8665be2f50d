"""What this service wants of a Temporal server's dynamic configuration."""

from collections.abc import Mapping
from typing import Final

DYNAMIC_CONFIG: Final[Mapping[str, object]] = {
    # By default ten updates may wait for one directive. The eleventh caller's refusal throws away what the server
    # holds of the run, the ten others' updates with it: forty units that acknowledge at eight o'clock took ten
    # seconds, and some of them an error, where a tenth of a second is enough.
    "history.maxInFlightUpdates": 200,
}
"""Deployments set the same (deploy/temporal/dynamicconfig.yaml); a test compares them."""
