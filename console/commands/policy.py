"""policy: a file of what an issuer lays down is made; it reaches open directives, or is tried on them."""

from datetime import date
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from console.applying import PER_SECOND, Rate, apply
from console.building import Out, comment, give, json_of
from console.call import Call
from console.changing import Change, Issuer, Notation, NotationDay, Scope, reference
from console.failures import WrongUsageError
from console.foretelling import stand_in, what_if
from console.giving import Json
from console.input_files import BadFileError, loaded
from console.options import LetterFile, MaybeDirectiveId
from console.paper import answer
from domain.policy import Policy
from intake import load_policy
from intake.errors import first_error
from intake.policy_file import yaml_of


def build_(  # noqa: PLR0913 - each of them is an option of its own
    call: Call,
    *,
    issuer: Issuer = None,
    id: Annotated[str | None, typer.Option("--id", metavar="ID")] = None,  # noqa: A002 - its name
    version: Annotated[str | None, typer.Option("--version", metavar="VERSION")] = None,
    dated: Annotated[str | None, typer.Option("--dated", metavar="YYYY-MM-DD")] = None,
    out: Out = None,
) -> None:
    """Every rule at its default. Without ``out``: on standard output."""
    policy = _policy({"issuer": issuer, "id": id, "version": version, "dated": dated})
    as_json = call.json if out is None else out.suffix == ".json"
    if as_json:
        give(out, json_of(policy.model_dump(mode="json", exclude_none=True)))
    else:
        give(out, comment(call.text("cli.policy_head")) + "\n" + yaml_of(policy))
    if out is not None:
        document = {"file": str(out), "id": policy.id, "version": policy.version, "sha256": policy.sha256()}
        answer(call, document, lambda paper: paper.line(call.text("cli.policy_built", **document)))


def apply_(  # noqa: PLR0913 - each of them is an option of its own
    call: Call,
    file: LetterFile,
    directive: MaybeDirectiveId = None,
    *,
    document: Notation,
    document_date: NotationDay,
    issuer: Issuer = None,
    rate: Rate = PER_SECOND,
) -> None:
    """Times to acknowledge move, and every rung to come; what was granted or demanded stays."""
    policy, said = loaded(load_policy, file), reference(document, document_date)
    apply(call, _change(policy, said), _scope(policy, issuer, directive), rate)


def what_if_(call: Call, file: LetterFile, directive: MaybeDirectiveId = None, *, issuer: Issuer = None) -> None:
    """Nothing is sent."""
    policy = loaded(load_policy, file)
    what_if(call, _change(policy, stand_in()), _scope(policy, issuer, directive))


def _policy(typed: dict[str, str | None]) -> Policy:
    said: dict[str, Any] = {name: value for name, value in typed.items() if value is not None}
    try:
        if "dated" in said:
            said["dated"] = date.fromisoformat(said["dated"])
        return Policy.model_validate(said)
    except ValidationError as error:
        raise BadFileError(first_error("policy build", error)) from error
    except ValueError as error:
        raise WrongUsageError("bad_value", option="--dated", problem="YYYY-MM-DD") from error


def _change(policy: Policy, document: Json) -> Change:
    return Change("apply_policy", {"policy": policy.model_dump(mode="json"), "document": document})


def _scope(policy: Policy, issuer: str | None, directive: str | None) -> Scope:
    """What one office lays down is never told to the directives of another. Raises ``WrongUsageError``."""
    if directive is not None:
        return Scope(issuer, directive)
    if issuer is not None and policy.issuer not in (None, issuer):
        raise WrongUsageError("policy_of_another", issuer=policy.issuer)
    if issuer is None and policy.issuer is None:
        raise WrongUsageError("policy_of_nobody")
    return Scope(issuer or policy.issuer)


COMMANDS = {"policy": {"build": build_, "apply": apply_, "what-if": what_if_}}
