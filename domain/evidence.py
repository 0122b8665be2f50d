"""References to documents that show what was done. The files themselves are kept elsewhere, by content."""

from typing import Annotated, Final

from pydantic import Field, StringConstraints

from domain.base import CLEAN, Erasable, Fact, Sha256

MOST_EVIDENCE: Final = 50
"""Files in one command."""


class Evidence(Fact):
    """A file: SHA-256 of its content, size in bytes, type as RFC 6838 writes it. ``name`` may name persons."""

    sha256: Sha256
    name: Annotated[str, StringConstraints(min_length=1, max_length=255), CLEAN, Erasable()]
    size: int = Field(ge=0)
    media_type: Annotated[str, StringConstraints(pattern=r"^[\w.+-]+/[\w.+-]+$", max_length=127)]
