"""Give accounts, roles and passwords, and take them back. The caller opens the transaction.

``by`` is who does it; the transaction's reach must be theirs. Refused before anything is written.
"""

from dataclasses import dataclass
from datetime import datetime

from coop.access import policy
from coop.access.actor import Actor
from coop.access.roles import Role
from coop.audit.operations import record
from coop.audit.rules import AuditTag
from coop.identity.operations.passwords import hash_password
from coop.identity.operations.sessions import end_sessions
from coop.identity.queries import factor_of, known_by_id, roles_of
from coop.identity.rules.logins import (
    login_key,
    login_text,
    name_text,
    refusals_to_login,
    refusals_to_name,
    refusals_to_role,
)
from coop.identity.rules.passwords import refusals_to_password
from coop.kernel import clock
from coop.kernel.aadhaar import holds_aadhaar
from coop.kernel.db import Transaction
from coop.kernel.i18n import HINDI, LANGUAGES
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.words import say


@dataclass(frozen=True, slots=True)
class NewUser:
    """A person to be given an account. ``holds_to``: when the role ends by itself, if it does."""

    login: str
    name: str
    role: Role
    cooperative_id: int | None
    password: str
    language: str = HINDI
    holds_to: datetime | None = None


NOT_YOURS = Refusal("role_not_yours", say("This role is not yours to give or to take."), "role")


async def add_user(tx: Transaction, by: Actor, person: NewUser, *, demo: bool = False) -> int:
    """Give an account with its first role; return its row id. Prints nothing.

    ``demo``: the password may be weak, as the demo's is shown on the screen. Raises Refused.
    """
    refusals = [
        *refusals_to_login(person.login),
        *refusals_to_name(person.name),
        *_refusals_to_numbers(person),
        *refusals_to_role(person.role, person.cooperative_id),
        *([] if demo else refusals_to_password(person.password, person.login, person.name)),
    ]
    if person.language not in LANGUAGES:
        refusals.append(Refusal("bad_language", say("Choose Hindi or English."), "language"))
    if not policy.may_give(by.holding, person.role, person.cooperative_id):
        refusals.append(NOT_YOURS)
    if refusals:
        raise Refused(refusals)
    password_hash = await hash_password(person.password)
    user_id = await _insert_account(tx, person)
    await _insert_password(tx, user_id, password_hash)
    await tx.execute(
        "INSERT INTO language_choice (user_id, language, chosen_at) VALUES ($1, $2, $3)",
        user_id, person.language, clock.now(),
    )  # fmt: skip
    await record(
        tx, AuditTag.USER_ADDED, cooperative_id=person.cooperative_id,
        table="user_account", row=str(user_id), facts={"role": str(person.role)},
    )  # fmt: skip
    await give_role(tx, by, user_id, person.role, person.cooperative_id, holds_to=person.holds_to)
    return user_id


def _refusals_to_numbers(person: NewUser) -> list[Refusal]:
    message = say("This is an Aadhaar number. It is never kept; choose another name.")
    return [
        Refusal("aadhaar_in_field", message, field)
        for field, text in (("user", person.login), ("name", person.name))
        if holds_aadhaar(text)
    ]


async def _insert_account(tx: Transaction, person: NewUser) -> int:
    made = await tx.fetchval(
        "INSERT INTO user_account (login, login_key, display_name, created_at, created_by)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (login_key) DO NOTHING RETURNING id",
        login_text(person.login), login_key(person.login), name_text(person.name),
        clock.now(), tx.reach.actor,
    )  # fmt: skip
    if made is None:
        message = say("This user name is taken. Choose another.")
        raise Refused([Refusal("login_taken", message, "user")])
    return int(made)


async def _insert_password(tx: Transaction, user_id: int, password_hash: str) -> None:
    await tx.execute(
        "INSERT INTO password_row (user_id, password_hash, set_at, set_by) VALUES ($1, $2, $3, $4)",
        user_id, password_hash, clock.now(), tx.reach.actor,
    )  # fmt: skip


