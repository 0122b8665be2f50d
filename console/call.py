"""One call of a command: what the options that every command has came to."""

import getpass
import os
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalogue import Language, text
from console.failures import WrongUsageError
from domain.actor import Role

Work = Callable[..., Coroutine[Any, Any, None]]
"""``worker.run``, which only ``up`` needs; handed in from above, for the command line does not import the worker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """``data`` is none where nothing was said. ``limit``: seconds to wait for the service."""

    language: Language
    work: Work
    json: bool = False
    actor: str | None = None
    role: Role | None = None
    command_id: str | None = None
    data: Path | None = None
    limit: float = 30

    def text(self, key: str, /, **params: object) -> str:
        """The catalogue's text in the caller's language."""
        return text(key, self.language, **params)

    @property
    def data_directory(self) -> Path:
        """Where the embedded stack keeps everything."""
        return self.data or Path(os.environ.get("DIRECTIVES_DATA") or "data")

    @property
    def person(self) -> str:
        """Who acts: ``--actor``, DIRECTIVES_ACTOR, or whoever is logged in. Raises ``WrongUsageError``."""
        named = self.actor or os.environ.get("DIRECTIVES_ACTOR")
        if named:
            return named
        try:
            return getpass.getuser()
        except (OSError, KeyError, ImportError) as error:
            # In a container the user id may have no name; then nobody but the caller can say who acts.
            raise WrongUsageError("no_actor") from error
