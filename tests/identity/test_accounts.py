"""Accounts and roles: given, taken back, closed; each an entry in the chain, never in place."""

import asyncpg
import pytest

from coop.access.actor import Actor, ActorKind
from coop.access.policy import Assignment
from coop.access.roles import Role
from coop.identity.operations import (
    NewUser,
    add_user,
    close_account,
    end_role,
    end_second_factor,
    give_role,
    set_password,
)
from coop.identity.operations.passwords import password_matches
from coop.identity.operations.sealing import seal
from coop.identity.operations.sessions import open_session, purge_sign_ins
from coop.identity.queries import actor_of_session, known_by_id, roles_of
from coop.kernel import clock
from coop.kernel.clock import seconds
from coop.kernel.db import Reach, Transaction
from coop.kernel.refusal import NotThere, Refused
from tests.identity.conftest import CONSOLE, CONSOLE_REACH, PASSWORD, Town


def clerk_of(town: Town, login: str = "new-clerk") -> NewUser:
    return NewUser(login, "Asha Tudu", Role.CLERK, town.here, PASSWORD)


def manager_of(town: Town) -> Actor:
    return Actor(ActorKind.USER, 999_999, "M", (Assignment(Role.MANAGER, town.here),))


async def codes_of_refusal(tx: Transaction, by: Actor, person: NewUser) -> list[str]:
    before = await tx.fetchval("SELECT count(*) FROM user_account")
    with pytest.raises(Refused) as refused:
        await add_user(tx, by, person)
    assert await tx.fetchval("SELECT count(*) FROM user_account") == before
    return [one.code for one in refused.value.refusals]


async def test_a_user_is_added_with_role_password_and_entries(tx: Transaction, town: Town) -> None:
    await tx.reach_as(CONSOLE_REACH)
    user_id = await add_user(tx, CONSOLE, clerk_of(town))
    known = await known_by_id(tx, user_id)
    assert known.password_hash.startswith("$argon2id$")
    assert PASSWORD not in known.password_hash
    assert await password_matches(known.password_hash, PASSWORD)
    assert not await password_matches(known.password_hash, PASSWORD + "x")
    assert [r.assignment for r in await roles_of(tx, user_id)] == [
        Assignment(Role.CLERK, town.here)
    ]
    entries = await tx.fetch(
        "SELECT tag, actor, facts FROM audit_entry WHERE cooperative_id = $1"
        " ORDER BY seq DESC LIMIT 2",
        town.here,
    )
    assert [(e["tag"], e["actor"]) for e in entries] == [
        ("role:given", "console:tester"), ("user:added", "console:tester"),
    ]  # fmt: skip
    assert entries[0]["facts"] == '{"cooperative":"IDHERE","role":"clerk"}'


async def test_a_login_is_given_once_in_whatever_spelling(tx: Transaction, town: Town) -> None:
    await tx.reach_as(CONSOLE_REACH)
    await add_user(tx, CONSOLE, clerk_of(town, "Asha  TUDU"))
    assert await codes_of_refusal(tx, CONSOLE, clerk_of(town, "asha tudu")) == ["login_taken"]


async def test_what_is_wrong_is_said_at_once(tx: Transaction, town: Town) -> None:
    await tx.reach_as(CONSOLE_REACH)
    bad = NewUser("x", " ", Role.CLERK, None, "short", "fr")
    assert await codes_of_refusal(tx, CONSOLE, bad) == [
        "bad_login", "bad_name", "place_needed", "weak_password", "bad_language",
    ]  # fmt: skip
    device = NewUser("device-one", "D", Role.DEVICE, town.here, PASSWORD)
    assert "not_a_person" in await codes_of_refusal(tx, CONSOLE, device)


async def test_an_aadhaar_number_is_no_login_and_no_name(tx: Transaction, town: Town) -> None:
    await tx.reach_as(CONSOLE_REACH)
    for login, name in (("9999 9999 0019", "A B"), ("login-7", "A 9999-9999-0019")):
        person = NewUser(login, name, Role.CLERK, town.here, PASSWORD)
        assert await codes_of_refusal(tx, CONSOLE, person) == ["aadhaar_in_field"]


