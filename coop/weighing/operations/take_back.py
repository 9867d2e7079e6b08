"""What every reversal writes: receipt of kind 3, journal, kept sums, the state of the weighing's receipt."""

from dataclasses import dataclass
from hashlib import sha256

from coop.audit.operations import record, sealed
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refused
from coop.ledger.operations import post_journal
from coop.ledger.rules import purchase_lines, reversed_lines
from coop.receipts.operations.issue import Issued, issue
from coop.receipts.operations.status import mark
from coop.receipts.rules.receipt import REVERSAL, Line, document_no
from coop.receipts.rules.status_list import Status
from coop.weighing.operations.post import Desk, post_entries
from coop.weighing.queries.reversal_proof import SEAL_OF
from coop.weighing.queries.reversals import Taken
from coop.weighing.queries.waiting import places_of
from coop.weighing.rules import CONFIRMABLE, WeighingEntry


@dataclass(frozen=True, slots=True)
class Poster:
    """Who posted: a clerk by user id, or a device by its row id."""

    user_id: int | None = None
    device_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reversed:
    """A weighing taken back: the reversal's number in the series and on paper; ``new``: by this call."""

    fy: int
    no: int
    document: str
    new: bool


async def take_back(
    tx: Transaction,
    weighing: Taken,
    reason: str,
    request_id: int | None,
    cash_back_paise: int,
    poster: Poster,
    corrected: WeighingEntry | None,
) -> Reversed:
    """Write all of a reversal: the chain is locked and the rules have been asked.

    ``cash_back_paise``: of a weighing paid in cash, what lies in the box again; without it the member owes
    what they keep. Raises Refused where the right weighing is refused by the desk's own rules.
    """
    owner, at = weighing.cooperative_id, clock.now()
    await tx.execute(
        "SELECT coop_purchase_leaves_lot($1, $2, $3, $4)", owner, weighing.fy, weighing.no, at
    )
    line = Line(weighing.grade_code, weighing.payable_grams, weighing.rate_paise)
    issued = await issue(tx, owner, weighing.code, REVERSAL, [line], ref=weighing.cti)
    bought = purchase_lines(
        weighing.member_id,
        weighing.grade_code,
        weighing.payable_grams,
        weighing.amount_paise,
        in_cash=cash_back_paise > 0,
    )
    journal_no = await post_journal(
        tx,
        owner,
        reversed_lines(bought),
        day=clock.ist_day(at),
        about="weighing back",
        document=issued.document,
    )
    await _lower_sums(tx, weighing, cash_back_paise)
    new_fy, new_no = await _book_right(tx, weighing, corrected)
    await tx.execute(
        "INSERT INTO weighing_reversal (cooperative_id, fy, no, weighing_fy, weighing_no, reason, request_id, journal_no,"
        " cash_back_paise, replaced_fy, replaced_no, user_id, device_id, reversed_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        owner,
        issued.fy,
        issued.no,
        weighing.fy,
        weighing.no,
        reason,
        request_id,
        journal_no,
        cash_back_paise,
        new_fy,
        new_no,
        poster.user_id,
        poster.device_id,
        at,
    )
    status = Status.VOID if new_no is None else Status.REPLACED
    await mark(tx, owner, weighing.sidx, status, f"reversal {issued.document}")
    await _record_reversal(tx, weighing, issued, journal_no, reason)
    return reversed_as(weighing.code, issued.fy, issued.no, new=True)


async def _lower_sums(tx: Transaction, weighing: Taken, cash_back_paise: int) -> None:
    """The day's sums count what stands; a member's cash of the day counts what they keep."""
    await tx.execute(
        "UPDATE day_total SET weighing_count = weighing_count - 1, payable_grams = payable_grams - $3,"
        " amount_paise = amount_paise - $4, cash_paise = cash_paise - $5 WHERE cooperative_id = $1 AND day = $2",
        weighing.cooperative_id,
        weighing.weighed_day,
        weighing.payable_grams,
        weighing.amount_paise,
        cash_back_paise,
    )
    if cash_back_paise:
        await tx.execute(
            "UPDATE member_day_cash SET cash_paise = cash_paise - $4 WHERE cooperative_id = $1 AND member_id = $2 AND day = $3",
            weighing.cooperative_id,
            weighing.member_id,
            weighing.weighed_day,
            cash_back_paise,
        )


async def _book_right(
    tx: Transaction, weighing: Taken, corrected: WeighingEntry | None
) -> tuple[int | None, int | None]:
    """Book the right weighing in its place. Raises Refused with the desk's own reasons."""
    if corrected is None:
        return None, None
    centres, _ = await places_of(tx, weighing.cooperative_id)
    desk = Desk(
        weighing.cooperative_id,
        weighing.code,
        weighing.clerk_id,
        centres,
        {},
        confirmed=CONFIRMABLE,
    )
    answer = (await post_entries(tx, desk, [corrected]))[0]
    if answer.booked is None:
        raise Refused(answer.refusals)
    return answer.booked.fy, answer.booked.no


async def _record_reversal(
    tx: Transaction, weighing: Taken, issued: Issued, journal_no: int, reason: str
) -> None:
    row = f"{issued.fy}/{issued.no}"
    seal = SEAL_OF[AuditTag.WEIGHING_REVERSED]
    await record(
        tx,
        AuditTag.WEIGHING_REVERSED,
        cooperative_id=weighing.cooperative_id,
        table="weighing_reversal",
        row=row,
        facts={
            "receipt": f"{weighing.fy}/{weighing.no}",
            "reversal": row,
            "journal": journal_no,
            "grams": weighing.payable_grams,
            "paise": issued.paise,
            "reason": reason,
            "sha256": sha256(issued.signed).hexdigest(),
            "rows_sha256": await sealed(tx, seal, weighing.cooperative_id, row),
        },
    )


def reversed_as(code: str, fy: int, no: int, *, new: bool) -> Reversed:
    """Name a reversal by its paper."""
    return Reversed(fy, no, document_no(code, fy, REVERSAL, no), new)
