"""What the tables of many commands begin with: a directive of one unit or two, and the step before theirs."""

from typing import Any, Final

from domain.actor import Actor
from domain.command import Command
from domain.directive import Directive
from tests.support.builders import (
    LEADER,
    OPERATOR,
    QUIET,
    Json,
    by,
    calendar,
    command,
    directive,
    head_of,
    obligation,
    officer_of,
    report,
    someone,
    unit_json,
)

PAPER: Final = {"notation": "24/QĐ-UBND", "issued_date": "2026-11-02"}
"""By which something is announced or laid down."""


def content() -> Directive:
    """One unit, by 25 November."""
    return directive(obligation("unit-a", deadline=by("2026-11-25")))


def two() -> Directive:
    """Two units, by 25 November."""
    return directive(obligation("unit-a", "unit-b", deadline=by("2026-11-25")))


def open_end() -> Directive:
    """One unit, without a deadline."""
    return directive(obligation("unit-a"))


def reported() -> Command:
    """By the head: it is the issuer's turn."""
    return report(by=head_of("unit-a"))


def of_officer() -> Command:
    """By the officer: it is the head's turn."""
    return report(by=officer_of("unit-a"))


def suspended() -> Command:
    return command("suspend", LEADER, item="1", cause="other", reason="chờ")


def waived() -> Command:
    paper = {"notation": "99/UBND-TH", "issued_date": "2026-11-02"}
    return command("waive", LEADER, item="1", authority=paper, reason="không còn chức năng")


def asked() -> Command:
    """For more time."""
    return command("request_extension", head_of("unit-a"), until=by("2026-12-05"), reason="chờ số liệu")


def recall() -> Command:
    return command("recall", LEADER, reason="ban hành nhầm")


def calendar_applied(actor: Actor = OPERATOR, **days: Any) -> Command:
    """A calendar with these fields reaches the directive; of plain weekends, where none are given."""
    return command("apply_calendar", actor, calendar={**calendar(), **days}, document=PAPER)


def policy_applied(actor: Actor = OPERATOR, **rules: Any) -> Command:
    """A policy reaches the directive that is quiet but for these rules."""
    return command("apply_policy", actor, policy={**QUIET, **rules}, document=PAPER)


def directory_applied(*units: Json, actor: Actor = OPERATOR, **said: Any) -> Command:
    """A directory reaches the directive; ``unit-a`` with a new name, where no unit is given."""
    entries = list(units) or [{**unit_json("unit-a"), "name": "Sở mới"}]
    directory = {"version": "2", "sha256": "1" * 64, "units": entries, **said}
    return command("apply_directory", actor, directory=directory, document=PAPER)


def paused(until: str = "2026-11-16T08:00:00+07:00", actor: Actor = OPERATOR) -> Command:
    return command("pause", actor, until=until, reason="hệ thống ngừng hoạt động")


def explained(unit: str = "unit-a") -> Command:
    """Why it was late."""
    return command("explain", head_of(unit), item="1", cause="late_input", text="các xã gửi chậm")


def window_moved(day: str, version: int = 90) -> Command:
    """The deadline of the assignment above is the end of that day now."""
    ends = f"{day}T17:00:00Z"
    system = someone("system", person="system")
    return command("superior_changed", system, kind="deadline", superior_version=version, deadline=ends)
