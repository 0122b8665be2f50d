"""The columns of each register, in the decree's order, and what of them stays empty."""

from collections.abc import Mapping
from typing import Final, Literal

Register = Literal["follow-up", "in", "out"]

COLUMNS: Final[Mapping[Register, tuple[str, ...]]] = {
    "follow-up": ("arrival_number", "document", "receiver", "deadline", "progress", "reply", "remarks"),
    "in": (
        "arrived_on", "arrival_number", "author", "number", "document_date", "subject", "receiver", "passed_on",
        "signature", "remarks",
    ),
    "out": (
        "number", "document_date", "subject", "signer", "to_places", "kept_by", "copies", "passed_on", "signature",
        "remarks",
    ),
}  # fmt: skip
BY_HAND: Final = frozenset({"arrival_number", "reply", "copies"})
"""Known to no event of ours: the numbers of an office's own books, and paper. They are left to be filled in."""
