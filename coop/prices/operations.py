"""Record grades; publish notices and work out the periods in which each is in force."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple

from asyncpg import Range

from coop.audit.operations import Act, record, record_all
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.prices.queries import PublishedLine, published_lines
from coop.prices.rules import Grade, NoticeRow, periods_in_force


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


async def publish_lines(tx: Transaction, rows: Sequence[NoticeRow]) -> None:
    """Write a notice's lines, then work out anew the periods of the districts and grades they touch."""
    await tx.execute("SELECT pg_advisory_xact_lock(hashtext('price_period'))")
    for row in rows:
        line = row.line
        await tx.execute(
            """INSERT INTO price_notice_line (notice_no, published_at, effective_from, effective_to, district_lgd,
                 grade_code, picker_floor_paise, buyer_floor_paise, premium_paise, supersedes, authority, reference, recorded_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)""",
            *astuple(line)[:-1],
            line.supersedes or "",
            row.authority,
            row.reference,
            clock.now(),
        )
    await _work_out_periods(tx, {(row.line.district_lgd, row.line.grade_code) for row in rows})
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        counts[row.line.notice_no] += 1
    await record_all(
        tx,
        None,
        [
            Act(
                AuditTag.NOTICE_PUBLISHED,
                "price_notice_line",
                number,
                {"notice_no": number, "lines": count},
            )
            for number, count in counts.items()
        ],
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
