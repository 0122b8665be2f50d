"""The table of verbs against the commands of the domain."""

from inspect import Parameter

import pytest

from console.commands.verbs import VERBS, Verb
from domain.commands import COMMANDS

OTHERS = {"issue", "record_delivery"}
"""What a person issues has a command of its own; deliveries are told by the dispatcher."""


def test_every_command_that_a_person_gives_has_a_verb() -> None:
    assert {verb.type for verb in VERBS.values()} == set(COMMANDS) - OTHERS


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_the_usual_role_of_a_verb_may_give_its_command(verb: Verb) -> None:
    assert verb.role in COMMANDS[verb.type].roles


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_the_options_of_a_verb_are_the_fields_of_its_command(verb: Verb) -> None:
    envelope = {"type", "command_id", "actor", "on_behalf_of", "sent_at", "expected_revision", "proof"}
    fields = set(COMMANDS[verb.type].model_fields) - envelope
    # A unit's people name their own unit; it goes into the actor.
    options = {option.name for option in verb.options} - ({"unit"} if verb.of_unit else set())
    assert options == fields - ({"unit"} if verb.of_unit else set())


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_what_a_command_needs_its_verb_asks_for(verb: Verb) -> None:
    model = COMMANDS[verb.type]
    for option in verb.options:
        if option.name in model.model_fields and option.name != "unit":
            required = model.model_fields[option.name].is_required()
            assert (option.default is Parameter.empty) == required
