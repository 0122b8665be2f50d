"""The statements of this package."""

from typing import Final

from activities.queries import queries_of

query = queries_of("activities.rebuilding")

WITHIN: Final = 3600.0
"""Seconds for a statement that goes through a whole table."""
