"""The statements of this package."""

from activities.queries import queries_of

query = queries_of("activities.followers")
