"""From what was typed to an exit code."""

import os
import re
import sys
from collections.abc import Sequence
from typing import Final, NoReturn

import typer
from pydantic import ValidationError
from typer.main import get_command

from catalogue import LANGUAGES, Language, has, text
from console.app import build
from console.call import Work
from console.declaring import complain
from console.failures import ConsoleError, WrongUsageError
from console.language import choose
from console.shells import completed_words, translate_options

PROGRAM = "directives"
INTERRUPTED = 130
_TOLD: Final = (
    (re.compile(r" is not one of (.*)\.$"), "problem.enum"),
    (re.compile(r" does not exist()\.$"), "problem.no_such_file"),
    (re.compile(r" is a directory()\.$"), "problem.directory"),
)
"""Typer has no codes for these; where its words change, they are passed on as they are."""


class _TyperError(WrongUsageError):
    """Wrong usage that typer found: said in the caller's language, as far as typer tells its parts."""

    def __init__(self, error: typer.TyperException) -> None:
        super().__init__("usage")
        self._error = error

    def sentence(self, language: Language) -> str:
        """What is wrong with what was typed."""
        name = type(self._error).__name__
        option = getattr(self._error, "option_name", "")
        parameter = getattr(self._error, "param", None)
        what = parameter.get_error_hint() if parameter is not None else f"'{option}'"
        if name in ("NoSuchOption", "MissingParameter", "BadParameter"):
            return text(f"usage.{name}", language, what=what, problem=self._problem(language))
        message = self._error.format_message().rstrip(".")
        if found := re.search(r"unexpected extra arguments?(?:\(s\))? \((.*)\)$", message):
            return text("usage.too_many", language, what=found[1])
        return text("usage.other", language, problem=message)

    def _problem(self, language: Language) -> str:
        """Why the value will not do; in typer's words where the catalogue has none."""
        cause = self._error.__cause__
        if isinstance(cause, ValidationError):
            first = cause.errors(include_url=False)[0]
            if has(key := f"problem.{first['type']}"):
                limits = first.get("ctx", {})
                return text(key, language, limit=limits.get("le", limits.get("ge", "")))
        for words, key in _TOLD:
            if found := words.search(self._error.message):
                return text(key, language, limit=found[1])
        return self._error.message.rstrip(".")


def run_main(argv: Sequence[str], work: Work) -> NoReturn:
    """Carry out a command and end the process with its exit code."""
    code = run(argv, work)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        # Whoever read our output has seen enough. Python would flush once more at its end, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if "temporalio.bridge.temporal_sdk_bridge" in sys.modules:
        # Threads of the SDK's runtime may still call back into an interpreter that is being taken down, which dies with
        # "PyGILState_Release" after all work is done (temporalio/sdk-python issue 300). All has been written by now.
        os._exit(code)
    sys.exit(code)


def run(argv: Sequence[str], work: Work) -> int:
    """Carry out a command; its exit code."""
    language = choose(argv, os.environ)
    try:
        _check_environment()
        command = get_command(build([*argv, *completed_words(os.environ)], language, work))
        translate_options(command, language)
        return int(command.main(args=list(argv), prog_name=PROGRAM, standalone_mode=False) or 0)
    except ConsoleError as error:
        complain(error, language, as_json=False)
        return error.exit_code
    except typer.TyperException as error:
        complain(_TyperError(error), language, as_json=False)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED


def _check_environment() -> None:
    wanted = os.environ.get("DIRECTIVES_LANG")
    if wanted and wanted not in LANGUAGES:
        raise WrongUsageError("no_such_language", name=wanted, known=", ".join(LANGUAGES))
