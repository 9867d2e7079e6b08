"""The matrix of roles: what each may, where, and that nothing is allowed by accident."""

import pytest

from coop.access import policy
from coop.access.actor import (
    SYSTEM_ACTOR,
    Actor,
    ActorKind,
    console_actor,
    device_actor,
    witness_actor,
)
from coop.access.permission import Permission
from coop.access.policy import Assignment, Holding
from coop.access.role_names import ROLE_NAMES
from coop.access.roles import ROLES, Holder, Place, Role
from coop.kernel.refusal import NotThere

AGENCY = {Role.PRICE_OFFICER, Role.AUDITOR, Role.INSPECTOR, Role.MONITOR, Role.STANDBY}
HERE, ELSEWHERE = 7, 8


def place_of(role: Role) -> int | None:
    return HERE if ROLES[role].place is Place.COOPERATIVE else None


def held(role: Role, *, passed: bool = True, enrolled: bool = True) -> Holding:
    return Holding((Assignment(role, place_of(role)),), passed, enrolled)


def person(*assignments: Assignment, passed: bool = False) -> Actor:
    return Actor(ActorKind.USER, 12, "Sunita", assignments, second_factor_passed=passed)


def test_every_role_has_terms_and_a_name() -> None:
    assert set(ROLES) == set(Role) == set(ROLE_NAMES)


def test_every_permission_is_held_by_a_role_that_somebody_can_be_given() -> None:
    real = {r for r, terms in ROLES.items() if terms.holder is not Holder.MACHINE}
    assert set(Permission) == {p for role in real for p in ROLES[role].permissions}


def test_permissions_are_named_domain_resource_action() -> None:
    assert all(len(p.value.split(":")) == 3 and p.value == p.value.lower() for p in Permission)
    assert all(p.name.startswith(p.value.split(":")[0].upper()) for p in Permission)


@pytest.mark.parametrize("permission", list(Permission))
def test_nobody_without_a_role_may_anything(permission: Permission) -> None:
    nobody = Holding((), second_factor_passed=True, second_factor_enrolled=True)
    assert not policy.may(nobody, permission)
    assert policy.cooperatives_for(nobody, permission) == ()
    assert person(passed=True).reach(permission).places == ""


@pytest.mark.parametrize("role", [r for r in Role if ROLES[r].place is Place.COOPERATIVE])
@pytest.mark.parametrize("permission", list(Permission))
def test_a_placed_role_reaches_its_own_cooperative_only(role: Role, permission: Permission) -> None:
    allowed = permission in ROLES[role].permissions
    assert policy.may(held(role), permission, HERE) == allowed
    assert not policy.may(held(role), permission, ELSEWHERE)
    assert policy.cooperatives_for(held(role), permission) == ((HERE,) if allowed else ())


@pytest.mark.parametrize("role", [r for r in Role if ROLES[r].place is Place.COOPERATIVE])
def test_a_placed_role_without_its_place_allows_nothing(role: Role) -> None:
    lost = Holding((Assignment(role, None),), True, True)
    assert policy.every_permission(lost) == frozenset()


@pytest.mark.parametrize("role", [r for r in Role if ROLES[r].place is not Place.COOPERATIVE])
def test_a_role_of_everywhere_with_a_place_allows_nothing(role: Role) -> None:
    odd = Holding((Assignment(role, HERE),), True, True)
    assert policy.every_permission(odd) == frozenset()


def test_a_buyer_may_read_prices_and_reaches_no_cooperative() -> None:
    buyer = person(Assignment(Role.BUYER, None))
    assert buyer.may(Permission.PRICES_NOTICE_READ)
    assert buyer.cooperatives_for(Permission.PRICES_NOTICE_READ) == ()
    assert not buyer.may(Permission.PRICES_NOTICE_READ, HERE)


def test_agency_administrator_and_focal_point_need_a_second_factor() -> None:
    needing = {role for role, terms in ROLES.items() if terms.second_factor}
    assert needing == AGENCY | {Role.ADMINISTRATOR, Role.FOCAL_POINT}


@pytest.mark.parametrize("role", [r for r in Role if ROLES[r].second_factor])
def test_without_the_second_factor_nothing_but_setting_it_up(role: Role) -> None:
    before = policy.every_permission(held(role, passed=False, enrolled=False))
    assert before == {Permission.IDENTITY_SELF_USE, Permission.IDENTITY_SESSION_USE}
    pending = policy.every_permission(held(role, passed=False, enrolled=True))
    assert pending == {Permission.IDENTITY_SESSION_USE}
    assert policy.every_permission(held(role)) == ROLES[role].permissions


