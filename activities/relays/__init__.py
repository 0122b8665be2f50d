"""Relays: what one directive tells another."""
