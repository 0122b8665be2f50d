"""The content of an issue written out as JSON, beside the official text."""

from domain.directive import Directive
from intake import files


def from_json(content: bytes) -> Directive:
    """A directive as the domain models it.

    Raises:
        InputError: with the first field that is wrong and the reason.
    """
    return files.parse_json("directive", content, Directive)
