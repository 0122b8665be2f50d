"""From what was typed to an exit code."""

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import typer
from typer.main import get_command

from catalogue import LANGUAGES, Language, text
from console.app import build
from console.call import Work
from console.declaring import complain
from console.failures import ConsoleError, WrongUsageError
from console.language import choose

PROGRAM = "directives"
INTERRUPTED = 130


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
            return text(f"usage.{name}", language, what=what, problem=self._error.message)
        return text("usage.other", language, problem=self._error.format_message())


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
        command = get_command(build(argv, language, work))
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
