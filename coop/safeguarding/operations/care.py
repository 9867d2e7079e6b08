"""A reader writes an answer about health or the ground of care."""

import hashlib
import json
import secrets

from coop.audit.operations import lock_head, record
from coop.audit.rules import AuditTag, Fact
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.words import say
from coop.safeguarding.queries.care import care_questions
from coop.safeguarding.queries.cases import Case, Sight, case_of
from coop.safeguarding.queries.role import CHAIN
from coop.schemes.rules.answers import Wrong, read_answer


async def answer_care(
    tx: Transaction, sight: Sight, case: Case, person_no: str, fact: str, value: object
) -> None:
    """Write an answer of a person of the child's household. ``value``: bool or list of codes.

    Raises Refused, NotThere.
    """
    await lock_head(tx, CHAIN)
    stands = await case_of(tx, case.id, sight.days)
    if stands is None or not sight.sees(stands):
        raise NotThere(case.case_no)
    asked = {one.name: one for one in care_questions()}.get(fact)
    if asked is None or isinstance(read_answer(value, asked, frozenset(), sight.today), Wrong):
        raise Refused([Refusal("answer_missing", say("Choose one of the answers."), "value")])
    person = await tx.fetchval(
        """SELECT o.person_id FROM person_home h JOIN person_home o ON o.household_id = h.household_id
           JOIN person p ON p.id = o.person_id WHERE h.person_id = $1 AND p.person_no = $2""",
        stands.facts.standing.child_id,
        person_no,
    )
    if person is None:
        message = say("Nobody of the child's household has this number.")
        raise Refused([Refusal("person_unknown", message, "person_no")])
    text, salt = json.dumps(value), secrets.token_bytes(16)
    number = await tx.fetchval(
        """INSERT INTO safeguarding.case_fact (cooperative_id, case_id, person_id, fact, value, salt, told_on, recorded_by,
             recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id""",
        stands.facts.cooperative_id,
        case.id,
        person,
        fact,
        text,
        salt,
        sight.today,
        tx.reach.actor,
        clock.now(),
    )
    facts: dict[str, Fact] = {
        "case": case.id,
        "fact": fact,
        "value_sha256": hashlib.sha256(salt + text.encode("utf-8")).hexdigest(),
    }
    await record(
        tx, AuditTag.CASE_FACT_ANSWERED, cooperative_id=CHAIN, table="case_fact", row=str(number), facts=facts
    )  # fmt: skip
