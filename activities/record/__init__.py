"""The record: all events in one order, a Merkle tree over them, and signed checkpoints kept outside the database."""
