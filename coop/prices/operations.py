"""Record grades; publish notices and work out the periods in which each is in force."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from uuid import UUID

from asyncpg import Range

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag, Fact
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Conflict, Refusal, Refused
from coop.kernel.words import say
from coop.prices.queries import PublishedLine, last_notice_id, published_lines, standing
from coop.prices.queries.proof import NOTICE_SEAL
from coop.prices.rules import (
    Component,
    Grade,
    Notice,
    NoticeRow,
    PricedLine,
    content_digest,
    periods_in_force,
    refusals_to_publish_notice,
)


@dataclass(frozen=True, slots=True)
class Sending:
    """How a notice was sent: by a form drawn once (``operation_id``), in a role, after a check.

    ``seen``: row id of the last notice that stood when the check page was drawn.
    """

    operation_id: UUID
    published_as: str
    may_publish_for_past: bool
    seen: int


async def record_grade(tx: Transaction, grade: Grade) -> None:
    """Write a grade of the agency's list."""
    await tx.execute(
        "INSERT INTO grade (code, name_en, name_hi, hsn, unit, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)",
        *astuple(grade),
        clock.now(),
    )
    await record(
        tx,
        AuditTag.GRADE_RECORDED,
        cooperative_id=None,
        table="grade",
        row=str(grade.code),
        facts={"code": grade.code},
    )


async def publish_notice(tx: Transaction, notice: Notice, sending: Sending) -> None:
    """Publish a notice that an officer wrote; the same form again changes nothing.

    Raises Refused, also where another notice was published since the check page was drawn;
    Conflict where the form came before with other content.
    """
    await lock_head(tx, None)
    content = content_digest(notice)
    earlier = await tx.fetchval(
        "SELECT content_sha256 FROM price_notice WHERE operation_id = $1", sending.operation_id
    )
    if earlier is not None:
        if earlier != content:
            raise Conflict
        return
    stands = await standing(tx, may_publish_for_past=sending.may_publish_for_past)
    if refusals := refusals_to_publish_notice(notice, stands):
        raise Refused(refusals)
    if await last_notice_id(tx) != sending.seen:
        message = say("Another notice was published meanwhile; check again and publish.")
        raise Refused([Refusal("meanwhile", message)])
    await _write(tx, notice, sending, content)


async def publish_lines(tx: Transaction, rows: Sequence[NoticeRow]) -> None:
    """Write notices that a list brought; it names no consultation, so none is recorded."""
    await lock_head(tx, None)
    by_number: dict[str, list[NoticeRow]] = defaultdict(list)
    for row in rows:
        by_number[row.line.notice_no].append(row)
    for number, own in by_number.items():
        lines = tuple(PricedLine(row.line) for row in own)
        first = own[0]
        notice = Notice(
            number, first.authority, first.authority_hi, first.reference, "", None, "", "", lines
        )
        await _write(tx, notice, None, None, own)


async def _write(
    tx: Transaction,
    notice: Notice,
    sending: Sending | None,
    content: bytes | None,
    rows: Sequence[NoticeRow] = (),
) -> None:
    """Write a notice's rows, work out the periods they touch, and seal them into the chain."""
    number = await _insert_notice(tx, notice, sending, content)
    # A list may name another authority or remark on each line; a form has one for all.
    heads = [(row.authority, row.reference) for row in rows] or [
        (notice.authority, notice.reference)
    ] * len(notice.lines)
    for priced, (authority, reference) in zip(notice.lines, heads, strict=True):
        await _insert_line(tx, number, priced, authority, reference)
    if notice.consultation is not None:
        await tx.execute(
            """INSERT INTO price_consultation (notice_id, held_on, place, men, women, under_18, aged_18_35, aged_36_59,
                 aged_60_up, said, changed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""",
            number,
            *astuple(notice.consultation),
        )
    touched = {(one.line.district_lgd, one.line.grade_code) for one in notice.lines}
    await _work_out_periods(tx, touched)
    facts: dict[str, Fact] = {
        "notice_no": notice.number,
        "lines": len(notice.lines),
        "rows_sha256": await sealed(tx, NOTICE_SEAL, None, str(number)),
    }
    await record(
        tx,
        AuditTag.NOTICE_PUBLISHED,
        cooperative_id=None,
        table="price_notice",
        row=str(number),
        facts=facts,
    )


async def _insert_notice(
    tx: Transaction, notice: Notice, sending: Sending | None, content: bytes | None
) -> int:
    reason = notice.no_consultation_reason
    told = "held" if notice.consultation else "none" if reason else "not_recorded"
    number = await tx.fetchval(
        """INSERT INTO price_notice (notice_no, part, authority_hi, link, consultation, no_consultation_reason,
             no_components_reason, published_as, operation_id, content_sha256, recorded_at)
           VALUES ($1, (SELECT 1 + count(*) FROM price_notice WHERE notice_no = $1::varchar), $2, $3, $4, $5, $6, $7, $8, $9, $10)
           RETURNING id""",
        notice.number,
        notice.authority_hi,
        notice.link,
        told,
        reason,
        notice.no_components_reason,
        sending.published_as if sending else "",
        sending.operation_id if sending else None,
        content,
        clock.now(),
    )
    return int(number)


async def _insert_line(
    tx: Transaction, notice_id: int, priced: PricedLine, authority: str, reference: str
) -> None:
    line = priced.line
    number = await tx.fetchval(
        """INSERT INTO price_notice_line (notice_no, published_at, effective_from, effective_to, district_lgd,
             grade_code, picker_floor_paise, buyer_floor_paise, premium_paise, supersedes, authority, reference,
             recorded_at, notice_id)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id""",
        *astuple(line)[:-1],
        line.supersedes or "",
        authority,
        reference,
        clock.now(),
        notice_id,
    )
    parts: list[tuple[int, Component]] = list(enumerate(priced.components, 1))
    if parts:
        await tx.executemany(
            "INSERT INTO price_component (line_id, of_floor, place, name, paise) VALUES ($1, $2, $3, $4, $5)",
            [(number, part.of_floor, place, part.name, part.paise_per_kg) for place, part in parts],
        )


async def _work_out_periods(tx: Transaction, touched: Iterable[tuple[int, int]]) -> None:
    """Periods are derived: those of a district and grade are replaced as a whole."""
    by_place: dict[tuple[int, int], list[PublishedLine]] = defaultdict(list)
    for published in await published_lines(tx):
        by_place[published.line.district_lgd, published.line.grade_code].append(published)
    for district, grade in sorted(touched):
        ids = {published.line: published.id for published in by_place[district, grade]}
        await tx.execute(
            "DELETE FROM price_period WHERE district_lgd = $1 AND grade_code = $2", district, grade
        )
        await tx.executemany(
            "INSERT INTO price_period (district_lgd, grade_code, during, line_id) VALUES ($1, $2, $3, $4)",
            [
                (district, grade, Range(p.begins, p.ends), ids[p.line])
                for p in periods_in_force(ids)
            ],
        )
