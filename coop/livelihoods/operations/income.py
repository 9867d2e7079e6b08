"""What a household told of its income, after it agreed to be asked."""

import hashlib
import secrets
from dataclasses import dataclass
from uuid import UUID

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refused
from coop.livelihoods.operations.once import sent_before
from coop.livelihoods.queries.households import has_agreed
from coop.livelihoods.queries.proofs import CONSENT_SEAL
from coop.livelihoods.rules.income import Span, refusals_to_tell


@dataclass(frozen=True, slots=True)
class Home:
    """Row ids of a household and its cooperative."""

    cooperative_id: int
    household_id: int


async def record_income_consent(
    tx: Transaction, home: Home, *, given: bool, how: str, operation_id: UUID
) -> None:
    """Write that a household agreed, or not, to be asked about its income. Raises Conflict."""
    await lock_head(tx, home.cooperative_id)
    if await sent_before(tx, home.cooperative_id, operation_id, "consent", home, given, how):
        return
    number = await tx.fetchval(
        """INSERT INTO income_consent (cooperative_id, household_id, given, how, given_on, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id""",
        home.cooperative_id,
        home.household_id,
        given,
        how,
        clock.today(),
        tx.reach.actor,
        clock.now(),
    )
    digest = await sealed(tx, CONSENT_SEAL, home.cooperative_id, str(number))
    await record(
        tx,
        AuditTag.INCOME_CONSENT_RECORDED,
        cooperative_id=home.cooperative_id,
        table="income_consent",
        row=str(number),
        facts={"household": home.household_id, "given": int(given), "rows_sha256": digest},
    )


async def tell_income(
    tx: Transaction, home: Home, source: str, span: Span, operation_id: UUID
) -> None:
    """Write what one other source brings in a usual month; the chain keeps a salted hash, no amount.

    Raises Refused where the household did not agree or the range is turned; Conflict.
    """
    await lock_head(tx, home.cooperative_id)
    if await sent_before(tx, home.cooperative_id, operation_id, "told", home, source, span):
        return
    agreed = await has_agreed(tx, home.household_id)
    if refusals := refusals_to_tell(span, agreed=agreed):
        raise Refused(refusals)
    salt = secrets.token_bytes(16)
    number = await tx.fetchval(
        """INSERT INTO other_income (cooperative_id, household_id, source, low_paise, high_paise, told_on, salt, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id""",
        home.cooperative_id,
        home.household_id,
        source,
        span.low,
        span.high,
        clock.today(),
        salt,
        tx.reach.actor,
        clock.now(),
    )
    told = f"{span.low}-{span.high}".encode()
    await record(
        tx,
        AuditTag.INCOME_TOLD,
        cooperative_id=home.cooperative_id,
        table="other_income",
        row=str(number),
        facts={
            "household": home.household_id,
            "source": source,
            "value_sha256": hashlib.sha256(salt + told).hexdigest(),
        },
    )
