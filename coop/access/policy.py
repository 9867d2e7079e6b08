"""Who may do what and where: decided from the roles held, denied unless a role says yes. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from coop.access.permission import Permission
from coop.access.roles import BEFORE_ENROLMENT, BEFORE_SECOND_FACTOR, ROLES, Holder, Place, Role


@dataclass(frozen=True, slots=True)
class Assignment:
    """A role held now; ``cooperative_id`` only where the role's place is a cooperative."""

    role: Role
    cooperative_id: int | None


@dataclass(frozen=True, slots=True)
class Holding:
    """What somebody brings to the door: roles, and how far the second factor has come."""

    assignments: tuple[Assignment, ...]
    second_factor_passed: bool = False
    second_factor_enrolled: bool = False


def permissions_now(holding: Holding, role: Role) -> frozenset[Permission]:
    """Return what a role allows now; less while a second factor is missing.

    >>> sorted(permissions_now(Holding((), second_factor_enrolled=True), Role.CLERK))
    [<Permission.IDENTITY_SESSION_USE: 'identity:session:use'>]
    """
    terms = ROLES[role]
    if holding.second_factor_passed or terms.holder is not Holder.PERSON:
        return terms.permissions
    if holding.second_factor_enrolled:
        return terms.permissions & BEFORE_SECOND_FACTOR
    if terms.second_factor:
        return terms.permissions & BEFORE_ENROLMENT
    return terms.permissions


def _allowing(holding: Holding, permission: Permission) -> Iterator[Assignment]:
    """The assignments that allow it now. One whose place does not fit its role allows nothing."""
    for held in holding.assignments:
        placed = ROLES[held.role].place is Place.COOPERATIVE
        if placed == (held.cooperative_id is not None) and permission in permissions_now(
            holding, held.role
        ):
            yield held


def cooperatives_for(holding: Holding, permission: Permission) -> tuple[int, ...] | None:
    """Return the cooperatives (row ids) in which it is allowed; None is all, () is none."""
    found: set[int] = set()
    for held in _allowing(holding, permission):
        if held.cooperative_id is not None:
            found.add(held.cooperative_id)
        elif ROLES[held.role].place is Place.EVERYWHERE:
            return None
    return tuple(sorted(found))


def may(holding: Holding, permission: Permission, cooperative_id: int | None = None) -> bool:
    """Tell whether it is allowed at all, or in one cooperative where that is named."""
    if cooperative_id is None:
        return any(True for _ in _allowing(holding, permission))
    within = cooperatives_for(holding, permission)
    return within is None or cooperative_id in within


def every_permission(holding: Holding) -> frozenset[Permission]:
    """Return all that is allowed now in some place."""
    return frozenset(p for p in Permission if may(holding, p))


def lacks_only_second_factor(holding: Holding, permission: Permission) -> bool:
    """Tell whether it would be allowed once the second factor is passed."""
    passed = Holding(holding.assignments, second_factor_passed=True, second_factor_enrolled=True)
    return not may(holding, permission) and may(passed, permission)


def may_give(holding: Holding, role: Role, cooperative_id: int | None) -> bool:
    """Tell whether a role may be given or taken: a manager's own clerks, an administrator all."""
    for held in _allowing(holding, Permission.IDENTITY_USER_MANAGE):
        terms = ROLES[held.role]
        in_place = terms.place is Place.EVERYWHERE or (
            cooperative_id is not None and held.cooperative_id == cooperative_id
        )
        if role in terms.gives and in_place:
            return True
    return False


def may_manage(holding: Holding, theirs: tuple[Assignment, ...]) -> bool:
    """Tell whether somebody's account may be changed: every role they hold is in our gift.

    Without a role left, only who gives every role may.
    """
    if not theirs:
        return may_give(holding, Role.ADMINISTRATOR, None)
    return all(may_give(holding, held.role, held.cooperative_id) for held in theirs)
