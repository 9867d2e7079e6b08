"""Find members by number, card or name; children stand in no list of these."""

from collections.abc import Sequence
from dataclasses import dataclass

from coop.kernel.db import Transaction
from coop.members.rules.keys import patterns
from coop.members.rules.membership import State
from coop.members.rules.number import Wanted, full_number

MOST = 25
# What is known of a person now: the member book's word before the household list's.
LATEST = """JOIN LATERAL (SELECT * FROM person_version x WHERE x.person_id = m.person_id
  ORDER BY x.told_by DESC, x.version DESC LIMIT 1) v ON true"""
STATE = """CASE WHEN EXISTS (SELECT FROM member_ended e WHERE e.member_id = m.id) THEN 'ceased'
  WHEN m.provisional AND NOT EXISTS (SELECT FROM membership_confirmation f WHERE f.member_id = m.id) THEN 'provisional'
  WHEN (SELECT s.kind FROM member_season s WHERE s.member_id = m.id ORDER BY s.id DESC LIMIT 1) = 'away' THEN 'dormant'
  ELSE 'active' END"""
_LINES = f"""
SELECT m.id, c.code, m.member_no, v.name_latin, v.name_hi, v.relation, v.relation_name_latin, v.relation_name_hi,
       v.village, v.tola, {STATE} AS state
FROM unnest($1::bigint[]) WITH ORDINALITY AS w (id, place) JOIN member m ON m.id = w.id
JOIN cooperative c ON c.id = m.cooperative_id {LATEST} ORDER BY w.place
"""  # noqa: S608  (parts of ours)


@dataclass(frozen=True, slots=True)
class Relative:
    """Father or husband, told beside a name so that two of the same name are told apart."""

    kind: str
    name_latin: str
    name_hi: str


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member in a list; names are empty where they were erased."""

    id: int
    code: str
    member_no: str
    name_latin: str
    name_hi: str
    relative: Relative
    village: str
    tola: str
    state: State

    @property
    def number(self) -> str:
        """As it is shown: ``KDM01/0235``."""
        return full_number(self.code, self.member_no)

    @property
    def path(self) -> str:
        """The member's page."""
        return f"/members/{self.number}"


@dataclass(frozen=True, slots=True)
class Found:
    """One page of members; ``after``: the number after which the next page begins."""

    members: tuple[MemberLine, ...]
    after: str | None
    total: int | None


async def find_members(tx: Transaction, wanted: Wanted, after: str = "") -> Found:
    """One page of the members that fit, within reach; no total where a name was asked for."""
    if wanted.number:
        ids = await _by_number(tx, wanted)
    elif wanted.words:
        ids = await _by_name(tx, wanted, after)
    else:
        ids = await _by_book(tx, after)
    members = await lines(tx, ids[:MOST])
    more = members[-1].number if len(ids) > MOST else None
    total = None
    if wanted.anybody:
        total = await tx.fetchval("SELECT count(*) FROM member")
    elif not after and more is None:
        total = len(members)
    return Found(tuple(members), more, total)


async def lines(tx: Transaction, ids: Sequence[int]) -> list[MemberLine]:
    """These members, in this order."""
    rows = await tx.fetch(_LINES, list(ids))
    return [
        MemberLine(
            r["id"],
            r["code"],
            r["member_no"],
            r["name_latin"],
            r["name_hi"],
            Relative(r["relation"], r["relation_name_latin"], r["relation_name_hi"]),
            r["village"],
            r["tola"],
            State(r["state"]),
        )
        for r in rows
    ]


async def _by_number(tx: Transaction, wanted: Wanted) -> list[int]:
    rows = await tx.fetch(
        """SELECT m.id FROM member m JOIN cooperative c ON c.id = m.cooperative_id
           WHERE m.member_no = $1 AND ($2 = '' OR c.code = $2) ORDER BY c.code LIMIT $3""",
        wanted.number,
        wanted.code,
        MOST,
    )
    return [row["id"] for row in rows]


async def _by_name(tx: Transaction, wanted: Wanted, after: str) -> list[int]:
    code, _, number = after.partition("/")
    last = await tx.fetchrow(
        """SELECT k.sort_key, k.member_id FROM member_key k JOIN member m ON m.id = k.member_id
           JOIN cooperative c ON c.id = m.cooperative_id WHERE c.code = $1 AND m.member_no = $2""",
        code,
        number,
    )
    rows = await tx.fetch(
        "SELECT member_id FROM coop_find_members($1, $2, $3, $4, $5, $6)",
        *patterns(wanted.words),
        last["sort_key"] if last else "",
        last["member_id"] if last else 0,
        MOST + 1,
    )
    return [row["member_id"] for row in rows]


async def _by_book(tx: Transaction, after: str) -> list[int]:
    code, _, number = after.partition("/")
    rows = await tx.fetch(
        """SELECT m.id FROM cooperative c CROSS JOIN LATERAL (
             SELECT y.id, y.member_no FROM member y WHERE y.cooperative_id = c.id AND (c.code > $1 OR y.member_no > $2)
             ORDER BY y.member_no LIMIT $3) m
           WHERE c.code >= $1 ORDER BY c.code, m.member_no LIMIT $3""",
        code,
        number,
        MOST + 1,
    )
    return [row["id"] for row in rows]
