"""Places for receipts: random ids, unused status places, the number that comes next."""

import secrets
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from coop.audit.operations import record, sealed
from coop.audit.rules import AuditTag, Seal
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.ledger.operations import next_number
from coop.receipts.operations.keys import signing_key
from coop.receipts.rules.receipt import Line, Receipt, document_no, sign_receipt
from coop.settings import settings

PLACES_A_LIST = 1 << 17
STATUS_LIST_SEAL = Seal(
    AuditTag.STATUS_LIST_OPENED,
    "SELECT jsonb_build_array(n, cooperative_id, opened_at)::text FROM status_list"
    " WHERE n = $2::text::integer AND $1::bigint IS NULL",
)
_DRAWS = 4  # a list is left when half of the draws hit taken places


def draw_places(list_no: int, receipts: int) -> list[int]:
    """Draw candidates for status places in a list, several a receipt, none twice."""
    first = list_no * PLACES_A_LIST
    drawn: set[int] = set()
    wanted = receipts * _DRAWS
    while len(drawn) < wanted:
        # The list's size is a power of two: the low bits of random bytes are as even as they are.
        numbers = array("I", secrets.token_bytes(4 * (wanted - len(drawn))))
        drawn.update(first + (number & (PLACES_A_LIST - 1)) for number in numbers)
    return list(drawn)


def free_places(candidates: Sequence[int], taken: Sequence[int], receipts: int) -> list[int] | None:
    """The unused ones, or None where the list is too full to go on with."""
    used = set(taken)
    free = [place for place in candidates if place not in used]
    return free[:receipts] if len(free) >= receipts and 2 * len(free) >= len(candidates) else None


def draw_cti() -> bytes:
    """A receipt's id, unique for ever: ten random bytes."""
    return secrets.token_bytes(10)


async def open_next_list(tx: Transaction, cooperative_id: int) -> int:
    """Open a cooperative's next status list; return its number.

    The cooperative's chain is locked already, by an act that will lengthen it from the end that it
    knows: this is recorded in the agency's.
    """
    list_no = int(
        await tx.fetchval(
            "INSERT INTO status_list (cooperative_id, opened_at) VALUES ($1, $2) RETURNING n",
            cooperative_id,
            clock.now(),
        )
    )
    await record(
        tx,
        AuditTag.STATUS_LIST_OPENED,
        cooperative_id=None,
        table="status_list",
        row=str(list_no),
        facts={
            "n": list_no,
            "cooperative": cooperative_id,
            "rows_sha256": await sealed(tx, STATUS_LIST_SEAL, None, str(list_no)),
        },
    )
    return list_no


@dataclass(frozen=True, slots=True)
class Issued:
    """A receipt as it was signed and kept. ``document``: its paper's number; ``paise``: its total."""

    fy: int
    no: int
    cti: bytes
    sidx: int
    document: str
    paise: int
    signed: bytes


async def issue(
    tx: Transaction,
    cooperative_id: int,
    cooperative_code: str,
    kind: int,
    lines: Sequence[Line],
    *,
    party: str | None = None,
    lot: tuple[int, bytes] | None = None,
    ref: bytes | None = None,
) -> Issued:
    """Number, sign and keep one receipt of kind 2 or 3 (purchases: ``coop.weighing``).

    The cooperative's chain is locked already; the act's caller records it. Raises ValueError for
    what no verifier would take, Unusable where no key signs.
    """
    at = clock.now()
    fy = clock.financial_year(at)
    key = await signing_key(tx, settings().keys, cooperative_id, at)
    no = await next_number(tx, cooperative_id, fy, f"R{kind}")
    receipt = Receipt(
        iss=settings().trust_domain,
        iat=int(at.timestamp()),
        cti=draw_cti(),
        kind=kind,
        coop=cooperative_code,
        fy=fy,
        no=no,
        lines=tuple(lines),
        sidx=await _one_free_place(tx, cooperative_id),
        party=party,
        lot=lot,
        ref=ref,
    )
    signed = sign_receipt(receipt, key.private, key.kid)
    await tx.execute(
        "INSERT INTO receipt (cooperative_id, fy, kind, no, cti, sidx, issued_at, signed)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        cooperative_id,
        fy,
        kind,
        no,
        receipt.cti,
        receipt.sidx,
        at,
        signed,
    )
    document = document_no(cooperative_code, fy, kind, no)
    return Issued(fy, no, receipt.cti, receipt.sidx, document, receipt.total, signed)


async def _one_free_place(tx: Transaction, cooperative_id: int) -> int:
    """An unused place in the cooperative's newest status list, or in the next where it fills up."""
    newest = await tx.fetchval(
        "SELECT max(n) FROM status_list WHERE cooperative_id = $1", cooperative_id
    )
    while True:
        list_no = newest if newest is not None else await open_next_list(tx, cooperative_id)
        drawn = draw_places(list_no, 1)
        taken = await tx.fetchval("SELECT coop_taken_indexes($1::bigint[])", drawn)
        places = free_places(drawn, list(taken), 1)
        if places is not None:
            return places[0]
        newest = None
