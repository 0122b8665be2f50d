"""Fixtures of the command line's tests."""

from tests.support.typed import type_

__all__ = ["type_"]
