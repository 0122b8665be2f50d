"""issue: the directive comes into being, with its assignments, receipts and reckoned deadlines."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import AssignmentId, Fact, Item, Sha256, UnitId
from domain.calendar import end_of
from domain.command import Command
from domain.commands.assignment_imported import imported, told_of
from domain.commands.deadline_set import DeadlineSet, deadline_set
from domain.deadline import reckon
from domain.delegation import first_circle
from domain.directive import Directive
from domain.document import Secrecy
from domain.event import EVERYTHING, Concern, Event, EventData, Told
from domain.refusal import Code, Refused
from domain.state import PHASES, Assignment, DirectiveState, Obligation, Receipt
from domain.superiors import SuperiorFacts, UnderAssignment


class Held(Fact):
    """An assignment at its creation; the id stays, whoever holds it later."""

    id: AssignmentId
    item: Item
    unit: UnitId
    role: Literal["lead", "support"]

    def taken_up(self, assigned_on: date, at: datetime) -> Assignment:
        """The assignment as it begins."""
        return Assignment(
            id=self.id, item=self.item, unit=self.unit, role=self.role, assigned_on=assigned_on, touched_at=at
        )


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
            obligations={
                one.item: Obligation(item=one.item, text=one.text, mode=one.mode, deadline=one.deadline)
                for one in directive.obligations
            },
            assignments={},
            holdings={},
            receipts={},
            units={unit.id: unit for unit in directive.directory.units},
            calendar=directive.calendar,
            policy=directive.policy,
            revision=1,
            issued_at=event.at,
            touched_at=event.at,
            delegations=[*directive.directory.delegations],
            superior=self.superior.as_superior() if self.superior else None,
        )
        for held in self.assignments:
            state.hold(held.taken_up(directive.document.issued_date, event.at))
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
        return [issued, *_deadlines(directive, assignments, above, at), *imported(directive, holders, at)]


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


def _deadlines(
    directive: Directive, assignments: Sequence[Held], above: SuperiorFacts | None, at: datetime
) -> Iterator[DeadlineSet]:
    rules = {one.item: one.deadline for one in directive.obligations}
    instants = {item: reckon(rule, directive.calendar, directive.document.issued_date) for item, rule in rules.items()}
    start_of_day = end_of(directive.document.issued_date - timedelta(days=1))
    for item, instant in instants.items():
        if instant is not None and instant <= start_of_day:
            raise Refused(Code.DEADLINE_BEFORE_ISSUE, item=item, deadline=instant.isoformat())
        if above is not None:
            above.check_deadline(instant)
    for held in assignments:
        instant = instants[held.item]
        if instant is not None:
            yield deadline_set(
                held.id,
                instant,
                rules[held.item],
                cause="issued",
                set_at=at,
                calendar=directive.calendar,
                policy=directive.policy,
            )
