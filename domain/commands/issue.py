"""issue: the directive comes into being, with its assignments, receipts and reckoned deadlines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Sha256
from domain.calendar import Calendar, end_of
from domain.command import Command
from domain.commands.assignment_imported import imported, told_of
from domain.commands.deadline_set import DeadlineSet
from domain.deadline import Deadline, NoDeadline, begins_later, reckon
from domain.delegation import first_circle
from domain.directive import Directive
from domain.document import Secrecy
from domain.event import EVERYTHING, Concern, Event, EventData, Told
from domain.held import Held
from domain.obligations import begun
from domain.refusal import Code, Refused
from domain.state import PHASES, DirectiveState, Receipt
from domain.superiors import SuperiorFacts, UnderAssignment


class DirectiveIssued(EventData):
    """Version 1 of every stream. Calendar and policy stand in ``directive``; their digests are named beside it."""

    type: Literal["DirectiveIssued"] = "DirectiveIssued"
    directive: Directive
    content_sha256: Sha256
    calendar_sha256: Sha256
    policy_sha256: Sha256
    assignments: list[Held]
    superior: UnderAssignment | None = None

    kinds: ClassVar = ("issued",)

    def begin(self, event: Event) -> DirectiveState:
        """The state that the first event makes."""
        directive = self.directive
        state = DirectiveState(
            stream=event.stream,
            version=event.version,
            content_sha256=self.content_sha256,
            document=directive.document,
            obligations={one.item: begun(one, directive.document.issued_date) for one in directive.obligations},
            assignments={},
            holdings={},
            receipts={},
            units={unit.id: unit for unit in directive.directory.units},
            calendar=directive.calendar,
            policy=directive.policy,
            revision=1,
            revised_on=[directive.document.issued_date],
            issued_at=event.at,
            touched_at=event.at,
            delegations=[*directive.directory.delegations],
            superior=self.superior.as_superior() if self.superior else None,
        )
        for held in self.assignments:
            occurrence = state.obligations[held.item].occurrence
            state.hold(held.taken_up(directive.document.issued_date, event.at, occurrence))
            state.receipts.setdefault(held.unit, _receipt(held.unit, "act", event.at))
        for unit in directive.informed:
            state.receipts.setdefault(unit, _receipt(unit, "inform", event.at))
        return state

    def apply(self, state: DirectiveState, event: Event) -> None:
        """A stream is issued once."""
        raise AssertionError(f"{event.stream}: issued again at version {event.version}, after {state.version}")

    def concerns(self) -> Concern:
        """All of it."""
        return EVERYTHING

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """Every unit, what it holds; the informed ones, that it is there, unless they have long known."""
        told = told_of(self.directive, self._holders)
        informed = [] if self.directive.imported else [unit for unit in self.directive.informed if unit not in told]
        return [Told("issued", unit, None, tuple(told.get(unit, ()))) for unit in (*told, *informed)]

    @property
    def _holders(self) -> dict[str, str]:
        return {one.id: one.unit for one in self.assignments}

    def changes_rights(self) -> bool:
        """Where somebody acts for somebody else from the first day."""
        return bool(self.directive.directory.delegations)


class Issue(Command):
    """What an office starts a directive with."""

    type: Literal["issue"]
    directive: Directive

    roles: ClassVar = (Role.CLERK,)
    phases: ClassVar = PHASES

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Issued again: the same content changes nothing, other content is a duplicate. Raises ``Refused``."""
        if self.directive.sha256() != state.content_sha256:
            raise Refused(Code.DUPLICATE, stream=state.stream)
        return []

    def begin(self, at: datetime, superior: SuperiorFacts | None = None) -> Sequence[EventData]:
        """The first events of a stream. ``superior``: of the assignment that it is under. Raises ``Refused``."""
        directive = self.directive
        self.check_authority(directive.document.issuer, directive.directory.delegations, at)
        if directive.policy.issuer not in (None, directive.document.issuer):
            raise Refused(Code.WRONG_UNIT, unit=directive.policy.issuer or "-", issuer=directive.document.issuer)
        if directive.document.secrecy is not Secrecy.NONE:
            raise Refused(Code.STATE_SECRET, secrecy=directive.document.secrecy)
        _check_units(directive)
        _check_delegations(directive)
        above = _checked(directive, superior)
        assignments = list(_assignments(directive))
        issued = DirectiveIssued(
            directive=directive,
            content_sha256=directive.sha256(),
            calendar_sha256=directive.calendar.sha256(),
            policy_sha256=directive.policy.sha256(),
            assignments=assignments,
            superior=above.facts if above else None,
        )
        holders = {one.id: one.unit for one in assignments}
        return [issued, *_deadlines(directive, assignments, above), *imported(directive, holders, at)]


