"""From a plain function to a command of the command line: common options, words of the language, failures, exit code.

A command is ``function(call, own arguments)`` and raises ``ConsoleError``. Its annotations are typer's, without words:
these stand in the catalogue, under ``command``, ``example`` and ``option``.
"""

import copy
import inspect
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from inspect import Parameter
from typing import Annotated, Any, get_args, get_origin

import typer
from typer.models import ArgumentInfo, OptionInfo

from catalogue import Language, has, text
from console.call import Call, Work
from console.failures import ConsoleError, WrongUsageError, one_line
from console.options import COMMON

Command = Callable[..., None]


def declare(app: typer.Typer, name: str, command: Command, language: Language, panel: str) -> None:
    """Make the function the command ``name``: all of its words, as ``calendar build``."""
    key = name.replace(" ", "-")
    own = [one for one in inspect.signature(command).parameters.values() if one.name != "call"]

    def run(context: typer.Context, **given: Any) -> None:  # noqa: ANN401 - whatever the command declares
        raise typer.Exit(carry_out(command, _call(language, context, given), given))

    _sign(run, [*own, *COMMON], key, language)
    app.command(
        name.rpartition(" ")[2],
        help=text(f"command.{key}", language),
        epilog=_examples(key, language),
        rich_help_panel=text(f"panel.{panel}", language),
        add_help_option=False,
    )(run)


def declare_group(app: typer.Typer, name: str, commands: Mapping[str, Command], language: Language, panel: str) -> None:
    """Make the functions a list of commands of their own, each typed after ``name``; the one named "" by that alone."""
    group = typer.Typer(cls=app.info.cls, add_help_option=False)
    alone = commands.get("")
    own = [one for one in inspect.signature(alone).parameters.values() if one.name != "call"] if alone else []

    def between(context: typer.Context, **given: Any) -> None:  # noqa: ANN401 - the options
        if alone is not None and context.invoked_subcommand is None:
            raise typer.Exit(carry_out(alone, _call(language, context, given), given))
        said = {one.name: given[one.name] for one in COMMON if given[one.name] not in (None, False)}
        context.obj = {**context.obj, "given": context.obj["given"] | said}

    _sign(between, [*own, *COMMON], name, language)
    group.callback(invoke_without_command=alone is not None)(between)
    for each, command in commands.items():
        if each:
            declare(group, f"{name} {each}", command, language, panel)
    app.add_typer(
        group,
        name=name,
        help=text(f"command.{name}", language),
        epilog=_examples(name, language),
        rich_help_panel=text(f"panel.{panel}", language),
    )


def declare_stub(app: typer.Typer, name: str, language: Language, panel: str) -> None:
    """Only the line that the list of commands shows: what the command needs is not loaded."""
    app.command(name, help=text(f"command.{name}", language), rich_help_panel=text(f"panel.{panel}", language))(
        _nothing
    )


def declare_root(app: typer.Typer, language: Language, work: Work) -> None:
    """The common options may stand before the command, too."""

    def root(context: typer.Context, **given: Any) -> None:  # noqa: ANN401 - the common options
        context.obj = {"work": work, "given": given}

    _sign(root, COMMON, "", language)
    app.callback(help=text("command.directives", language), epilog=_examples("directives", language))(root)


def carry_out(command: Command, call: Call, given: dict[str, Any]) -> int:
    """Run the command; its exit code. Every failure becomes one line of standard error, and JSON where asked for."""
    try:
        command(call, **given)
    except ConsoleError as error:
        complain(error, call.language, as_json=call.json)
        return error.exit_code
    return 0


def complain(error: ConsoleError, language: Language, *, as_json: bool) -> None:
    """Say what went wrong."""
    if as_json and not error.answered:
        sys.stdout.write(json.dumps(error.document(language), ensure_ascii=False, indent=2) + "\n")
    sys.stderr.write(f"{one_line(error.told(language))}\n")


def _nothing() -> None:
    """What a stub does: it is never carried out."""


def _call(language: Language, context: typer.Context, given: dict[str, Any]) -> Call:
    outer = context.obj["given"]
    for name in ("actor", "command_id"):
        # From a script's empty variable: taken for nothing said, it would put another's name, or a second command.
        if "" in (given[name], outer[name]):
            raise WrongUsageError("empty_option", option="--" + name.replace("_", "-"))
    said = {one.name: given.pop(one.name) or outer[one.name] for one in COMMON}
    return Call(
        language=language,
        work=context.obj["work"],
        json=said["json"],
        actor=said["actor"],
        role=said["role"],
        command_id=said["command_id"],
        data=said["data"],
        limit=said["timeout"] or 30,
    )


def _sign(function: Callable[..., None], parameters: Iterable[Parameter], command: str, language: Language) -> None:
    context = Parameter("context", Parameter.KEYWORD_ONLY, annotation=typer.Context)
    worded = [_worded(one, command, language) for one in parameters]
    function.__signature__ = inspect.Signature([context, *worded])  # type: ignore[attr-defined]


def _worded(parameter: Parameter, command: str, language: Language) -> Parameter:
    if get_origin(parameter.annotation) is not Annotated:
        raise TypeError(f"{command}: {parameter.name} is not annotated for typer")
    kind, info = get_args(parameter.annotation)
    info = copy.copy(info)
    own = f"option.{command}-{parameter.name}"
    info.help = text(own if has(own) else f"option.{parameter.name}", language)
    info.rich_help_panel = text(_panel(info, parameter), language)
    return parameter.replace(kind=Parameter.KEYWORD_ONLY, annotation=Annotated[kind, info])


def _panel(info: ArgumentInfo | OptionInfo, parameter: Parameter) -> str:
    if isinstance(info, ArgumentInfo):
        return "panel.arguments"
    return "panel.everywhere" if parameter in COMMON else "panel.options"


def _examples(name: str, language: Language) -> str | None:
    if not has(f"example.{name}"):
        return None
    # Every line a paragraph of its own, or the formatter would run them together.
    return "\n\n".join(text(f"example.{name}", language).splitlines())
