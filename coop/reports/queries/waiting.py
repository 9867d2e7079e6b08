"""What waits for a decision, counted within reach; and what a new cooperative still lacks."""

from dataclasses import dataclass
from datetime import date, datetime

from coop.kernel.db import Transaction


@dataclass(frozen=True, slots=True)
class Waits:
    """Counts of what is open; times are of the one that waits longest, or the first to end."""

    doubles: int
    transfers: int
    erasures: int
    sale_notes: int
    at_gate: int
    gate_since: datetime | None
    owed_members: int
    owed_paise: int
    sites_ending: int
    site_until: date | None
    keys_until: datetime | None


_WAITS = """
SELECT (SELECT count(*) FROM duplicate_pair p WHERE (p.cooperative_id IS NOT NULL OR (SELECT coop_reach_all()))
          AND NOT EXISTS (SELECT FROM duplicate_decision d WHERE d.pair_id = p.id))::int,
  (SELECT count(*) FROM member_transfer t WHERE NOT EXISTS (SELECT FROM transfer_answer a WHERE a.transfer_id = t.id)
     AND ((SELECT coop_reach_all()) OR t.to_cooperative_id = ANY ((SELECT coop_reach())::bigint[])))::int,
  (SELECT count(*) FROM erasure_request q WHERE NOT EXISTS (SELECT FROM erasure e WHERE e.request_id = q.id))::int,
  (SELECT count(*) FROM sale_note_request q WHERE NOT EXISTS (SELECT FROM sale_note_decision d WHERE d.request_id = q.id))::int,
  g.n, g.since, m.n, m.paise, s.n, s.until,
  (SELECT l.expires_at FROM trust_list l ORDER BY l.seq DESC LIMIT 1)
FROM (SELECT count(*)::int AS n, min(x.sold_at) AS since FROM sale x
       WHERE NOT EXISTS (SELECT FROM gate_out o WHERE (o.cooperative_id, o.sale_fy, o.sale_no) = (x.cooperative_id, x.fy, x.no))
         AND NOT EXISTS (SELECT FROM sale_note b WHERE (b.cooperative_id, b.sale_fy, b.sale_no) = (x.cooperative_id, x.fy, x.no)
                         AND b.kind = 'reversal')) g,
     (SELECT count(*)::int AS n, coalesce(-sum(k.amount_paise), 0)::bigint AS paise FROM kept_total k
       WHERE k.account_code = 2110 AND k.member_id <> 0 AND k.amount_paise < 0) m,
     (SELECT count(*)::int AS n, min(y.cleared_until) AS until FROM (SELECT DISTINCT ON (code) * FROM site ORDER BY code, version DESC) y
       WHERE y.collection_allowed AND y.cleared_until BETWEEN $1 AND $2) s
"""


async def waits(tx: Transaction, today: date, soon: date) -> Waits:
    """What is open within reach; ``soon``: the day up to which an end is told of."""
    row = await tx.fetchrow(_WAITS, today, soon)
    if row is None:
        raise LookupError("counts without a row")
    return Waits(*row.values())


@dataclass(frozen=True, slots=True)
class Beginnings:
    """What a cooperative has, as rows that stand: counts, and the first weighing's time."""

    open_sites: int
    priced_grades: int
    members: int
    devices: int
    weighed_at: datetime | None


async def beginnings(tx: Transaction, cooperative_id: int, at: datetime, today: date) -> Beginnings:
    """What a cooperative began with; every value is read from rows, none is a mark that somebody set."""
    row = await tx.fetchrow(
        """SELECT
             (SELECT count(*) FROM (SELECT DISTINCT ON (code) * FROM site ORDER BY code, version DESC) s
               WHERE s.collection_allowed AND (s.cleared_until IS NULL OR s.cleared_until >= $3) AND s.district_lgd = c.district_lgd)::int,
             (SELECT count(*) FROM price_period p WHERE p.district_lgd = c.district_lgd AND p.during @> $2::timestamptz)::int,
             (SELECT count(*) FROM member m WHERE m.cooperative_id = c.id)::int,
             (SELECT count(*) FROM device d WHERE d.cooperative_id = c.id
               AND NOT EXISTS (SELECT FROM device_revocation r WHERE r.device_id = d.id))::int,
             (SELECT min(w.weighed_at) FROM weighing w WHERE w.cooperative_id = c.id)
           FROM cooperative c WHERE c.id = $1""",
        cooperative_id,
        at,
        today,
    )
    return Beginnings(*row.values()) if row else Beginnings(0, 0, 0, 0, None)


@dataclass(frozen=True, slots=True)
class BoxNow:
    """What the books say of the cash box and of what members are owed, in paise."""

    cash_paise: int
    owed_paise: int


async def box_now(tx: Transaction) -> BoxNow:
    """Cash and dues of all cooperatives within reach together."""
    row = await tx.fetchrow(
        """SELECT coalesce(sum(amount_paise) FILTER (WHERE account_code = 1010), 0)::bigint,
                  coalesce(-sum(amount_paise) FILTER (WHERE account_code = 2110), 0)::bigint
           FROM kept_total WHERE account_code IN (1010, 2110)"""
    )
    return BoxNow(*row.values()) if row else BoxNow(0, 0)
