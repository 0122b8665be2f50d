"""Why a file could not be taken in."""

from pydantic import ValidationError


class InputError(ValueError):
    """A file that cannot be used. ``field``: the path of the entry in it; empty where the file as a whole is meant."""

    def __init__(self, source: str, field: str, reason: str) -> None:
        super().__init__(f"{source}: {field}: {reason}" if field else f"{source}: {reason}")
        self.source = source
        self.field = field
        self.reason = reason


def first_error(source: str, error: ValidationError) -> InputError:
    """The first thing that a model found wrong, named by its path: ``units[3].parent``."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    return InputError(source, path_of(first["loc"]), first["msg"])


def path_of(location: tuple[int | str, ...]) -> str:
    """``("units", 3, "parent")`` as ``units[3].parent``."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return path
