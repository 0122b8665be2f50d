"""history: what happened, in order."""

import asyncio
from typing import Final

from console.call import Call
from console.event_words import Story
from console.journal import whole_story
from console.options import DirectiveId
from console.paper import Paper, answer
from console.times import moment_shown
from domain.event import Event

COLUMNS: Final = ("version", "at", "who", "what")


def history(call: Call, directive: DirectiveId) -> None:
    """Every event, what was rejected included: when, who, what. JSON: the envelopes."""
    events = asyncio.run(whole_story(call, directive, "history"))
    answer(call, [event.envelope() for event in events], lambda paper: _render(call, events, paper))


def _render(call: Call, events: list[Event], paper: Paper) -> None:
    story = Story(events, call.language)
    rows = [(str(event.version), moment_shown(event.at), story.who(event), story.what(event)) for event in events]
    paper.table([call.text(f"column.{name}") for name in COLUMNS], rows)


COMMANDS = {"history": history}
