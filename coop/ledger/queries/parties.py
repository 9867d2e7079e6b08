"""The sub-ledgers: what is due to each member, what each buyer owes, stock by grade; one journal."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coop.kernel.db import Transaction
from coop.ledger.rules import JournalNumber


@dataclass(frozen=True, slots=True)
class Due:
    """What is due to a member, paise, below zero owed by them; names only for who may see them."""

    member_no: str
    name_hi: str
    name_latin: str
    due_paise: int


@dataclass(frozen=True, slots=True)
class Owed:
    """What a buyer owes, paise; below zero it is an advance."""

    code: str
    name: str
    owed_paise: int


@dataclass(frozen=True, slots=True)
class Stock:
    """What lies of a grade, in grams, and at what it was bought, in paise."""

    code: int
    name_hi: str
    name_en: str
    grams: int
    paise: int


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A line of a journal; paise, debit positive."""

    code: int
    name_hi: str
    name_en: str
    member_no: str
    buyer_code: str
    grade_code: int
    grams: int
    paise: int


@dataclass(frozen=True, slots=True)
class JournalShown:
    """A journal with its lines."""

    cooperative_id: int
    day: date
    posted_at: datetime
    about: str
    document: str
    lines: tuple[JournalLine, ...]


async def dues(
    tx: Transaction, cooperative_id: int, after: str, most: int, *, named: bool
) -> list[Due]:
    """Members with a due that is not zero, by number, those after a number."""
    rows = await tx.fetch(
        """SELECT m.member_no, coalesce(n.name_hi, '') AS name_hi, coalesce(n.name_latin, '') AS name_latin, -t.amount_paise AS due
           FROM kept_total t JOIN member m ON m.id = t.member_id
           LEFT JOIN LATERAL (SELECT x.name_hi, x.name_latin FROM person_version x WHERE $4 AND x.person_id = m.person_id
                              ORDER BY x.told_by DESC, x.version DESC LIMIT 1) n ON true
           WHERE t.cooperative_id = $1 AND t.account_code = 2110 AND t.member_id <> 0 AND t.amount_paise <> 0 AND m.member_no > $2
           ORDER BY m.member_no LIMIT $3""",
        cooperative_id,
        after,
        most,
        named,
    )
    return [Due(*row.values()) for row in rows]


async def dues_total(tx: Transaction, cooperative_id: int) -> int:
    """What is due to all members together."""
    return int(
        await tx.fetchval(
            "SELECT coalesce(-sum(amount_paise), 0)::bigint FROM kept_total WHERE cooperative_id = $1 AND account_code = 2110",
            cooperative_id,
        )
    )


async def owed(tx: Transaction, cooperative_id: int) -> list[Owed]:
    """Buyers whose balance is not zero, the largest first."""
    rows = await tx.fetch(
        """SELECT b.buyer_code,
                  (SELECT x.name FROM buyer x WHERE x.buyer_code = b.buyer_code ORDER BY x.version DESC LIMIT 1) AS name,
                  sum(t.amount_paise)::bigint AS owed
           FROM kept_total t JOIN buyer b ON b.id = t.buyer_id
           WHERE t.cooperative_id = $1 AND t.account_code = 1210 AND t.buyer_id <> 0
           GROUP BY b.buyer_code HAVING sum(t.amount_paise) <> 0 ORDER BY 3 DESC, 1""",
        cooperative_id,
    )
    return [Owed(*row.values()) for row in rows]


async def stock(tx: Transaction, cooperative_id: int) -> list[Stock]:
    """What lies in stock, by grade."""
    rows = await tx.fetch(
        """SELECT g.code, g.name_hi, g.name_en, t.stock_grams, t.amount_paise FROM kept_total t JOIN grade g ON g.code = t.grade_code
           WHERE t.cooperative_id = $1 AND t.account_code = 1310 AND (t.stock_grams <> 0 OR t.amount_paise <> 0) ORDER BY g.code""",
        cooperative_id,
    )
    return [Stock(*row.values()) for row in rows]