async def test_an_unknown_cooperative_is_not_there(tx: Transaction, town: Town) -> None:
    await tx.reach_as(CONSOLE_REACH)
    with pytest.raises((NotThere, LookupError)):
        await add_user(tx, CONSOLE, NewUser("lost", "Lost", Role.CLERK, 10**9, PASSWORD))


async def test_the_demos_password_may_be_weak(tx: Transaction, town: Town) -> None:
    await tx.reach_as(CONSOLE_REACH)
    person = NewUser("demo-clerk", "D", Role.CLERK, town.here, "demo")
    assert await add_user(tx, CONSOLE, person, demo=True) > 0


async def test_a_manager_adds_clerks_of_the_own_cooperative_only(
    tx: Transaction, town: Town
) -> None:
    manager = manager_of(town)
    await tx.reach_as(Reach(manager.label, (town.here,)))
    assert await add_user(tx, manager, clerk_of(town)) > 0
    boss = NewUser("boss", "Boss", Role.MANAGER, town.here, PASSWORD)
    other = NewUser("other", "Other", Role.CLERK, town.elsewhere, PASSWORD)
    admin = NewUser("admin9", "Admin", Role.ADMINISTRATOR, None, PASSWORD)
    for person in (boss, other, admin):
        assert await codes_of_refusal(tx, manager, person) == ["role_not_yours"]


async def test_the_database_refuses_a_role_out_of_reach(tx: Transaction, town: Town) -> None:
    await tx.reach_as(CONSOLE_REACH)
    user_id = await add_user(tx, CONSOLE, clerk_of(town))
    await tx.reach_as(Reach("user:1", (town.here,)))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await tx.execute(
            "INSERT INTO role_assignment (user_id, role, cooperative_id, holds_from, given_at,"
            " given_by) VALUES ($1, 'manager', $2, now(), now(), 'x')",
            user_id, town.elsewhere,
        )  # fmt: skip


async def test_a_role_given_and_ended_ends_the_sessions(tx: Transaction, town: Town) -> None:
    await tx.reach_as(CONSOLE_REACH)
    user_id = await add_user(tx, CONSOLE, clerk_of(town))
    token = await open_session(tx, user_id, second_factor_passed=False)
    assert await actor_of_session(tx, token) is not None
    given = await give_role(tx, CONSOLE, user_id, Role.TREASURER, town.elsewhere)
    assert await actor_of_session(tx, token) is None
    token = await open_session(tx, user_id, second_factor_passed=False)
    actor = await actor_of_session(tx, token)
    assert actor is not None
    assert {a.role for a in actor.assignments} == {Role.CLERK, Role.TREASURER}
    assert actor.office is None
    await end_role(tx, CONSOLE, user_id, given)
    assert await actor_of_session(tx, token) is None
    assert [r.assignment.role for r in await roles_of(tx, user_id)] == [Role.CLERK]
    with pytest.raises(NotThere):
        await end_role(tx, CONSOLE, user_id, given)


async def test_a_role_ends_by_itself(tx: Transaction, town: Town) -> None:
    await tx.reach_as(CONSOLE_REACH)
    user_id = await add_user(tx, CONSOLE, clerk_of(town))
    until = clock.now() + seconds(60)
    await give_role(tx, CONSOLE, user_id, Role.BOARD, town.here, holds_to=until)
    assert len(await roles_of(tx, user_id)) == 2
    with clock.frozen(until):
        assert len(await roles_of(tx, user_id)) == 1
    with pytest.raises(Refused):
        await give_role(tx, CONSOLE, user_id, Role.BOARD, town.here, holds_to=clock.now())


async def test_a_manager_may_not_change_an_account_with_a_role_elsewhere(
    tx: Transaction, town: Town
) -> None:
    await tx.reach_as(CONSOLE_REACH)
    plain = await add_user(tx, CONSOLE, clerk_of(town, "plain"))
    both = await add_user(tx, CONSOLE, clerk_of(town, "both"))
    await give_role(tx, CONSOLE, both, Role.CLERK, town.elsewhere)
    manager = manager_of(town)
    await tx.reach_as(Reach(manager.label, (town.here,)))
    await set_password(tx, manager, plain, "three goats cross at noon")
    with pytest.raises(Refused):
        await set_password(tx, manager, both, "three goats cross at noon")
    with pytest.raises(Refused):
        await close_account(tx, manager, both)
    with pytest.raises(NotThere):
        await close_account(tx, manager, 10**9)


