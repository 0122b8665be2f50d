"""Completion for bash, zsh and fish: typer's, in the caller's language."""

import sys
from collections.abc import Mapping
from typing import Any, NoReturn

from typer.completion import install  # type: ignore[attr-defined]

from catalogue import Language, text


def completed_words(environment: Mapping[str, str]) -> list[str]:
    """What was typed before TAB, by whichever shell asks: the commands among it have to be loaded."""
    words = [environment.get(name, "") for name in ("COMP_WORDS", "_TYPER_COMPLETE_ARGS")]
    return " ".join(words).split()


def translate_options(command: Any, language: Language) -> None:  # noqa: ANN401 - typer's own types are private
    """Typer adds its two options with English words; say them in the caller's language."""
    for parameter in command.params:
        if parameter.name in ("install_completion", "show_completion"):
            parameter.help = text(f"option.{parameter.name}", language)
            parameter.rich_help_panel = text("panel.everywhere", language)
        if parameter.name == "install_completion":
            parameter.callback = _installer(language)


def _installer(language: Language) -> Any:  # noqa: ANN401 - a callback as typer's private types want it
    def put(context: Any, _parameter: Any, wanted: Any) -> Any:  # noqa: ANN401 - typer's own types are private
        return _install(language) if wanted and not context.resilient_parsing else wanted

    return put


def _install(language: Language) -> NoReturn:
    shell, path = install()
    sys.stdout.write(text("cli.completion_installed", language, shell=shell, path=path) + "\n")
    sys.exit(0)
