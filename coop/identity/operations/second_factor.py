"""Set up a phone's codes, and give a code after the password; both end with a new token."""

from collections.abc import Awaitable, Callable

from coop.access.actor import Actor
from coop.audit.operations import record
from coop.audit.rules import AuditTag
from coop.identity.operations.sealing import offered_secret, seal
from coop.identity.operations.sessions import (
    begin_try,
    end_session,
    end_sessions,
    open_session,
    pass_try,
    use_code,
)
from coop.identity.queries import factor_of, known_by_id
from coop.identity.rules.second_factor import matching_step
from coop.identity.rules.tries import WRONG_CODE
from coop.kernel import clock
from coop.kernel.db import Reach, Transaction, transaction
from coop.kernel.refusal import Refused


async def give_code(actor: Actor, session_key: bytes, code: str, hop: str) -> str:
    """Set up the second factor with its first code, or pass it; return the new session's token.

    Raises Refused for a code that is wrong or was used; each counts as a try.
    """
    user_id = actor.user_id
    if user_id is None:
        raise LookupError("only a person has a second factor")

    async def enrol(tx: Transaction) -> str | None:
        return await _enrol(tx, user_id, session_key, code)

    async def prove(tx: Transaction) -> str | None:
        return await _prove(tx, user_id, session_key, code)

    return await _tried(actor, user_id, hop, prove if actor.second_factor_enrolled else enrol)


async def _tried(
    actor: Actor, user_id: int, hop: str, judge: Callable[[Transaction], Awaitable[str | None]]
) -> str:
    """Count the try, judge it, and keep what came of it also where it was wrong."""
    async with transaction(Reach(actor.label, ())) as tx:
        known = await known_by_id(tx, user_id)
        attempt = await begin_try(tx, known.login_key, hop)
        token = await judge(tx)
        if token is not None:
            await pass_try(tx, attempt)
        else:
            await record(
                tx, AuditTag.SIGN_IN_REFUSED, cooperative_id=None,
                table="user_account", row=str(user_id), facts={"reason": "code"},
            )  # fmt: skip
    if token is None:
        raise Refused([WRONG_CODE])
    return token


async def _prove(tx: Transaction, user_id: int, session_key: bytes, code: str) -> str | None:
    factor = await factor_of(tx, user_id)
    if factor is None or not await use_code(tx, user_id, factor, code):
        return None
    await end_session(tx, session_key, "replaced")
    return await open_session(tx, user_id, second_factor_passed=True)


async def _enrol(tx: Transaction, user_id: int, session_key: bytes, code: str) -> str | None:
    """The first code shows that the phone has the secret; until then nothing is kept."""
    secret = offered_secret(session_key)
    step = matching_step(secret, code, clock.now(), None)
    # Asked under the lock of begin_try: of two that set up at once the second finds the first's.
    if step is None or await factor_of(tx, user_id) is not None:
        return None
    made = await tx.fetchval(
        "INSERT INTO second_factor (user_id, sealed_secret, enrolled_at) VALUES ($1, $2, $3)"
        " RETURNING id",
        user_id, seal(secret, user_id), clock.now(),
    )  # fmt: skip
    await tx.execute(
        "INSERT INTO second_factor_use (second_factor_id, step, used_at) VALUES ($1, $2, $3)",
        made, step, clock.now(),
    )  # fmt: skip
    await end_sessions(tx, user_id, "second_factor")
    await record(
        tx, AuditTag.SECOND_FACTOR_ENROLLED, cooperative_id=None,
        table="user_account", row=str(user_id), facts={},
    )  # fmt: skip
    return await open_session(tx, user_id, second_factor_passed=True)
