"""All commands, assembled. Only those whose name was typed are loaded: the others are a line in the list."""

import sys
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import Any, Final

import typer
from typer.core import TyperGroup

from catalogue import Language
from console.call import Work
from console.declaring import Command, declare, declare_group, declare_root, declare_stub
from console.failures import WrongUsageError
from console.verb import VERBS

_FIXED: Final[Mapping[str, Mapping[str, str]]] = {
    "service": {"up": "up", "setup": "setup"},
    "issuing": {"parse": "parse", "issue": "issue", "import": "import_"},
    "reading": {
        "list": "list",
        "show": "show",
        "history": "history",
        "deadline": "deadline",
        "preview": "preview",
        "owed": "owed",
        "inbox": "inbox",
        "stats": "stats",
        "letter": "letter",
        "register": "register",
        "board": "board",
        "links": "links",
        "reads": "reads",
        "rights": "rights",
        "verify": "verify",
        "export": "export",
    },
    "unit": {},
    "issuer": {},
    "machine": {
        "send": "send",
        "restore": "restore",
        "reconcile": "reconcile",
        "rebuild": "rebuild",
        "checkpoint": "checkpoint",
        "calendar": "calendar",
        "policy": "policy",
        "directory": "directory",
        "config": "config",
        "schema": "schema",
        "simulate": "simulate",
    },
}
PANELS: Final[Mapping[str, Mapping[str, str]]] = {
    panel: {**{verb.name: "verbs" for verb in VERBS.values() if verb.panel == panel}, **others}
    for panel, others in _FIXED.items()
}
"""Panel of the help -> command -> module in ``console.commands``."""


class Commands(TyperGroup):
    """The list of commands; an unknown one is answered in the caller's language."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - typer's own types are private
        """The command of that name."""
        if args[0] not in self.commands:
            near = get_close_matches(args[0], self.commands)
            raise WrongUsageError("no_such_command", name=args[0], near=", ".join(near) or "--help")
        return super().resolve_command(ctx, args)


def build(argv: Sequence[str], language: Language, work: Work) -> typer.Typer:
    """The application for one call."""
    app = typer.Typer(
        cls=Commands,
        pretty_exceptions_enable=False,
        # Boxes and colours are for a terminal; a pipe gets plain text.
        rich_markup_mode="rich" if sys.stdout.isatty() else None,
        add_help_option=False,
    )
    declare_root(app, language, work)
    for panel, commands in PANELS.items():
        for name, module in commands.items():
            if name in argv:
                _declare(app, name, import_module(f"console.commands.{module}").COMMANDS[name], language, panel)
            else:
                declare_stub(app, name, language, panel)
    return app


def _declare(
    app: typer.Typer, name: str, found: Command | Mapping[str, Command], language: Language, panel: str
) -> None:
    """A command, or a list of commands where the module gives one under the name."""
    if callable(found):
        declare(app, name, found, language, panel)
    else:
        declare_group(app, name, found, language, panel)
