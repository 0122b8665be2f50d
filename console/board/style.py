"""Colours and sizes of the board's drawings, written at each shape: not every printer's program reads style sheets."""

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

FILLS: Final[Mapping[str, str]] = {
    "done_on_time": "#2e7d4f",
    "done_late": "#d9a021",
    "open_in_time": "#8fb3d9",
    "open_overdue": "#b3372f",
}
DASHES: Final[Mapping[str, str]] = {
    "done_on_time": "none",
    "done_late": "6 3",
    "open_in_time": "2 3",
    "open_overdue": "10 3 2 3",
}
"""So that the lines are told apart on paper without colour."""
INK: Final = "#1b2733"
PALE_INK: Final = "#44525f"
GRID: Final = "#dfe5ea"
OPENING: Final = Markup(
    '<svg viewBox="0 0 {} {}" role="img" aria-label="{}" '
    'font-family="Liberation Sans, Arial, DejaVu Sans, sans-serif" font-size="11">'
)
"""Of a drawing: its width and height, and what it is."""
