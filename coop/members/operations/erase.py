"""Blank what is known of a person: asked by one, confirmed by another, once, for good.

Numbers, ledger, receipts and the chain stay and go on proving themselves; the salts go, so that the
hashes in the chain tell nothing any more (DPDP Act 2023 s.8(7), s.12).
"""

from collections.abc import Sequence

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.cooperatives.queries import bylaws, value_on
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.words import say
from coop.members.operations.once import Sent, answer, answered_before
from coop.members.queries.erasures import ErasureRequest, PersonFacts, open_request_of, person
from coop.members.rules.membership import refusals_to_erase
from coop.members.rules.proofs import ERASURE, ERASURE_ASKED


async def refusals_now(tx: Transaction, one: PersonFacts) -> Sequence[Refusal]:
    """Why a person cannot be erased today, by the by-law that holds for the cooperative."""
    today = clock.today()
    months = int(value_on(await bylaws(tx), "member_kept", one.cooperative_id, today))
    found = list(refusals_to_erase(tuple(m.standing for m in one.memberships), months, today))
    if one.erased:
        found.append(Refusal("erased_already", say("The particulars were erased already.")))
    return found


async def ask_erasure(tx: Transaction, one: PersonFacts, form: Sent) -> str:
    """Write down that a person asks to be forgotten. Raises Refused where it cannot be yet, Conflict."""
    await lock_head(tx, one.cooperative_id)
    location = await answered_before(tx, form)
    if location is not None:
        return location
    refusals = [*await refusals_now(tx, await person(tx, one.person_no) or one)]
    if await open_request_of(tx, one.id) is not None:
        refusals.append(
            Refusal("asked_already", say("It is asked already; a board member confirms."))
        )
    if refusals:
        raise Refused(refusals)
    number = await tx.fetchval(
        "INSERT INTO erasure_request (cooperative_id, person_id, asked_by, asked_at) VALUES ($1, $2, $3, $4) RETURNING id",
        one.cooperative_id,
        one.id,
        tx.reach.actor,
        clock.now(),
    )
    await record(
        tx,
        AuditTag.ERASURE_ASKED,
        cooperative_id=one.cooperative_id,
        table="erasure_request",
        row=str(number),
        facts={
            "person_no": one.person_no,
            "rows_sha256": await sealed(tx, ERASURE_ASKED, one.cooperative_id, str(number)),
        },
    )
    return await answer(tx, one.cooperative_id, form, f"/persons/{one.person_no}/erasure")


async def confirm_erasure(tx: Transaction, asked: ErasureRequest, form: Sent) -> str:
    """Blank a person's particulars, confirmed by a second person. Raises Refused, Conflict."""
    await lock_head(tx, asked.cooperative_id)
    location = await answered_before(tx, form)
    if location is not None:
        return location
    one = await person(tx, asked.person_no)
    if one is None:
        raise LookupError(asked.person_no)
    refusals = [*await refusals_now(tx, one)]
    if asked.asked_by == tx.reach.actor:
        message = say("You asked for it yourself; somebody else confirms.")
        refusals.append(Refusal("second_person", message))
    if refusals:
        raise Refused(refusals)
    number = await tx.fetchval("SELECT coop_erase_person($1, $2)", asked.id, clock.now())
    await record(
        tx,
        AuditTag.PERSON_ERASED,
        cooperative_id=asked.cooperative_id,
        table="erasure",
        row=str(number),
        facts={
            "person_no": asked.person_no,
            "rows_sha256": await sealed(tx, ERASURE, asked.cooperative_id, str(number)),
        },
    )
    return await answer(tx, asked.cooperative_id, form, "/erasures")
