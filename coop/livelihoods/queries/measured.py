"""What the weighings of a time say: kilos of a member-day, income of a household; two statements."""

from dataclasses import dataclass
from datetime import date

from coop.kernel.db import Transaction
from coop.livelihoods.rules.floor import Measured

# A member of no household list counts as a household: nobody drops out of the measure. What was taken
# back is not counted.
_DAYS = """
WITH days AS (
  SELECT coalesce(o.household_id, -m.id) AS home, o.household_id, w.member_id, w.weighed_day,
         sum(w.payable_grams)::bigint AS grams, sum(w.amount_paise)::bigint AS paise
  FROM weighing w JOIN cooperative c ON c.id = w.cooperative_id JOIN member m ON m.id = w.member_id
  LEFT JOIN person_home o ON o.person_id = m.person_id
  WHERE w.weighed_day BETWEEN $1 AND $2 AND ($3::bigint IS NULL OR w.cooperative_id = $3)
    AND ($4::integer IS NULL OR c.district_lgd = $4)
    AND NOT EXISTS (SELECT FROM weighing_reversal v
                    WHERE (v.cooperative_id, v.weighing_fy, v.weighing_no) = (w.cooperative_id, w.fy, w.no))
  GROUP BY 1, 2, 3, 4)
"""


@dataclass(frozen=True, slots=True)
class HomeSum:
    """A household's dhibra between two days; paise. ``village`` empty where it is not known."""

    village: str
    paise: int


async def measured(
    tx: Transaction,
    first: date,
    last: date,
    *,
    cooperative_id: int | None = None,
    district_lgd: int | None = None,
) -> Measured:
    """Member-days between two days, of one cooperative or of a district's, within reach."""
    row = await tx.fetchrow(
        _DAYS  # noqa: S608  # our own words
        + """SELECT count(*)::int, coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY grams), 0)::bigint,
                    coalesce(sum(grams), 0)::bigint, coalesce(sum(paise), 0)::bigint, count(DISTINCT home)::int,
                    count(DISTINCT (home, date_trunc('month', weighed_day)))::int,
                    count(DISTINCT member_id) FILTER (WHERE household_id IS NULL)::int FROM days""",
        first,
        last,
        cooperative_id,
        district_lgd,
    )
    if row is None:
        raise LookupError("no answer")
    return Measured(first, last, *row.values())


# Of months that are over, so that each is scanned once a process: by reach and district, with what it was
# counted from. Anything weighed, taken back or moved since changes that, and it is counted anew.
_KEPT: dict[tuple[str, int, date, date], tuple[tuple[int, ...], Measured]] = {}
_MOST_KEPT = 200


async def measured_in_district(
    tx: Transaction, first: date, last: date, district_lgd: int
) -> Measured:
    """The same of a district's cooperatives within reach; scanned only where something changed since."""
    at = tx.reach.places, district_lgd, first, last
    row = await tx.fetchrow(
        """SELECT coalesce(sum(t.weighing_count), 0)::bigint, coalesce(sum(t.payable_grams), 0)::bigint,
                  coalesce(sum(t.amount_paise), 0)::bigint, (SELECT coalesce(max(id), 0) FROM household_move)::bigint,
                  (SELECT coalesce(max(id), 0) FROM person)::bigint
           FROM day_total t JOIN cooperative c ON c.id = t.cooperative_id
           WHERE c.district_lgd = $1 AND t.day BETWEEN $2 AND $3""",
        district_lgd,
        first,
        last,
    )
    counted = tuple(row.values()) if row is not None else ()
    kept = _KEPT.get(at)
    if kept is None or kept[0] != counted:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        kept = counted, await measured(tx, first, last, district_lgd=district_lgd)
        _KEPT[at] = kept
    return kept[1]


async def homes(tx: Transaction, first: date, last: date, cooperative_id: int) -> list[HomeSum]:
    """Each household that weighed between two days, with its village."""
    rows = await tx.fetch(
        _DAYS  # noqa: S608  # our own words
        + """SELECT coalesce(max(v.village), '') AS village, sum(d.paise)::bigint AS paise FROM days d
             LEFT JOIN LATERAL (SELECT village FROM household_version x WHERE x.household_id = d.household_id
                                ORDER BY version DESC LIMIT 1) v ON true GROUP BY d.home""",
        first,
        last,
        cooperative_id,
        None,
    )
    return [HomeSum(*row.values()) for row in rows]


async def trade_began(tx: Transaction, cooperative_id: int | None) -> date | None:
    """The day of the first weighing, of one cooperative or of all within reach."""
    found: date | None = await tx.fetchval(
        "SELECT min(day) FROM day_total WHERE $1::bigint IS NULL OR cooperative_id = $1",
        cooperative_id,
    )
    return found


async def other_incomes(
    tx: Transaction, cooperative_id: int | None, district_lgd: int | None, since: date
) -> list[int]:
    """Other income a month of each household that told and still agrees: the middle of its range; paise."""
    rows = await tx.fetch(
        """SELECT sum(i.low_paise + i.high_paise)::bigint / 2 AS paise FROM (
             SELECT DISTINCT ON (household_id, source) * FROM other_income WHERE told_on >= $3
             ORDER BY household_id, source, id DESC) AS i
           JOIN cooperative c ON c.id = i.cooperative_id
           JOIN LATERAL (SELECT given FROM income_consent x WHERE x.household_id = i.household_id
                         ORDER BY x.id DESC LIMIT 1) g ON g.given
           WHERE ($1::bigint IS NULL OR i.cooperative_id = $1) AND ($2::integer IS NULL OR c.district_lgd = $2)
           GROUP BY i.household_id ORDER BY 1""",
        cooperative_id,
        district_lgd,
        since,
    )
    return [row["paise"] for row in rows]
