"""What is kept of each unit says what looking at all of them says."""

from datetime import timedelta
from random import Random

import pytest

from domain.agenda import Agenda
from domain.alarms import NEVER, next_alarm, quiet_until
from domain.arrival import Known
from domain.event import Event
from domain.handling import Handling
from domain.state import DirectiveState
from tests.support.builders import STREAM
from tests.support.lives import Life, Sent, parcels_of

LIVES = 120
BATCHES = 25
MOMENT = timedelta(microseconds=1)


class Doubting(Handling):
    """Looks at every unit and every assignment after every event."""

    def _append(self, event: Event) -> None:
        super()._append(event)
        assert self.state is not None
        assert Agenda(self.agenda).next_alarm(self.state) == next_alarm(self.state), event
        due_at = quiet_until(self.state)
        assert not Agenda(self.agenda).quiet(self.state, due_at), event
        assert due_at == NEVER or Agenda(self.agenda).quiet(self.state, due_at - MOMENT), event


@pytest.mark.parametrize("seed", range(LIVES))
def test_of_a_random_life_it_knows_after_every_event_when_something_is_due(seed: int) -> None:
    chance = Random(seed)
    life = Life(chance)
    known: dict[str, Known] = {}
    state: DirectiveState | None = None
    agenda, sent = Agenda(), [Sent([life.start], door="start")]
    for _ in range(BATCHES):
        handling = Doubting(stream=STREAM, state=state, known=known, superior=life.above, agenda=agenda)
        handling.run(parcels_of(sent, chance, life.now), life.now)
        known |= handling.answered
        state, agenda = handling.state, handling.agenda
        assert state is not None
        life.pass_time(state)
        sent = life.batch(state)
