"""Directives, people and commands in few words. People are named by what they are: "head of unit-a"."""

import itertools
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from domain.actor import ISSUER_SIDE, SYSTEM, UNIT_SIDE, Actor, Role
from domain.base import LOCAL
from domain.command import Command
from domain.commands import COMMANDS
from domain.directive import Directive
from domain.policy import Policy

Json = dict[str, Any]
ISSUER: Final = "office"
QUIET: Final[Json] = {
    "ladder": {"rungs": []},
    "acknowledge_ladder": {"rungs": []},
    "answer_ladder": {"rungs": []},
    "explain_late": False,
    "review_days": 366,
}
"""Nobody is urged, nobody is asked why: what a test of something else wants to hear nothing of."""
STANDARD: Final[Json] = Policy().model_dump(mode="json")
"""All rules as they are assumed where an issuer lays down none."""
_numbers = itertools.count(1)


def local_time(text: str) -> datetime:
    """An instant from local time as people write it: "2026-11-02 09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


ISSUED: Final = local_time("2026-11-02 09:00")
"""A Monday morning; the day of issue of every directive built here."""


def someone(role: Role | str, unit: str | None = None, person: str | None = None) -> Actor:
    """A person in a role, of the issuer or of ``unit-a`` where the role belongs to one of them."""
    role = Role(role)
    if unit is None:
        unit = ISSUER if role in ISSUER_SIDE else "unit-a" if role in UNIT_SIDE else None
    name = role.replace("unit_head", "head")
    return Actor(person=person or (f"{name} of {unit}" if unit else name), role=role, unit=unit)


def head_of(unit: str) -> Actor:
    return someone(Role.UNIT_HEAD, unit)


def officer_of(unit: str) -> Actor:
    return someone(Role.OFFICER, unit)


LEADER: Final = someone(Role.LEADER)
CLERK: Final = someone(Role.CLERK)
OPERATOR: Final = someone(Role.OPERATOR)


def by(day: str, hour: str | None = None) -> Json:
    """A deadline as in "chậm nhất ngày ...": the day is included."""
    return {"kind": "date", "day": day, "bound": "by", **({"hour": hour} if hour else {})}


def before(day: str, hour: str | None = None) -> Json:
    """A deadline as in "trước ngày ...": the day is excluded."""
    return {**by(day, hour), "bound": "before"}


def obligation(*lead: str, item: str = "1", **fields: Any) -> Json:
    """An obligation in mode ``each`` without a deadline; ``support=[...]`` makes it a joint one."""
    mode = "joint" if "support" in fields else "each"
    base = {"item": item, "text": f"Thực hiện nhiệm vụ {item}.", "mode": mode, "lead": list(lead or ("unit-a",))}
    return {**base, **fields}


def directive_json(*obligations: Json, document: Json | None = None, **changes: Any) -> Json:
    """The content of an issue; ``unit-a`` and ``unit-b`` each hold item 1 where nothing else is said.

    Its policy is ``QUIET`` but for what ``policy`` says.
    """
    tasks = list(obligations) or [obligation("unit-a", "unit-b")]
    named = [unit for task in tasks for unit in (*task["lead"], *task.get("support", ()))]
    units = dict.fromkeys([ISSUER, *named, *changes.get("informed", ())])
    return {
        "document": {
            "issuer": ISSUER,
            "organ_name": "Ủy ban nhân dân",
            "code_number": "17",
            "code_notation": "UBND-NC",
            "type_name": "công văn",
            "subject": "tăng cường kiểm tra",
            "issued_date": "2026-11-02",
            "signer": {"position": "CHỦ TỊCH", "full_name": "Signer"},
            **(document or {}),
        },
        "obligations": tasks,
        "directory": {"version": "1", "sha256": "0" * 64, "units": [unit_json(unit) for unit in units]},
        **changes,
        "policy": {**QUIET, **changes.get("policy", {})},
    }


def unit_json(unit: str) -> Json:
    return {"id": unit, "name": f"Đơn vị {unit}", "email": f"{unit}@example.invalid"}


def directive(*obligations: Json, **changes: Any) -> Directive:
    return Directive.model_validate(directive_json(*obligations, **changes), strict=False)


STREAM: Final = "directive/office/2026/17-UBND-NC"
"""The id of every directive built here, unless its document says otherwise."""


def command_json(kind: str, actor: Actor, /, **fields: Any) -> Json:
    """A command as a sender writes it. Its id is new unless given."""
    return {
        "type": kind,
        "command_id": f"command-{next(_numbers)}",
        "actor": actor.model_dump(mode="json", exclude_none=True),
        **fields,
    }


def command(kind: str, actor: Actor, /, **fields: Any) -> Command:
    return COMMANDS[kind].model_validate(command_json(kind, actor, **fields), strict=False)


def issue(content: Directive | None = None, by: Actor = CLERK, **fields: Any) -> Command:
    body = (content or directive()).model_dump(mode="json")
    return command("issue", by, directive=body, **fields)


def acknowledge(unit: str = "unit-a", **fields: Any) -> Command:
    return command("acknowledge", fields.pop("by", head_of(unit)), **fields)


def refuse(unit: str = "unit-a", **fields: Any) -> Command:
    said = {"cause": "wrong_addressee", "reason": "không thuộc chức năng"}
    return command("refuse", fields.pop("by", head_of(unit)), **{**said, **fields})


def progress(unit: str = "unit-a", percent: int = 50, **fields: Any) -> Command:
    return command("progress", fields.pop("by", officer_of(unit)), percent=percent, **_target(fields))


def report(unit: str = "unit-a", **fields: Any) -> Command:
    """A completion report: from the officer to the head, unless ``by`` says who else."""
    said = {"text": "Đã hoàn thành."}
    return command("report", fields.pop("by", officer_of(unit)), **{**said, **_target(fields)})


def approve(unit: str = "unit-a", **fields: Any) -> Command:
    return command("approve", fields.pop("by", head_of(unit)), **_target(fields))


def send_back(unit: str = "unit-a", **fields: Any) -> Command:
    said = {"reason": "thiếu số liệu"}
    return command("send_back", fields.pop("by", head_of(unit)), **{**said, **_target(fields)})


def accept(unit: str = "unit-a", **fields: Any) -> Command:
    return command("accept", fields.pop("by", LEADER), **_target(fields, unit))


def return_report(unit: str = "unit-a", **fields: Any) -> Command:
    said = {"reason": "chưa đủ căn cứ"}
    return command("return", fields.pop("by", LEADER), **{**said, **_target(fields, unit)})


def close(**fields: Any) -> Command:
    return command("close", fields.pop("by", LEADER), **fields)


def delivery(unit: str = "unit-a", at: datetime = ISSUED, problem: str | None = None) -> Json:
    """What the dispatcher tells of one notice."""
    return {
        "unit": unit,
        "notice": f"00000000-0000-0000-0000-{next(_numbers):012d}",
        "channel": "email",
        "at": at.isoformat(),
        "problem": problem,
    }


def record_delivery(*deliveries: Json, **fields: Any) -> Command:
    return command("record_delivery", fields.pop("by", SYSTEM), deliveries=list(deliveries), **fields)


def delivered(*units: str, at: datetime = ISSUED) -> Command:
    return record_delivery(*(delivery(unit, at) for unit in units or ("unit-a",)))


def calendar(off: Iterable[str] = (), worked: Iterable[str] = ()) -> Json:
    """A calendar with these days off and these weekend days worked."""
    return {"id": "test", "version": "1", "off": list(off), "worked": list(worked)}


def special(day: str, works: str = "off", *units: str) -> Json:
    """A day announced with its reason and source; for these units alone, where any are named."""
    said = {"reason_vi": "Nghỉ theo thông báo", "reason_en": "Off by announcement", "source": "số 5015/TB-LĐTBXH"}
    return {"day": day, "works": works, **said, "units": list(units)}


def ladder(*rungs: int, **more: Any) -> Json:
    """Rung at these working days after a deadline, before it where negative, and never again."""
    return {"rungs": list(rungs), "then_every": 0, **more}


def _target(fields: Json, unit: str | None = None) -> Json:
    """Item 1 (of that unit) unless an assignment or something else is named."""
    if "assignment" in fields:
        return fields
    return {"item": "1", **({"unit": unit} if unit else {}), **fields}