async def member_id(tx: Transaction, cooperative_id: int, member_no: str) -> int | None:
    """The row of a member's number."""
    found: int | None = await tx.fetchval(
        "SELECT id FROM member WHERE cooperative_id = $1 AND member_no = $2",
        cooperative_id,
        member_no,
    )
    return found


async def buyer_ids(tx: Transaction, code: str) -> list[int]:
    """Every row of a buyer's code."""
    return [r["id"] for r in await tx.fetch("SELECT id FROM buyer WHERE buyer_code = $1", code)]


async def journal(tx: Transaction, number: JournalNumber) -> JournalShown | None:
    """A journal with its lines, within reach."""
    head = await tx.fetchrow(
        """SELECT j.cooperative_id, j.day, j.posted_at, j.about, j.document FROM cooperative c
           JOIN journal j ON j.cooperative_id = c.id WHERE c.code = $1 AND j.fy = $2 AND j.no = $3""",
        number.code,
        number.fy,
        number.no,
    )
    if head is None:
        return None
    rows = await tx.fetch(
        """SELECT a.code, a.name_hi, a.name_en, coalesce(m.member_no, '') AS member_no, coalesce(b.buyer_code, '') AS buyer_code,
                  e.grade_code, e.stock_grams, e.amount_paise
           FROM ledger_entry e JOIN account a ON a.code = e.account_code
           LEFT JOIN member m ON m.id = e.member_id AND e.member_id <> 0 LEFT JOIN buyer b ON b.id = e.buyer_id AND e.buyer_id <> 0
           WHERE e.cooperative_id = $1 AND e.fy = $2 AND e.journal_no = $3 ORDER BY e.line_no""",
        head["cooperative_id"],
        number.fy,
        number.no,
    )
    return JournalShown(
        head["cooperative_id"],
        head["day"],
        head["posted_at"],
        head["about"],
        head["document"],
        tuple(JournalLine(*row.values()) for row in rows),
    )


_NEAR = 2_000  # acts of one second and more: a list of five hundred is posted at once


async def poster_of(tx: Transaction, number: JournalNumber, shown: JournalShown) -> str | None:
    """Who posted a journal, as the chain names them (``user:12``); None where it does not say.

    The chain is in the order of time, so the entry is found by halving, twenty steps in a million.
    """
    chain = number.code
    ends = await tx.fetchrow(
        "SELECT min(seq) AS low, max(seq) AS high FROM audit_entry WHERE chain = $1 AND fy = $2",
        chain,
        number.fy,
    )
    if ends is None or ends["low"] is None:
        return None
    low, high = ends["low"], ends["high"]
    since = shown.posted_at - timedelta(seconds=1)
    while low < high:
        middle = (low + high) // 2
        at = await tx.fetchval(
            "SELECT at FROM audit_entry WHERE chain = $1 AND fy = $2 AND seq = $3",
            chain,
            number.fy,
            middle,
        )
        low, high = (middle + 1, high) if at < since else (low, middle)
    actor: str | None = await tx.fetchval(
        """SELECT actor FROM audit_entry WHERE chain = $1 AND fy = $2 AND seq BETWEEN $3 AND $4
           AND (facts LIKE $5 OR facts LIKE $6) ORDER BY seq LIMIT 1""",
        chain,
        number.fy,
        low,
        low + _NEAR,
        f'%"journal":{number.no},%',
        f'%"journal":{number.no}}}%',
    )
    return actor


async def roles_then(tx: Transaction, user_id: int, cooperative_id: int, at: datetime) -> list[str]:
    """The roles that somebody held in a cooperative, or everywhere, at an instant."""
    rows = await tx.fetch(
        "SELECT role, cooperative_id FROM coop_assignments_of($1, $2)", user_id, at
    )
    return [row["role"] for row in rows if row["cooperative_id"] in (cooperative_id, None)]
