"""What the tables of many commands begin with: a directive of one unit or two, and the step before theirs."""

from domain.command import Command
from domain.directive import Directive
from tests.support.builders import LEADER, by, command, directive, head_of, obligation, officer_of, report


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