def test_who_set_up_a_second_factor_must_give_its_code_in_every_role() -> None:
    pending = held(Role.CLERK, passed=False, enrolled=True)
    assert not policy.may(pending, Permission.DESK_ENTRY_POST)
    assert policy.lacks_only_second_factor(pending, Permission.DESK_ENTRY_POST)
    assert not policy.lacks_only_second_factor(pending, Permission.PRICES_NOTICE_PUBLISH)


def test_a_clerk_without_second_factor_works() -> None:
    assert policy.may(
        held(Role.CLERK, passed=False, enrolled=False), Permission.DESK_ENTRY_POST, HERE
    )


def test_one_role_does_not_lend_its_place_to_another() -> None:
    both = person(Assignment(Role.MANAGER, HERE), Assignment(Role.CLERK, ELSEWHERE))
    assert both.cooperatives_for(Permission.DESK_ENTRY_POST) == (HERE, ELSEWHERE)
    assert both.cooperatives_for(Permission.MEMBERS_BOOK_IMPORT) == (HERE,)
    assert both.reach(Permission.MEMBERS_BOOK_IMPORT).places == "7"


def test_a_device_posts_and_reads_slips_in_its_cooperative_and_nothing_else() -> None:
    device = device_actor(3, HERE, "D-03")
    assert device.permissions == {Permission.DESK_ENTRY_POST, Permission.WEIGHING_SLIP_READ}
    assert device.reach(Permission.DESK_ENTRY_POST).actor == "device:3"
    assert device.cooperatives_for(Permission.DESK_ENTRY_POST) == (HERE,)
    assert not device.may(Permission.DESK_ENTRY_POST, ELSEWHERE)


def test_a_witness_reads_and_signs_the_log_and_nothing_else() -> None:
    log = {Permission.RECEIPTS_LOG_READ, Permission.RECEIPTS_LOG_COSIGN}
    assert witness_actor(4, "w").permissions == log
    assert witness_actor(4, "w").label == "token:4"


@pytest.mark.parametrize("actor", [console_actor("asha"), SYSTEM_ACTOR])
def test_console_and_system_may_all(actor: Actor) -> None:
    assert actor.permissions == frozenset(Permission)
    assert actor.reach(Permission.LEDGER_BOOK_READ).cooperatives is None


def test_actors_are_named_without_a_persons_name() -> None:
    assert person().label == "user:12"
    assert console_actor("asha").label == "console:asha"
    assert SYSTEM_ACTOR.label == "system"


def test_the_auditor_sees_no_member_by_name() -> None:
    assert Permission.MEMBERS_MEMBER_READ not in ROLES[Role.AUDITOR].permissions


def test_nobody_who_publishes_prices_posts_weighings() -> None:
    both = {Permission.PRICES_NOTICE_PUBLISH, Permission.DESK_ENTRY_POST}
    people = [t for t in ROLES.values() if t.holder is Holder.PERSON]
    assert not [t for t in people if both <= t.permissions]


def test_a_manager_gives_clerks_of_the_own_cooperative_only() -> None:
    manager = held(Role.MANAGER)
    assert policy.may_give(manager, Role.CLERK, HERE)
    assert not policy.may_give(manager, Role.CLERK, ELSEWHERE)
    assert not policy.may_give(manager, Role.CLERK, None)
    assert not policy.may_give(manager, Role.MANAGER, HERE)
    assert not policy.may_give(manager, Role.ADMINISTRATOR, None)


def test_an_administrator_gives_every_persons_role_and_no_tokens() -> None:
    given = {r for r in Role if policy.may_give(held(Role.ADMINISTRATOR), r, place_of(r))}
    assert given == {r for r in Role if ROLES[r].holder is Holder.PERSON}
    before = held(Role.ADMINISTRATOR, passed=False)
    assert not policy.may_give(before, Role.CLERK, HERE)


def test_an_account_is_managed_only_where_all_its_roles_are_in_our_gift() -> None:
    manager = held(Role.MANAGER)
    clerk_here, clerk_there = Assignment(Role.CLERK, HERE), Assignment(Role.CLERK, ELSEWHERE)
    assert policy.may_manage(manager, (clerk_here,))
    assert not policy.may_manage(manager, (clerk_here, clerk_there))
    assert not policy.may_manage(manager, ())
    assert policy.may_manage(held(Role.ADMINISTRATOR), ())


def test_another_cooperatives_thing_is_not_there() -> None:
    clerk = person(Assignment(Role.CLERK, HERE))
    assert clerk.reach_one(Permission.DESK_ENTRY_POST, HERE).cooperatives == (HERE,)
    with pytest.raises(NotThere):
        clerk.reach_one(Permission.DESK_ENTRY_POST, ELSEWHERE)
