"""Who is this, and what does their account hold."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coop.access.actor import Actor, ActorKind, Office
from coop.access.policy import Assignment
from coop.access.roles import Role
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere
from coop.kernel.token import token_key

_ROLES = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Account:
    """What somebody's own page shows of them."""

    user_id: int
    user: str
    name: str
    signed_in_at: datetime
    second_factor: bool


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role held now, by the row that gave it."""

    assignment_id: int
    assignment: Assignment


async def actor_of_token(token: str) -> Actor | None:
    """Return whose session a cookie's token opens; the session middleware's resolver."""
    async with transaction(None) as tx:
        return await actor_of_session(tx, token)


async def actor_of_session(tx: Transaction, token: str) -> Actor | None:
    """Return whose session a token opens, None where it is none, over or ended.

    One statement; it needs no reach, and notes at most once a minute that the person was here.
    """
    row = await tx.fetchrow(
        "SELECT * FROM coop_open_session($1, $2)", token_key(token), clock.now()
    )
    return None if row is None else _actor(row)


def _actor(row: Mapping[str, Any]) -> Actor:
    held = json.loads(row["assignments"])
    places = {
        one["cooperative_id"]: Office(one["name_hi"], one["name_en"])
        for one in held
        if one["cooperative_id"] is not None
    }
    return Actor(
        kind=ActorKind.USER,
        user_id=row["user_id"],
        name=row["display_name"],
        assignments=tuple(
            # A role that this version does not know allows nothing.
            Assignment(Role(one["role"]), one["cooperative_id"])
            for one in held
            if one["role"] in _ROLES
        ),
        second_factor_passed=row["second_factor_passed"],
        second_factor_enrolled=row["second_factor_enrolled"],
        language=row["language"],
        office=next(iter(places.values())) if len(places) == 1 else None,
    )


async def account_of(tx: Transaction, user_id: int, session_key: bytes) -> Account:
    """Return what somebody's own page shows. Raises NotThere."""
    row = await tx.fetchrow(
        "SELECT u.id, u.login, u.display_name, s.opened_at FROM user_account u"
        " JOIN session s ON s.user_id = u.id AND s.token_sha256 = $2 WHERE u.id = $1",
        user_id,
        session_key,
    )
    if row is None:
        raise NotThere
    factor = await factor_of(tx, user_id)
    return Account(
        row["id"], row["login"], row["display_name"], row["opened_at"], factor is not None
    )


async def roles_of(tx: Transaction, user_id: int) -> tuple[HeldRole, ...]:
    """Return every role that somebody holds now, also in cooperatives out of reach."""
    rows = await tx.fetch("SELECT * FROM coop_assignments_of($1, $2)", user_id, clock.now())
    return tuple(
        HeldRole(row["assignment_id"], Assignment(Role(row["role"]), row["cooperative_id"]))
        for row in rows
        if row["role"] in _ROLES
    )


@dataclass(frozen=True, slots=True)
class Factor:
    """A second factor in use: its row, its sealed secret, the last step used."""

    id: int
    sealed_secret: bytes
    last_step: int | None


async def factor_of(tx: Transaction, user_id: int) -> Factor | None:
    """Return somebody's second factor, None where there is none."""
    row = await tx.fetchrow(
        "SELECT f.id, f.sealed_secret,"
        " (SELECT max(u.step) FROM second_factor_use u"
        "   WHERE u.second_factor_id = f.id) AS last_step"
        " FROM second_factor f WHERE f.user_id = $1 AND NOT EXISTS"
        " (SELECT FROM second_factor_end e WHERE e.second_factor_id = f.id)"
        " ORDER BY f.id DESC LIMIT 1",
        user_id,
    )
    return None if row is None else Factor(row["id"], row["sealed_secret"], row["last_step"])


@dataclass(frozen=True, slots=True)
class Known:
    """An account as the door looks at it: its hash, and whether it is closed."""

    user_id: int
    login: str
    login_key: str
    password_hash: str
    closed: bool


_KNOWN = """
SELECT u.id, u.login, u.login_key,
       (SELECT p.password_hash FROM password_row p WHERE p.user_id = u.id
         ORDER BY p.id DESC LIMIT 1) AS password_hash,
       EXISTS (SELECT FROM account_closed c WHERE c.user_id = u.id) AS closed
  FROM user_account u WHERE {}
"""


async def known_by_login(tx: Transaction, login_key: str) -> Known | None:
    """Return the account of a login (as looked up), None for a stranger's."""
    return _known(await tx.fetchrow(_KNOWN.format("u.login_key = $1"), login_key))


async def known_by_id(tx: Transaction, user_id: int) -> Known:
    """Return an account. Raises NotThere."""
    found = _known(await tx.fetchrow(_KNOWN.format("u.id = $1"), user_id))
    if found is None:
        raise NotThere
    return found


def _known(row: Mapping[str, Any] | None) -> Known | None:
    if row is None or row["password_hash"] is None:
        return None
    return Known(row["id"], row["login"], row["login_key"], row["password_hash"], row["closed"])


@dataclass(frozen=True, slots=True)
class RoleHolder:
    """Somebody who holds a role now."""

    user_id: int
    name: str


async def holders_of(tx: Transaction, role: Role, cooperative_id: int) -> list[RoleHolder]:
    """Who holds a role in a cooperative now and whose account is open, by name."""
    rows = await tx.fetch(
        """SELECT DISTINCT u.id, u.display_name FROM role_assignment r JOIN user_account u ON u.id = r.user_id
           WHERE r.role = $1 AND r.cooperative_id = $2 AND r.holds_from <= $3 AND coalesce(r.holds_to > $3, true)
             AND NOT EXISTS (SELECT FROM role_assignment_end e WHERE e.assignment_id = r.id)
             AND NOT EXISTS (SELECT FROM account_closed c WHERE c.user_id = u.id) ORDER BY u.display_name, u.id""",
        role.value,
        cooperative_id,
        clock.now(),
    )
    return [RoleHolder(row["id"], row["display_name"]) for row in rows]