def _receipt(unit: str, purpose: Literal["act", "inform"], at: datetime) -> Receipt:
    return Receipt(unit=unit, purpose=purpose, revision=1, sent_at=at, touched_at=at)


def _checked(directive: Directive, superior: SuperiorFacts | None) -> SuperiorFacts | None:
    """What is above the directive, where it is under something. Raises ``Refused``."""
    under = directive.under
    if under is None:
        return None
    if superior is None:
        raise Refused(Code.UNKNOWN_SUPERIOR, stream=under.stream, assignment=under.assignment)
    superior.check(under, directive.document.issuer)
    return superior


def _check_units(directive: Directive) -> None:
    known = {unit.id for unit in directive.directory.units}
    named = [directive.document.issuer, *directive.informed]
    for obligation in directive.obligations:
        named += [*obligation.lead, *obligation.support]
    for unit in named:
        if unit not in known:
            raise Refused(Code.UNKNOWN_UNIT, unit=unit)


def _check_delegations(directive: Directive) -> None:
    circle = first_circle(directive.directory.delegations)
    if circle is not None:
        raise Refused(Code.DELEGATION_CIRCLE, principal=circle.principal, delegate=circle.delegate)


def _assignments(directive: Directive) -> Iterator[Held]:
    for obligation in directive.obligations:
        leads = [(unit, "lead") for unit in obligation.lead]
        supports = [(unit, "support") for unit in obligation.support]
        for number, (unit, role) in enumerate([*leads, *supports], start=1):
            yield Held(
                id=f"{obligation.item}.{number}",
                item=obligation.item,
                unit=unit,
                role="lead" if role == "lead" else "support",
            )


def _deadlines(directive: Directive, assignments: Sequence[Held], above: SuperiorFacts | None) -> Iterator[DeadlineSet]:
    rules = {one.item: one.deadline for one in directive.obligations}
    reckoned = Reckoned(directive, rules, above)
    for held in assignments:
        instant = reckoned.instant(held.item, held.unit)
        if instant is not None:
            yield DeadlineSet(
                assignment=held.id,
                instant=instant,
                rule=rules[held.item],
                cause="issued",
                calendar=reckoned.sha256,
                from_day=directive.document.issued_date,
            )


class Reckoned:
    """The deadlines of a directive: one for each obligation, but where the calendar knows a unit for itself."""

    def __init__(self, directive: Directive, rules: Mapping[str, Deadline], above: SuperiorFacts | None) -> None:
        self.sha256 = directive.calendar.sha256()
        self._calendar = directive.calendar
        self._issued_on = directive.document.issued_date
        self._rules = rules
        self._above = above
        self._known: dict[tuple[str, Calendar], datetime | None] = {}

    def instant(self, item: str, unit: str) -> datetime | None:
        """None where the rule names none, or starts later. Raises ``Refused``."""
        key = item, self._calendar.of(unit)
        if key not in self._known:
            self._known[key] = self._reckon(*key)
        return self._known[key]

    def _reckon(self, item: str, calendar: Calendar) -> datetime | None:
        rule = self._rules[item]
        if begins_later(rule):
            return None
        instant = reckon(rule, calendar, self._issued_on)
        if instant is None and not isinstance(rule, NoDeadline):
            raise Refused(Code.UNRECKONABLE, item=item, rule=rule.kind)
        if instant is not None and instant <= end_of(self._issued_on - timedelta(days=1)):
            raise Refused(Code.DEADLINE_BEFORE_ISSUE, item=item, deadline=instant.isoformat())
        if self._above is not None:
            self._above.check_deadline(instant)
        return instant
