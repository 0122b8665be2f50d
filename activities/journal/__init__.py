"""The journal: PostgreSQL as the memory of every directive."""
