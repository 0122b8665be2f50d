"""The part that all commands sent from here share."""

from typing import Any

from console.call import Call
from console.command_ids import sent_at
from domain.actor import Role


def envelope(call: Call, command_id: str, kind: str, role: Role, unit: str | None) -> dict[str, Any]:
    """Type, id, actor and time of sending. ``role``: in which it is given unless ``--role`` says otherwise."""
    when = sent_at(command_id)
    return {
        "type": kind,
        "command_id": command_id,
        "actor": {"person": call.person, "role": call.role or role, "unit": unit},
        **({"sent_at": when} if when else {}),
    }
