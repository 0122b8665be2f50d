"""apply_policy (áp dụng quy định): what the issuer lays down anew reaches an open directive."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Sha256
from domain.command import Command
from domain.commands.deadlines_moved import open_receipts
from domain.document import Reference
from domain.event import EVERYTHING, Concern, Event, EventData
from domain.policy import Policy
from domain.refusal import Code, Refused
from domain.state import DirectiveState


class PolicyApplied(EventData):
    """From now on ``policy`` holds: for times to acknowledge that run, and for every rung to come.

    ``before_sha256``: of the policy until now. ``document``: by which it was laid down.
    """

    type: Literal["PolicyApplied"] = "PolicyApplied"
    policy: Policy
    sha256: Sha256
    before_sha256: Sha256
    document: Reference

    moves_figures: ClassVar = False

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """What was granted or demanded stays."""
        state.policy = self.policy

    def concerns(self) -> Concern:
        """All of it."""
        return EVERYTHING

    def changes_rights(self) -> bool:
        """What has to be proved, and until when what may be asked for."""
        return True


class ApplyPolicy(Command):
    """From the operator, by a document. The policy that a directive has already changes nothing."""

    type: Literal["apply_policy"]
    policy: Policy
    document: Reference

    roles: ClassVar = (Role.OPERATOR,)
    phases: ClassVar = frozenset({"in_force", "recalling"})

    def not_before(self, state: DirectiveState) -> datetime:
        """It meets everything as it stands."""
        return state.touched_at

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        """Raises ``Refused``."""
        if self.policy.issuer not in (None, state.document.issuer):
            raise Refused(Code.WRONG_UNIT, unit=self.policy.issuer or "-", issuer=state.document.issuer)
        sha256, before = self.policy.sha256(), state.policy.sha256()
        if sha256 == before:
            return []
        applied = PolicyApplied(policy=self.policy, sha256=sha256, before_sha256=before, document=self.document)
        then = state.model_copy(update={"policy": self.policy})
        return [applied, *open_receipts(then, at, "policy")]
