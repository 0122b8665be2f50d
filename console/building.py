"""Files that are made for an office to keep: what they say of themselves, and where they go."""

import json
import sys
from pathlib import Path
from textwrap import wrap
from typing import Annotated, Any, Final

import typer

from console.failures import FailedError

Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", dir_okay=False)]

_MARK: Final = "# "
_WIDTH: Final = 100


def comment(said: str) -> str:
    """The words as a comment of a YAML file."""
    lines = wrap(said, _WIDTH, initial_indent=_MARK, subsequent_indent=_MARK, break_on_hyphens=False)
    return "".join(f"{line}\n" for line in lines)


def json_of(content: Any) -> str:  # noqa: ANN401 - JSON
    """The same content for programs."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def give(out: Path | None, content: str) -> None:
    """To the file, or to standard output. Raises ``FailedError``.

    A file that says another thing is left alone: directives may have been issued by it.
    """
    if out is None:
        sys.stdout.write(content)
        return
    try:
        if out.exists() and out.read_bytes() != content.encode():
            raise FailedError("file_exists", file=out)
        out.write_text(content, encoding="utf-8")
    except OSError as error:
        raise FailedError("no_output", file=out, problem=error.strerror or str(error)) from error
