"""The statements of this package."""

from activities.queries import queries_of

query = queries_of("activities.record")
"""SQL lives in files; this finds it by name."""
