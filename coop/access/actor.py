"""Who acts: a person, a device, the console or the system itself, and what they may."""

from dataclasses import dataclass
from enum import StrEnum

from coop.access import policy
from coop.access.permission import Permission
from coop.access.policy import Assignment, Holding
from coop.access.roles import Role
from coop.kernel.db import Reach
from coop.kernel.refusal import NotThere


class ActorKind(StrEnum):
    """What kind of actor; the word stands before the number or name in every audit entry."""

    USER = "user"
    DEVICE = "device"
    TOKEN = "token"  # noqa: S105  # a kind of actor, not a secret
    CONSOLE = "console"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Office:
    """The one cooperative that a person works for, as a page's head names it."""

    name_hi: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. ``number``: row id of the device or token, where it is one."""

    kind: ActorKind
    user_id: int | None
    name: str
    assignments: tuple[Assignment, ...] = ()
    second_factor_passed: bool = False
    second_factor_enrolled: bool = False
    language: str = ""
    office: Office | None = None
    number: int | None = None

    @property
    def holding(self) -> Holding:
        """What the policy decides on."""
        return Holding(self.assignments, self.second_factor_passed, self.second_factor_enrolled)

    @property
    def label(self) -> str:
        """The actor as rows and the audit chain name it, never by a person's name."""
        if self.kind is ActorKind.SYSTEM:
            return "system"
        if self.kind is ActorKind.CONSOLE:
            return f"console:{self.name}"[:80]
        return f"{self.kind}:{self.user_id if self.kind is ActorKind.USER else self.number}"

    @property
    def who(self) -> str:
        """The name in the page's head."""
        return self.name

    @property
    def permissions(self) -> frozenset[Permission]:
        """All that is allowed now in some place: to show by, not to decide by."""
        return policy.every_permission(self.holding)

    @property
    def owes_second_factor(self) -> bool:
        """Whether something stays shut until a second factor is set up or its code given."""
        return any(policy.lacks_only_second_factor(self.holding, p) for p in Permission)

    def may(self, permission: Permission, cooperative_id: int | None = None) -> bool:
        """Tell whether it is allowed at all, or in one cooperative (row id)."""
        return policy.may(self.holding, permission, cooperative_id)

    def cooperatives_for(self, permission: Permission) -> tuple[int, ...] | None:
        """Return the cooperatives in which it is allowed; None is all, () is none."""
        return policy.cooperatives_for(self.holding, permission)

    def role_for(self, permission: Permission, cooperative_id: int) -> Role:
        """Return the role that allows it in one cooperative, its own before the agency's.

        Raises NotThere where none does.
        """
        for place in (cooperative_id, None):
            for held in self.assignments:
                allowed = policy.permissions_now(self.holding, held.role)
                if held.cooperative_id == place and permission in allowed:
                    return held.role
        raise NotThere

    def reach(self, permission: Permission) -> Reach:
        """Return how far a transaction for this act reaches; nowhere where it is not allowed."""
        return Reach(self.label, self.cooperatives_for(permission))

    def reach_one(self, permission: Permission, cooperative_id: int) -> Reach:
        """Return the reach into one cooperative; NotThere where it is not this actor's."""
        if not self.may(permission, cooperative_id):
            raise NotThere
        return Reach(self.label, (cooperative_id,))


def console_actor(os_user: str) -> Actor:
    """Return whoever types commands on the server."""
    return Actor(ActorKind.CONSOLE, None, os_user, (Assignment(Role.OPERATOR, None),))


def device_actor(device_id: int, cooperative_id: int, code: str) -> Actor:
    """Return an enrolled scale's phone; it posts and reads slips in its cooperative only."""
    held = (Assignment(Role.DEVICE, cooperative_id),)
    return Actor(ActorKind.DEVICE, None, code, held, number=device_id)


def witness_actor(token_id: int, name: str) -> Actor:
    """Return the holder of a witness's token, who reads the log."""
    held = (Assignment(Role.WITNESS, None),)
    return Actor(ActorKind.TOKEN, None, name, held, number=token_id)


SYSTEM_ACTOR = Actor(ActorKind.SYSTEM, None, "system", (Assignment(Role.OPERATOR, None),))