async def test_a_password_is_set_as_a_new_row_and_ends_the_sessions(
    tx: Transaction, town: Town
) -> None:
    await tx.reach_as(CONSOLE_REACH)
    user_id = await add_user(tx, CONSOLE, clerk_of(town))
    token = await open_session(tx, user_id, second_factor_passed=False)
    await set_password(tx, CONSOLE, user_id, "three goats cross at noon")
    assert await actor_of_session(tx, token) is None
    assert await tx.fetchval("SELECT count(*) FROM password_row WHERE user_id = $1", user_id) == 2
    known = await known_by_id(tx, user_id)
    assert await password_matches(known.password_hash, "three goats cross at noon")
    with pytest.raises(Refused):
        await set_password(tx, CONSOLE, user_id, "new-clerk-kettle")


async def test_a_closed_account_opens_no_session_again(tx: Transaction, town: Town) -> None:
    await tx.reach_as(CONSOLE_REACH)
    user_id = await add_user(tx, CONSOLE, clerk_of(town))
    token = await open_session(tx, user_id, second_factor_passed=False)
    await close_account(tx, CONSOLE, user_id)
    await close_account(tx, CONSOLE, user_id)  # the first stands
    assert await actor_of_session(tx, token) is None
    later = await open_session(tx, user_id, second_factor_passed=False)
    assert await actor_of_session(tx, later) is None
    count = "SELECT count(*) FROM audit_entry WHERE tag = 'account:closed' AND about_row = $1"
    assert await tx.fetchval(count, str(user_id)) == 1


async def test_a_lost_phone_is_taken_away(tx: Transaction, town: Town) -> None:
    await tx.reach_as(CONSOLE_REACH)
    user_id = await add_user(tx, CONSOLE, clerk_of(town))
    with pytest.raises(NotThere):
        await end_second_factor(tx, CONSOLE, user_id)
    await tx.execute(
        "INSERT INTO second_factor (user_id, sealed_secret, enrolled_at) VALUES ($1, $2, now())",
        user_id, seal("JBSWY3DPEHPK3PXP", user_id),
    )  # fmt: skip
    token = await open_session(tx, user_id, second_factor_passed=True)
    actor = await actor_of_session(tx, token)
    assert actor is not None
    assert actor.second_factor_enrolled
    await end_second_factor(tx, CONSOLE, user_id)
    assert await actor_of_session(tx, token) is None
    token = await open_session(tx, user_id, second_factor_passed=False)
    actor = await actor_of_session(tx, token)
    assert actor is not None
    assert not actor.second_factor_enrolled


@pytest.mark.parametrize(
    "change",
    ["UPDATE user_account SET display_name = 'x'", "UPDATE password_row SET set_by = 'x'",
     "DELETE FROM role_assignment_end", "DELETE FROM session_end", "DELETE FROM account_closed",
     "UPDATE session SET second_factor_passed = true", "DELETE FROM sign_in_attempt",
     "TRUNCATE second_factor_use", "UPDATE second_factor SET enrolled_at = now()"],
)  # fmt: skip
async def test_the_application_changes_nothing_in_place(tx: Transaction, change: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await tx.execute(change)


async def test_old_tries_and_sessions_go(tx: Transaction, town: Town) -> None:
    await tx.reach_as(CONSOLE_REACH)
    user_id = await add_user(tx, CONSOLE, clerk_of(town))
    await open_session(tx, user_id, second_factor_passed=False)
    insert = "INSERT INTO sign_in_attempt (account_key, hop, at) VALUES ($1, 'h', $2)"
    now = clock.now()
    await tx.execute(insert, b"k" * 32, now)
    await purge_sign_ins(tx)
    count = "SELECT count(*) FROM sign_in_attempt WHERE account_key = $1"
    assert await tx.fetchval(count, b"k" * 32) == 1
    with clock.frozen(now + seconds(31 * 86400)):
        assert await purge_sign_ins(tx) >= 1
    assert await tx.fetchval(count, b"k" * 32) == 0
    assert await tx.fetchval("SELECT count(*) FROM session WHERE user_id = $1", user_id) == 0
