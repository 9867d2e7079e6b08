"""The book and the lists as they are recorded now; likely doubles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coop.kernel.db import Transaction
from coop.members.rules.duplicates import Candidate, Register, likely_duplicates
from coop.members.rules.household import HouseholdRow

# The member book's word holds; the household list's stands beside it.
_CANDIDATES = """
SELECT {}c.code || '/' || m.member_no AS key, c.code, m.member_no, v.name_latin, v.name_hi, v.relation,
       v.relation_name_latin, v.relation_name_hi, v.sex, v.dob, v.dob_precision, v.village, v.tola, v.mobile,
       v.id_kind, v.id_no, v.bank_account, coalesce(h.household_no, '') AS household_no
FROM member m JOIN cooperative c ON c.id = m.cooperative_id JOIN person p ON p.id = m.person_id
LEFT JOIN person_home o ON o.person_id = p.id LEFT JOIN household h ON h.id = o.household_id
JOIN LATERAL (SELECT * FROM person_version x WHERE x.person_id = p.id
              ORDER BY x.told_by DESC, x.version DESC LIMIT 1) v ON true
{}ORDER BY m.id
"""
_NAMES = """
SELECT m.id, array_agg(v.name_latin) || array_agg(v.name_hi) AS names
FROM member m JOIN person_version v ON v.person_id = m.person_id WHERE m.id = ANY ($1::bigint[]) GROUP BY m.id
"""


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two members who are likely one person, as the command prints them."""

    member_a: str
    member_b: str
    score: float
    reasons: str


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A person of the household list as recorded; ``dob`` None for a child."""

    person_id: int
    person_no: str
    cooperative: str
    household_no: str
    member_no: str
    name_latin: str
    name_hi: str
    sex: str
    dob: date | None
    dob_precision: str


async def candidates(tx: Transaction) -> list[Candidate]:
    """Every member within reach, to compare with."""
    rows = await tx.fetch(_CANDIDATES.format("", "WHERE v.salt <> '' "))
    return [Candidate(*row.values()) for row in rows]


@dataclass(frozen=True, slots=True)
class KnownMember:
    """A member to compare with, and every name they had."""

    member_id: int
    known: Candidate
    names: tuple[str, ...]


async def candidates_of(tx: Transaction, member_ids: Sequence[int]) -> list[KnownMember]:
    """These members, to work out their keys or compare them; who was erased is left out."""
    chosen = "WHERE m.id = ANY ($1::bigint[]) AND v.salt <> '' "
    rows = await tx.fetch(_CANDIDATES.format("m.id, ", chosen), list(member_ids))
    names = {
        row["id"]: tuple(dict.fromkeys(filter(None, row["names"])))
        for row in await tx.fetch(_NAMES, list(member_ids))
    }
    return [
        KnownMember(row["id"], Candidate(*list(row.values())[1:]), names[row["id"]]) for row in rows
    ]


async def register(tx: Transaction) -> Register:
    """Every member within reach, ready to be asked for likely doubles."""
    return Register(await candidates(tx))


async def likely_pairs(tx: Transaction, cooperative: str | None) -> list[LikelyPair]:
    """Likely same persons but those decided to be two; with ``cooperative`` only pairs with a member of it."""
    pairs, apart = likely_duplicates(await candidates(tx)), await decided_apart(tx)
    return [
        LikelyPair(pair.a.key, pair.b.key, pair.score, "|".join(pair.reasons))
        for pair in pairs
        if (cooperative is None or cooperative in (pair.a.cooperative, pair.b.cooperative))
        and frozenset((pair.a.key, pair.b.key)) not in apart
    ]


async def decided_apart(tx: Transaction) -> set[frozenset[str]]:
    """Pairs decided to be two persons, or one who went over, by their numbers: nobody is asked again."""
    rows = await tx.fetch(
        """SELECT ca.code || '/' || a.member_no AS one, cb.code || '/' || b.member_no AS other FROM duplicate_pair p
           JOIN member a ON a.id = p.member_a JOIN cooperative ca ON ca.id = a.cooperative_id
           JOIN member b ON b.id = p.member_b JOIN cooperative cb ON cb.id = b.cooperative_id
           WHERE (SELECT d.decision FROM duplicate_decision d WHERE d.pair_id = p.id ORDER BY d.id DESC LIMIT 1) = 'not_same'
           UNION ALL SELECT f.code || '/' || m.member_no, o.code || '/' || n.member_no FROM member_transfer t
           JOIN transfer_answer w ON w.transfer_id = t.id JOIN cooperative f ON f.id = t.from_cooperative_id
           JOIN cooperative o ON o.id = t.to_cooperative_id JOIN member m ON m.id = t.member_id JOIN member n ON n.id = w.new_member_id"""
    )
    return {frozenset((row["one"], row["other"])) for row in rows}


async def listed_persons(tx: Transaction) -> list[ListedPerson]:
    """Every person of the household list within reach; of a child only numbers are known."""
    rows = await tx.fetch(
        """SELECT p.id, p.person_no, c.code, coalesce(h.household_no, '') AS household_no, p.listed_member_no,
                  coalesce(v.name_latin, '') AS name_latin, coalesce(v.name_hi, '') AS name_hi, coalesce(v.sex, '') AS sex,
                  v.dob, coalesce(v.dob_precision, 'day') AS dob_precision
           FROM person p JOIN cooperative c ON c.id = p.cooperative_id LEFT JOIN household h ON h.id = p.household_id
           LEFT JOIN LATERAL (SELECT * FROM person_version x WHERE x.person_id = p.id AND x.told_by = 'household_list'
                              ORDER BY x.version DESC LIMIT 1) v ON true"""
    )
    return [ListedPerson(*row.values()) for row in rows]


async def book_hashes(tx: Transaction) -> dict[tuple[str, str], bytes]:
    """Hash of the book's row by cooperative and member number."""
    rows = await tx.fetch(
        """SELECT c.code, m.member_no, v.row_sha256 FROM member m JOIN cooperative c ON c.id = m.cooperative_id
           JOIN LATERAL (SELECT row_sha256 FROM person_version x WHERE x.person_id = m.person_id
                         AND x.told_by = 'member_book' ORDER BY version DESC LIMIT 1) v ON true"""
    )
    return {(row["code"], row["member_no"]): row["row_sha256"] for row in rows}


async def households(tx: Transaction) -> dict[str, HouseholdRow]:
    """Every household's latest version, by number."""
    rows = await tx.fetch(
        """SELECT DISTINCT ON (h.household_no) h.household_no, c.code, v.head_person_no, v.head_name, v.village, v.tola, v.block,
                  v.district_lgd, v.state_lgd, v.ration_card_no, v.ration_type, v.caste, v.pvtg, v.minority, v.house,
                  v.land_hundredths_acre, v.migrant
           FROM household h JOIN cooperative c ON c.id = h.cooperative_id JOIN household_version v ON v.household_id = h.id
           ORDER BY h.household_no, v.version DESC"""
    )
    return {row["household_no"]: HouseholdRow(*row.values()) for row in rows}


async def household_ids(tx: Transaction) -> dict[str, int]:
    """Household number to row id."""
    return {
        r["household_no"]: r["id"] for r in await tx.fetch("SELECT id, household_no FROM household")
    }