async def give_role(
    tx: Transaction,
    by: Actor,
    user_id: int,
    role: Role,
    cooperative_id: int | None,
    *,
    holds_to: datetime | None = None,
) -> int:
    """Give a role from now on; return the assignment's row id. Sessions end. Raises Refused."""
    refusals = refusals_to_role(role, cooperative_id)
    if not policy.may_give(by.holding, role, cooperative_id):
        refusals.append(NOT_YOURS)
    if holds_to is not None and holds_to <= clock.now():
        message = say("The role must end after now. Correct the day.")
        refusals.append(Refusal("bad_period", message, "holds_to"))
    if refusals:
        raise Refused(refusals)
    code = None
    if cooperative_id is not None:
        code = await tx.fetchval("SELECT code FROM cooperative WHERE id = $1", cooperative_id)
        if code is None:
            raise NotThere
    made = await tx.fetchval(
        "INSERT INTO role_assignment"
        " (user_id, role, cooperative_id, holds_from, holds_to, given_at, given_by)"
        " VALUES ($1, $2, $3, $4, $5, $4, $6) RETURNING id",
        user_id, str(role), cooperative_id, clock.now(), holds_to, tx.reach.actor,
    )  # fmt: skip
    await end_sessions(tx, user_id, "role")
    await record(
        tx, AuditTag.ROLE_GIVEN, cooperative_id=cooperative_id,
        table="role_assignment", row=str(made), facts={"role": str(role), "cooperative": code},
    )  # fmt: skip
    return int(made)


async def end_role(tx: Transaction, by: Actor, user_id: int, assignment_id: int) -> None:
    """Take a role back now; their sessions end. Raises NotThere, Refused."""
    held = {one.assignment_id: one.assignment for one in await roles_of(tx, user_id)}
    found = held.get(assignment_id)
    if found is None:
        raise NotThere
    if not policy.may_give(by.holding, found.role, found.cooperative_id):
        raise Refused([NOT_YOURS])
    await tx.execute(
        "INSERT INTO role_assignment_end (assignment_id, cooperative_id, ended_at, ended_by)"
        " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        assignment_id, found.cooperative_id, clock.now(), tx.reach.actor,
    )  # fmt: skip
    await end_sessions(tx, user_id, "role")
    await record(
        tx, AuditTag.ROLE_ENDED, cooperative_id=found.cooperative_id,
        table="role_assignment", row=str(assignment_id), facts={"role": str(found.role)},
    )  # fmt: skip


async def set_password(tx: Transaction, by: Actor, user_id: int, password: str) -> None:
    """Give somebody a new password, told face to face; their sessions end. Raises Refused."""
    await _must_manage(tx, by, user_id)
    known = await known_by_id(tx, user_id)
    if refusals := refusals_to_password(password, known.login):
        raise Refused(refusals)
    await _insert_password(tx, user_id, await hash_password(password))
    await end_sessions(tx, user_id, "password")
    await record(
        tx, AuditTag.PASSWORD_CHANGED, cooperative_id=None,
        table="user_account", row=str(user_id), facts={},
    )  # fmt: skip


async def end_second_factor(tx: Transaction, by: Actor, user_id: int) -> None:
    """Take a lost phone's second factor away, so that a new one can be set up. Sessions end."""
    await _must_manage(tx, by, user_id)
    factor = await factor_of(tx, user_id)
    if factor is None:
        raise NotThere
    await tx.execute(
        "INSERT INTO second_factor_end (second_factor_id, ended_at, ended_by)"
        " VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        factor.id, clock.now(), tx.reach.actor,
    )  # fmt: skip
    await end_sessions(tx, user_id, "second_factor")
    await record(
        tx, AuditTag.SECOND_FACTOR_ENDED, cooperative_id=None,
        table="user_account", row=str(user_id), facts={},
    )  # fmt: skip


async def close_account(tx: Transaction, by: Actor, user_id: int) -> None:
    """Close an account for good; all its sessions end with it. Raises Refused."""
    await _must_manage(tx, by, user_id)
    closed = await tx.fetchval(
        "INSERT INTO account_closed (user_id, closed_at, closed_by) VALUES ($1, $2, $3)"
        " ON CONFLICT DO NOTHING RETURNING user_id",
        user_id, clock.now(), tx.reach.actor,
    )  # fmt: skip
    if closed is None:
        return  # closed before: the first row stands
    await end_sessions(tx, user_id, "closed")
    await record(
        tx, AuditTag.ACCOUNT_CLOSED, cooperative_id=None,
        table="user_account", row=str(user_id), facts={},
    )  # fmt: skip


async def _must_manage(tx: Transaction, by: Actor, user_id: int) -> None:
    await known_by_id(tx, user_id)
    theirs = tuple(one.assignment for one in await roles_of(tx, user_id))
    if not policy.may_manage(by.holding, theirs):
        raise Refused([NOT_YOURS])
