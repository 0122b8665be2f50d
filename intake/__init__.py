"""From the text of an official document to a directive: ``read`` it, have a person confirm, ``draft`` it."""

from intake.content import from_json
from intake.directory import Directory
from intake.directory import load as load_directory
from intake.drafting import Draft, Problem, Unresolved, draft
from intake.errors import InputError
from intake.letter import read
from intake.reading import Reading
from intake.reference_data import load_calendar, load_policy

__all__ = [
    "Directory",
    "Draft",
    "InputError",
    "Problem",
    "Reading",
    "Unresolved",
    "draft",
    "from_json",
    "load_calendar",
    "load_directory",
    "load_policy",
    "read",
]
