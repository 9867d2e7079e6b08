"""Post entries: lock the cooperative's chain, ask the rules, write every row at once.

One entry or five hundred take the same way: two reads and one write in one transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

from coop.audit.operations import Act, links, lock_head
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.clock import financial_year, ist_day
from coop.kernel.db import Transaction
from coop.ledger.rules import purchase_lines
from coop.receipts.operations.issue import draw_cti, draw_places, free_places, open_next_list
from coop.receipts.operations.keys import SigningKey, signing_key
from coop.receipts.rules.receipt import (
    Line,
    Receipt,
    document_no,
    sign_receipt,
)
from coop.settings import settings
from coop.weighing.operations.answer import Answer, answer, answers
from coop.weighing.operations.write import Booking, row_digest, write
from coop.weighing.queries import Asked, Gathered, Known, gather, terms_on
from coop.weighing.rules import (
    Facts,
    Judged,
    Outcome,
    Settled,
    UnreadEntry,
    WeighingEntry,
    hundredths,
    judge_in_order,
)

PURCHASE = 1


@dataclass(frozen=True, slots=True)
class Desk:
    """Where entries are posted: the cooperative, who is on duty, its centres and devices by code."""

    cooperative_id: int
    code: str
    clerk_id: int | None
    centres: Mapping[str, int]
    devices: Mapping[str, int]
    imported: bool = False
    confirmed: frozenset[str] = frozenset()


# The status list that a cooperative's last posting drew from; a guess that is checked each time.
_lists: dict[int, int | None] = {}


async def post_entries(
    tx: Transaction,
    desk: Desk,
    entries: Sequence[WeighingEntry | UnreadEntry],
    judged_at: datetime | None = None,
) -> list[Answer]:
    """Post what the rules let pass and answer every entry in order; nothing is half done.

    ``judged_at``: judge as if it were then (imports); receipts always carry the clock's time.
    """
    at = clock.now()
    read = [entry for entry in entries if isinstance(entry, WeighingEntry)]
    if not read:
        return [
            answer(desk.code, judged, None)
            for judged in judge_in_order(entries, _nothing_known, {})
        ]
    head = await lock_head(tx, desk.cooperative_id)
    gathered, places = await _gather(tx, desk, read, at)
    known = dict(zip(map(id, read), gathered.known, strict=True))
    earlier = {
        e.id: k.earlier for e, k in zip(read, gathered.known, strict=True) if k.earlier is not None
    }
    earlier |= dict.fromkeys(gathered.elsewhere, b"")
    facts = await _facts(tx, desk, read, known, judged_at or at)
    judged = judge_in_order(entries, lambda entry: facts[id(entry)], earlier)
    new = [one for one in judged if one.outcome is Outcome.ACCEPTED]
    bookings: list[Booking] = []
    if new:
        key = await signing_key(tx, settings().keys, desk.cooperative_id, at)
        bookings = _bookings(desk, new, known, gathered, places, key, at)
        acts = [_act(booking, financial_year(at), at) for booking in bookings]
        await write(
            tx,
            desk.cooperative_id,
            financial_year(at),
            at,
            head,
            bookings,
            links(head, tx.reach.actor, acts),
        )
    return await answers(tx, desk.code, judged, bookings, financial_year(at))


def _nothing_known(_: WeighingEntry) -> Facts:
    raise LookupError("no entry could be read")


async def _gather(
    tx: Transaction, desk: Desk, read: Sequence[WeighingEntry], at: datetime
) -> tuple[Gathered, list[int]]:
    """Facts and unused status places; a list that fills up is left for the next."""
    asked = [
        Asked(e.id, e.member_no, e.site_code, e.grade_code, e.weighed_at, ist_day(e.weighed_at))
        for e in read
    ]
    owner = desk.cooperative_id
    while True:
        list_no = _lists.get(owner)
        drawn = draw_places(list_no, len(read)) if list_no is not None else []
        gathered = await gather(tx, owner, financial_year(at), asked, drawn)
        places = free_places(drawn, list(gathered.taken), len(read)) if drawn else None
        if places is not None and gathered.list_no == list_no:
            return gathered, places
        newest = gathered.list_no
        # The newest list is the one we drew from and too full, or there is none yet.
        stays = newest is not None and newest != list_no
        _lists[owner] = newest if stays else await open_next_list(tx, owner)


async def _facts(
    tx: Transaction,
    desk: Desk,
    read: Sequence[WeighingEntry],
    known: Mapping[int, Known],
    judged_at: datetime,
) -> dict[int, Facts]:
    terms = {}
    made: dict[int, Facts] = {}
    for entry in read:
        day: date = ist_day(entry.weighed_at)
        if day not in terms:
            terms[day] = await terms_on(tx, desk.cooperative_id, day)
        one = known[id(entry)]
        made[id(entry)] = Facts(
            now=judged_at,
            terms=terms[day],
            member=one.member,
            site=one.site,
            grade_known=one.grade_known,
            price=one.price,
            cash_today_paise=one.cash_today_paise,
            centre_known=entry.centre is None or entry.centre in desk.centres,
            own_cooperative=entry.cooperative == desk.code,
            confirmed=desk.confirmed,
            imported=desk.imported,
        )
    return made


def _bookings(
    desk: Desk,
    new: Sequence[Judged],
    known: Mapping[int, Known],
    gathered: Gathered,
    places: Sequence[int],
    key: SigningKey,
    at: datetime,
) -> list[Booking]:
    made = []
    for step, (one, place) in enumerate(zip(new, places, strict=False), start=1):
        entry, settled = one.entry, one.settled
        if entry is None or settled is None:
            raise AssertionError("an accepted entry is read and settled")
        no = gathered.last_receipt + step
        cti = draw_cti()
        receipt = Receipt(
            iss=settings().trust_domain,
            iat=int(at.timestamp()),
            cti=cti,
            kind=PURCHASE,
            coop=desk.code,
            fy=financial_year(at),
            no=no,
            lines=(Line(entry.grade_code, settled.payable_g, entry.rate_paise_per_kg),),
            sidx=place,
        )
        made.append(
            _booking(
                desk,
                entry,
                settled,
                one.content,
                known[id(entry)],
                no,
                gathered.last_journal + step,
                cti,
                place,
                sign_receipt(receipt, key.private, key.kid),
                financial_year(at),
            )
        )
    return made


def _booking(
    desk: Desk,
    entry: WeighingEntry,
    settled: Settled,
    content: bytes,
    known: Known,
    no: int,
    journal_no: int,
    cti: bytes,
    place: int,
    signed: bytes,
    fy: int,
) -> Booking:
    if known.member_id is None or known.site_id is None or known.price_line_id is None:
        raise AssertionError("the rules let nothing pass without member, site and price")
    return Booking(
        entry_id=entry.id,
        content=content,
        no=no,
        journal_no=journal_no,
        document=document_no(desk.code, fy, PURCHASE, no),
        member_id=known.member_id,
        site_id=known.site_id,
        grade_code=entry.grade_code,
        price_line_id=known.price_line_id,
        centre_id=desk.centres.get(entry.centre or ""),
        device_id=desk.devices.get(entry.device or ""),
        device_seq=entry.device_seq,
        clerk_id=desk.clerk_id,
        paper_no=entry.paper_no or "",
        gross_grams=entry.gross_g,
        tare_grams=entry.tare_g,
        payable_grams=settled.payable_g,
        moisture_hundredths=hundredths(entry.moisture),
        waste_hundredths=hundredths(entry.waste),
        rate_paise=entry.rate_paise_per_kg,
        floor_paise=settled.floor_paise_per_kg,
        amount_paise=settled.amount_paise,
        paid_mode=entry.paid_mode,
        weighed_at=entry.weighed_at.astimezone(UTC),
        weighed_day=ist_day(entry.weighed_at),
        flags=" ".join(settled.flags),
        lines=purchase_lines(
            known.member_id,
            entry.grade_code,
            settled.payable_g,
            settled.amount_paise,
            in_cash=entry.paid_mode == "cash",
        ),
        cti=cti,
        place=place,
        signed=signed,
    )


def _act(booking: Booking, fy: int, at: datetime) -> Act:
    number = f"{fy}/{booking.no}"
    return Act(
        AuditTag.WEIGHING_POSTED,
        "weighing",
        number,
        {
            "receipt": number,
            "journal": booking.journal_no,
            "grams": booking.payable_grams,
            "paise": booking.amount_paise,
            "sha256": sha256(booking.signed).hexdigest(),
            "row_sha256": row_digest(booking, fy, at),
        },
    )
