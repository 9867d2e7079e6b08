"""Sign in and out, change one's password: each ends with new rows and, mostly, a new token.

A try is written down and committed before the password is looked at, so that a thousand tries at
once count as a thousand; the hashing happens outside every transaction; its outcome is a row.
"""

from dataclasses import dataclass

from coop.access.actor import Actor
from coop.audit.operations import record
from coop.audit.rules import AuditTag
from coop.identity.operations.passwords import NOBODY, hash_password, password_matches
from coop.identity.operations.sealing import blind, unseal
from coop.identity.queries import Factor, Known, factor_of, known_by_id, known_by_login, roles_of
from coop.identity.rules.logins import login_key, refusals_to_login
from coop.identity.rules.passwords import refusals_to_password
from coop.identity.rules.second_factor import matching_step
from coop.identity.rules.tries import WINDOW, WRONG_PASSWORD, WRONG_SIGN_IN, refusals_to_try
from coop.kernel import clock
from coop.kernel.db import NOWHERE, Reach, Transaction, transaction
from coop.kernel.i18n import LANGUAGES
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.token import new_token, token_key
from coop.kernel.words import say


@dataclass(frozen=True, slots=True)
class Credentials:
    """What was typed at the door, and the trusted hop it came from; ``code`` may be empty."""

    login: str
    password: str
    code: str
    hop: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An open session: the token for the cookie, and whether a code is still to come."""

    token: str
    user_id: int
    code_to_come: bool


async def sign_in(given: Credentials, *, before: bytes | None = None) -> SignedIn:
    """Open a session. ``before``: the key of the session that the browser had; it ends.

    Raises Refused, with the same words whether the account exists or not.
    """
    readable = not refusals_to_login(given.login)
    key = login_key(given.login) if readable else ""
    async with transaction(NOWHERE) as tx:
        attempt = await begin_try(tx, key or given.login, given.hop)
        known = await known_by_login(tx, key) if readable else None
    matches = await password_matches(known.password_hash if known else NOBODY, given.password)
    async with transaction(_as_user(known)) as tx:
        opened, reason = await _open_after_password(tx, given, known if matches else None)
        if opened is None:
            shown = "unknown" if known is None else reason
            await _record_refusal(tx, known.user_id if known else None, shown)
        else:
            await pass_try(tx, attempt)
            if before is not None:
                await end_session(tx, before, "replaced")
    if opened is None:
        raise Refused([WRONG_SIGN_IN])
    return opened


async def _open_after_password(
    tx: Transaction, given: Credentials, known: Known | None
) -> tuple[SignedIn | None, str]:
    """Open the session of whose password was right; else None and why."""
    if known is None:
        return None, "password"
    if known.closed:
        return None, "closed"
    if not await roles_of(tx, known.user_id):
        return None, "no_role"
    factor = await factor_of(tx, known.user_id)
    passed = False
    if factor is not None and given.code:
        passed = await use_code(tx, known.user_id, factor, given.code)
        if not passed:
            return None, "code"
    token = await open_session(tx, known.user_id, second_factor_passed=passed)
    return SignedIn(token, known.user_id, factor is not None and not passed), ""


async def sign_out(actor: Actor, session_key: bytes) -> None:
    """End a session."""
    async with transaction(Reach(actor.label, ())) as tx:
        await end_session(tx, session_key, "sign_out")
        await record(
            tx, AuditTag.SIGNED_OUT, cooperative_id=None,
            table="user_account", row=str(actor.user_id), facts={},
        )  # fmt: skip


async def change_password(actor: Actor, present: str, new: str, hop: str) -> str:
    """Change one's own password; every session ends, the new one's token is returned.

    Raises Refused; a wrong present password counts as a try.
    """
    user_id = _person(actor)
    async with transaction(Reach(actor.label, ())) as tx:
        known = await known_by_id(tx, user_id)
        if refusals := refusals_to_password(new, known.login, actor.name):
            raise Refused(refusals)
        attempt = await begin_try(tx, known.login_key, hop)
    matches = await password_matches(known.password_hash, present)
    new_hash = await hash_password(new) if matches else ""
    token = None
    async with transaction(Reach(actor.label, ())) as tx:
        if matches:
            await pass_try(tx, attempt)
            token = await _replace_password(tx, actor, user_id, new_hash)
        else:
            await _record_refusal(tx, user_id, "password")
    if token is None:
        raise Refused([WRONG_PASSWORD])
    return token


async def _replace_password(tx: Transaction, actor: Actor, user_id: int, new_hash: str) -> str:
    await tx.execute(
        "INSERT INTO password_row (user_id, password_hash, set_at, set_by) VALUES ($1, $2, $3, $4)",
        user_id, new_hash, clock.now(), actor.label,
    )  # fmt: skip
    await end_sessions(tx, user_id, "password")
    await record(
        tx, AuditTag.PASSWORD_CHANGED, cooperative_id=None,
        table="user_account", row=str(user_id), facts={},
    )  # fmt: skip
    return await open_session(tx, user_id, second_factor_passed=actor.second_factor_passed)


async def choose_language(actor: Actor, language: str) -> None:
    """Keep the language that somebody reads. Raises Refused for one we do not have."""
    if language not in LANGUAGES:
        raise Refused([Refusal("bad_language", say("Choose Hindi or English."), "language")])
    async with transaction(Reach(actor.label, ())) as tx:
        await tx.execute(
            "INSERT INTO language_choice (user_id, language, chosen_at) VALUES ($1, $2, $3)",
            _person(actor), language, clock.now(),
        )  # fmt: skip
        await record(
            tx, AuditTag.LANGUAGE_CHOSEN, cooperative_id=None,
            table="user_account", row=str(actor.user_id), facts={"language": language},
        )  # fmt: skip


async def begin_try(tx: Transaction, account: str, hop: str) -> int:
    """Write a try down, return its row id. Raises Refused where there were too many.

    Tries at one account follow each other here, so none slips past the count.
    """
    key, since = blind(account), clock.now() - WINDOW
    await tx.execute("SELECT pg_advisory_xact_lock($1)", int.from_bytes(key[:8], signed=True))
    counted = await tx.fetchrow(
        "SELECT count(*) FILTER (WHERE a.account_key = $1) AS for_account,"
        "       count(*) FILTER (WHERE a.hop = $2) AS from_hop"
        "  FROM sign_in_attempt a WHERE (a.account_key = $1 OR a.hop = $2) AND a.at > $3"
        "   AND NOT EXISTS (SELECT FROM sign_in_pass p WHERE p.attempt_id = a.id)",
        key, hop, since,
    )  # fmt: skip
    if counted is None:
        raise LookupError("a count without a row")
    if refusals := refusals_to_try(counted["for_account"], counted["from_hop"]):
        raise Refused(refusals)
    made = await tx.fetchval(
        "INSERT INTO sign_in_attempt (account_key, hop, at) VALUES ($1, $2, $3) RETURNING id",
        key, hop, clock.now(),
    )  # fmt: skip
    return int(made)


async def pass_try(tx: Transaction, attempt: int) -> None:
    """Note that a try was right; it counts no more."""
    await tx.execute("INSERT INTO sign_in_pass (attempt_id) VALUES ($1)", attempt)


async def use_code(tx: Transaction, user_id: int, factor: Factor, code: str) -> bool:
    """Use up a code; False where it is wrong or was used, also by another at the same instant."""
    secret = unseal(factor.sealed_secret, user_id)
    step = matching_step(secret, code, clock.now(), factor.last_step)
    if step is None:
        return False
    used = await tx.fetchval(
        "INSERT INTO second_factor_use (second_factor_id, step, used_at) VALUES ($1, $2, $3)"
        " ON CONFLICT DO NOTHING RETURNING id",
        factor.id, step, clock.now(),
    )  # fmt: skip
    return used is not None


async def open_session(tx: Transaction, user_id: int, *, second_factor_passed: bool) -> str:
    """Draw a token, keep its SHA-256, return it."""
    token, now = new_token(), clock.now()
    await tx.execute(
        "INSERT INTO session (token_sha256, user_id, opened_at, last_seen_at, second_factor_passed)"
        " VALUES ($1, $2, $3, $3, $4)",
        token_key(token), user_id, now, second_factor_passed,
    )  # fmt: skip
    await record(
        tx, AuditTag.SIGNED_IN, cooperative_id=None, table="user_account", row=str(user_id),
        facts={"second_factor": "passed" if second_factor_passed else "none"},
    )  # fmt: skip
    return token


async def end_session(tx: Transaction, session_key: bytes, reason: str) -> None:
    """End one session; one that is over already stays as it is."""
    await tx.execute(
        "INSERT INTO session_end (token_sha256, ended_at, reason)"
        " SELECT token_sha256, $2, $3 FROM session WHERE token_sha256 = $1 ON CONFLICT DO NOTHING",
        session_key, clock.now(), reason,
    )  # fmt: skip


async def end_sessions(tx: Transaction, user_id: int, reason: str) -> None:
    """End every session of a person."""
    await tx.execute(
        "INSERT INTO session_end (token_sha256, ended_at, reason)"
        " SELECT token_sha256, $2, $3 FROM session WHERE user_id = $1 ON CONFLICT DO NOTHING",
        user_id, clock.now(), reason,
    )  # fmt: skip


async def purge_sign_ins(tx: Transaction) -> int:
    """Drop tries over a day old and sessions over thirty; return how many tries went."""
    return int(await tx.fetchval("SELECT coop_purge_sign_ins($1)", clock.now()))


async def _record_refusal(tx: Transaction, user_id: int | None, reason: str) -> None:
    """Strangers' tries are recorded too: they cost as long, and the chain shows an attack."""
    await record(
        tx, AuditTag.SIGN_IN_REFUSED, cooperative_id=None,
        table="user_account", row=str(user_id or 0), facts={"reason": reason},
    )  # fmt: skip


def _as_user(known: Known | None) -> Reach:
    return NOWHERE if known is None else Reach(f"user:{known.user_id}", ())


def _person(actor: Actor) -> int:
    if actor.user_id is None:
        raise LookupError("only a person has an account")
    return actor.user_id
