"""From a confirmed reading to the content of an issue."""

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import Field, ValidationError

from domain.base import Fact
from domain.calendar import Calendar
from domain.deadline import NoDeadline
from domain.directive import Directive
from domain.document import Secrecy
from domain.policy import Policy
from intake.directory import Directory, Entry
from intake.errors import path_of
from intake.extract import Extracts
from intake.reading import Caution, ItemRead, Read, Reading, Span
from intake.resolving import Resolver


class Candidate(Fact):
    """An entry of the directory that a phrase may have meant."""

    id: str
    name: str


ProblemCode = Literal["missing", "unknown_body", "no_holder", "lead_not_one", "invalid"]


class Problem(Fact):
    """What stands between a reading and an issue.

    ``code``: ``missing`` (the field was not read), ``unknown_body`` (no name of the directory meets the phrase),
    ``no_holder`` (an item for all addressees where there are none), ``lead_not_one`` (a group cannot lead jointly),
    ``invalid`` (the domain refuses the value; ``reason`` says why).
    """

    code: ProblemCode
    field: str
    phrase: str = ""
    reason: str = ""
    spans: list[Span] = Field(default_factory=list)
    candidates: list[Candidate] = Field(default_factory=list)


class Unresolved(Exception):  # noqa: N818 - the name says what the reading is
    """A reading that cannot be issued yet. It can still be shown."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{each.field}: {each.code} {each.phrase or each.reason}" for each in problems))
        self.problems = problems


class Draft(Fact):
    """``directive``: ready to issue. ``warnings``: what of the reading did not go into it."""

    directive: Directive
    warnings: list[Caution]


def draft(reading: Reading, directory: Directory, calendar: Calendar, policy: Policy) -> Draft:
    """The directive that a confirmed reading says, groups expanded as they were on the day of the document.

    Raises:
        Unresolved: with everything that was not read, not found in the directory, or refused by the domain.
    """
    return _Drafting(reading, directory, calendar, policy).draft()


class _Drafting:
    def __init__(self, reading: Reading, directory: Directory, calendar: Calendar, policy: Policy) -> None:
        self._reading = reading
        self._directory = directory
        self._calendar = calendar
        self._policy = policy
        self._problems = list(_missing(reading))
        self._warnings: list[Caution] = []
        if reading.issued_on is None:
            # Without the day nobody can say who belonged to a group.
            raise Unresolved(self._problems)
        self._resolver = Resolver(directory, reading.issued_on.value)

    def draft(self) -> Draft:
        issuer = self._issuer()
        acting = self._acting()
        obligations = [self._obligation(at, item, acting) for at, item in enumerate(self._reading.obligations)]
        holders = {unit for obligation in obligations for unit in (*obligation["lead"], *obligation["support"])}
        known = {issuer.id} if issuer else set()
        informed = [unit for unit in self._informed() if unit not in {*holders, *acting, *known}]
        if self._problems or issuer is None:
            raise Unresolved(self._problems)
        content = {
            "document": self._document(issuer),
            "obligations": obligations,
            "informed": informed,
            "directory": Extracts(self._directory).of([issuer.id, *holders, *informed]),
            "calendar": self._calendar,
            "policy": self._policy,
        }
        try:
            return Draft(directive=Directive.model_validate(content), warnings=self._warnings)
        except ValidationError as error:
            raise Unresolved(list(_refused(error))) from error

    def _issuer(self) -> Entry | None:
        read = self._reading.issuer
        if read is None:
            return None
        unit = self._resolver.unit(read.value)
        if unit is None:
            self._unknown("issuer", read.value, read.spans)
        return unit

    def _acting(self) -> list[str]:
        units: list[str] = []
        for at, line in enumerate(self._reading.addressees):
            units += self._resolve(f"addressees[{at}]", line)
        return list(dict.fromkeys(units))

    def _informed(self) -> list[str]:
        units: list[str] = []
        for at, line in enumerate(self._reading.also_addressed):
            units += self._resolve(f"also_addressed[{at}]", line)
        for at, copy in enumerate(self._reading.copies):
            if copy.value.purpose == "inform":
                units += self._resolve(f"copies[{at}]", Read[str](value=copy.value.text, spans=copy.spans))
        return list(dict.fromkeys(units))

    def _resolve(self, field: str, phrase: Read[str]) -> list[str]:
        resolved = self._resolver.resolve(phrase.value)
        for part in resolved.unknown:
            self._unknown(field, part, phrase.spans)
        return [unit.id for unit in resolved.units]

    def _unknown(self, field: str, phrase: str, spans: list[Span]) -> None:
        near = [Candidate(id=entry.id, name=entry.name) for entry in self._resolver.nearest(phrase)]
        self._problems.append(Problem(code="unknown_body", field=field, phrase=phrase, spans=spans, candidates=near))

    def _obligation(self, at: int, item: ItemRead, acting: list[str]) -> dict[str, Any]:
        field = f"obligations[{at}]"
        lead, support = acting, list[str]()
        if item.holders:
            lead = self._resolve(f"{field}.holders", item.holders.phrase)
            if item.holders.support and item.mode == "joint":
                support = [unit for unit in self._resolve(f"{field}.support", item.holders.support) if unit not in lead]
            self._check_holders(field, item, lead, acting)
        elif not self._reading.addressees:
            self._problems.append(Problem(code="no_holder", field=field, phrase=item.item.value, spans=item.item.spans))
        deadline = item.deadline.value if item.deadline else NoDeadline()
        self._check_deadline(item)
        return {
            "item": item.item.value,
            "text": item.text.value,
            "mode": "joint" if support else "each",
            "lead": lead,
            "support": support,
            "deadline": deadline.model_dump(),
        }

    def _check_holders(self, field: str, item: ItemRead, lead: list[str], acting: list[str]) -> None:
        spans = item.holders.phrase.spans if item.holders else []
        if item.mode == "joint" and len(lead) > 1:
            self._problems.append(Problem(code="lead_not_one", field=field, phrase=item.item.value, spans=spans))
        for unit in lead:
            if self._reading.addressees and unit not in acting:
                params: dict[str, str | int] = {"item": item.item.value, "unit": unit}
                self._warnings.append(Caution(code="holder_not_addressed", params=params, spans=spans))

    def _check_deadline(self, item: ItemRead) -> None:
        for piece in self._reading.not_understood:
            if piece.field == "deadline" and piece.item == item.item.value and item.deadline is None:
                params: dict[str, str | int] = {"item": item.item.value, "text": piece.text}
                self._warnings.append(Caution(code="drafted_without_deadline", params=params, spans=[piece.span]))

    def _document(self, issuer: Entry) -> dict[str, Any]:
        read = self._reading
        return {
            "issuer": issuer.id,
            "organ_name": issuer.name,
            "code_number": _value(read.number),
            "code_notation": _value(read.symbol),
            "type_name": _value(read.kind),
            "subject": _value(read.abstract),
            "place": _value(read.place) or "",
            "issued_date": _value(read.issued_on),
            "priority": _value(read.priority) or 0,
            "secrecy": _value(read.secrecy) or Secrecy.NONE,
            "circulation": "limited" if read.limited else "normal",
            "signer": {
                "competence": _value(read.signing_power) or "",
                "position": _value(read.position),
                "full_name": _value(read.signer),
            },
            "cascade": read.cascade is not None,
            "links": list(self._links()),
            "to_places": [copy.value.model_dump() for copy in read.copies],
        }

    def _links(self) -> Iterable[dict[str, Any]]:
        for link in self._reading.links:
            cited = link.value
            if cited.kind is None:
                self._warnings.append(
                    Caution(code="link_left_out", params={"notation": cited.notation}, spans=link.spans)
                )
                continue
            yield {
                "kind": cited.kind,
                "notation": cited.notation,
                "type_name": cited.type_name,
                "issued_date": cited.issued_on,
            }


def _value(read: Read[Any] | None) -> Any:  # noqa: ANN401 - the value of any field
    return read.value if read else None


def _missing(reading: Reading) -> Iterable[Problem]:
    needed = ("number", "symbol", "kind", "issuer", "issued_on", "abstract", "position", "signer", "obligations")
    for field in needed:
        if not getattr(reading, field):
            yield Problem(code="missing", field=field)


def _refused(error: ValidationError) -> Iterable[Problem]:
    for each in error.errors(include_url=False, include_context=False, include_input=False):
        yield Problem(code="invalid", field=path_of(each["loc"]), reason=each["msg"])
