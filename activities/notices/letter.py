"""What a mail says, in the reader's language; how it looks is the templates' business."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from activities.notices.claim import EXCERPT, DueNotice, Task
from activities.notices.steps import SHOW, Offer, offers
from catalogue import Language, text
from catalogue.times import day_shown, meant

ABSTRACT_IN_SUBJECT: Final = 120
"""Characters of the abstract that the subject line quotes."""
MOST_TASKS: Final = 100
"""Assignments that a mail lists; of more it tells the number. A digest of thousands would be a mail nobody takes."""


@dataclass(frozen=True, slots=True)
class TaskView:
    """An assignment: heading, the beginning of its text, deadline."""

    heading: str
    excerpt: str
    deadline: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something that the reader may do next; ``command`` does it on the command line."""

    words: str
    command: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Ready sentences. ``facts``: label and content. ``reason`` and ``tasks_more`` are empty where there is none."""

    language: Language
    subject: str
    title: str
    greeting: str
    lead: str
    facts: list[tuple[str, str]]
    tasks_label: str
    tasks: list[TaskView]
    tasks_more: str
    reason_label: str
    reason: str
    steps_label: str
    steps: list[Step]
    footer: list[str]


def write_letter(notice: DueNotice, language: Language) -> Letter:
    """Raises ``MissingTextError`` where the catalogue does not know the kind of notice."""
    writer = _Writer(notice, language)
    return Letter(
        language=language,
        subject=writer.subject(),
        title=writer.title(),
        greeting=writer.say("to", name=notice.unit_name),
        lead=writer.lead(),
        facts=list(writer.facts()),
        tasks_label=writer.say("tasks"),
        tasks=[writer.task(task) for task in notice.tasks[:MOST_TASKS]],
        tasks_more=writer.tasks_more(),
        reason_label=writer.say("reason"),
        reason=notice.detail or "",
        steps_label=writer.say("steps"),
        steps=list(writer.steps()),
        footer=[text("mail.automatic", language), text("mail.directive_id", language, stream=notice.stream)],
    )


def shortened(words: str, limit: int) -> str:
    """At most ``limit`` characters and an ellipsis, cut between words, on one line."""
    line = " ".join(words.split())
    if len(line) <= limit:
        return line
    return (line[: limit + 1].rpartition(" ")[0] or line[:limit]) + "…"


class _Writer:
    def __init__(self, notice: DueNotice, language: Language) -> None:
        self._notice = notice
        self._language: Language = language
        only_told = notice.kind == "issued" and not notice.acts
        self._kind = "informed" if only_told else notice.kind

    def say(self, key: str, **params: object) -> str:
        return text(f"notice.{key}", self._language, **params)

    def subject(self) -> str:
        notice = self._notice
        return text(
            "mail.subject_urgent" if notice.priority else "mail.subject",
            self._language,
            number=notice.number,
            urgency=self._urgency(),
            title=self.title(),
            abstract=shortened(notice.subject, ABSTRACT_IN_SUBJECT),
        )

    def title(self) -> str:
        return self.say(f"title_{self._kind}")

    def lead(self) -> str:
        notice = self._notice
        return self.say(
            f"lead_{self._kind}",
            organ=notice.organ_name,
            type=notice.type_name,
            number=notice.number,
            date=day_shown(notice.issued_date),
            unit=notice.unit_name,
            about=notice.about_name,
        )

    def facts(self) -> Iterator[tuple[str, str]]:
        notice = self._notice
        yield self.say("issuer"), notice.organ_name
        yield self.say("number"), notice.number
        yield self.say("date"), day_shown(notice.issued_date)
        if notice.priority:
            yield self.say("urgency"), self._urgency()
        yield self.say("abstract"), " ".join(notice.subject.split())

    def task(self, task: Task) -> TaskView:
        # Whoever is told of several units, or of what another unit holds by now, reads whose it is.
        whose = {} if self._notice.about or task.unit == self._notice.unit else {"unit": task.unit_name}
        return TaskView(
            heading=self.say(
                "task_of" if whose else "task",
                item=task.item,
                role=self.say(f"role_{task.role}"),
                assignment=task.id,
                **whose,
            ),
            excerpt=shortened(task.text, EXCERPT),
            deadline=self.say("deadline", when=self._deadline(task.deadline)),
        )

    def tasks_more(self) -> str:
        more = len(self._notice.tasks) - MOST_TASKS
        return self.say("tasks_more", count=more) if more > 0 else ""

    def steps(self) -> Iterator[Step]:
        possible = offers(self._kind, self._notice)
        for offer, task in possible:
            yield Step(self.say(f"step_{offer.name}", item=task.item if task else ""), self._command(offer, task))
        if not possible:
            yield Step(self.say("step_none"))

    def _command(self, offer: Offer, task: Task | None) -> str:
        notice = self._notice
        whose = notice.unit if offer.by == "unit" else notice.about
        # The issuer names a unit where it is the unit that is decided on; an assignment's id says enough by itself.
        named = f"--unit {whose}" if offer is not SHOW and (offer.by == "unit" or task is None) else ""
        which = f"--assignment {task.id}" if task else ""
        # A symbol may hold what a shell would obey; the reader will copy the line.
        words = ("directives", offer.verb, shlex.quote(notice.stream), named, which, offer.options)
        return " ".join(word for word in words if word)

    def _urgency(self) -> str:
        return self.say(f"urgency_{self._notice.priority}") if self._notice.priority else ""

    def _deadline(self, deadline: datetime | None) -> str:
        if deadline is None:
            return self.say("deadline_none")
        day, hour = meant(deadline)
        if hour is None:
            return self.say("deadline_day", day=day_shown(day))
        return self.say("deadline_hour", hour=f"{hour:%H:%M}", day=day_shown(day))
