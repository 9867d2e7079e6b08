"""One member and one household as they are known now."""

from dataclasses import dataclass
from datetime import date

from coop.kernel.db import Transaction
from coop.members.queries.search import LATEST, STATE, MemberLine, lines
from coop.members.rules.membership import Standing, State
from coop.members.rules.number import full_number
from coop.members.rules.particulars import NomineeShare, Particulars

_KNOWN = ", ".join(f"v.{name}" for name in Particulars.__dataclass_fields__)
_MEMBER = f"""
SELECT m.id, m.cooperative_id, c.code, c.name_hi AS coop_hi, c.name_en AS coop_en, c.district_lgd AS coop_district,
       m.member_no, m.person_id, p.person_no, m.admitted_on, m.admission_source, m.shares, {STATE} AS state, {_KNOWN}, v.row_sha256,
       coalesce(h.household_no, '') AS household_no, d.ceased_on, d.reason, d.cessation_id,
       EXISTS (SELECT FROM erasure x WHERE x.person_id = m.person_id) AS erased,
       coalesce((SELECT -t.amount_paise FROM kept_total t WHERE t.cooperative_id = m.cooperative_id AND t.account_code = 2110
                 AND t.member_id = m.id AND t.grade_code = 0), 0) AS due_paise,
       EXISTS (SELECT FROM member_transfer t WHERE t.member_id = m.id
               AND NOT EXISTS (SELECT FROM transfer_answer a WHERE a.transfer_id = t.id)) AS transfer_open
FROM member m JOIN cooperative c ON c.id = m.cooperative_id JOIN person p ON p.id = m.person_id {LATEST}
LEFT JOIN person_home o ON o.person_id = p.id LEFT JOIN household h ON h.id = o.household_id
LEFT JOIN member_ended d ON d.member_id = m.id
WHERE """  # noqa: S608  (parts of ours)


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """All that is known of a member now; ``due_paise`` is what the cooperative still owes them."""

    id: int
    cooperative_id: int
    code: str
    cooperative_hi: str
    cooperative_en: str
    district_lgd: int
    member_no: str
    person_id: int
    person_no: str
    household_no: str
    admitted_on: date
    source: str
    shares: int
    state: State
    ceased_on: date | None
    ceased_reason: str
    known: Particulars
    row_sha256: bytes
    erased: bool
    due_paise: int
    transfer_open: bool

    @property
    def number(self) -> str:
        """As it is shown: ``KDM01/0235``."""
        return full_number(self.code, self.member_no)

    @property
    def path(self) -> str:
        """The member's page."""
        return f"/members/{self.number}"

    @property
    def name_latin(self) -> str:
        """The name in Latin letters."""
        return self.known.name_latin

    @property
    def name_hi(self) -> str:
        """The name in Devanagari."""
        return self.known.name_hi

    @property
    def standing(self) -> Standing:
        """What the rules of ending, moving and erasing ask."""
        return Standing(
            self.state, self.admitted_on, self.ceased_on, self.due_paise, self.transfer_open
        )


async def member(tx: Transaction, code: str, member_no: str) -> MemberFacts | None:
    """The member of a number, within reach."""
    row = await tx.fetchrow(f"{_MEMBER} c.code = $1 AND m.member_no = $2", code, member_no)
    return _facts(row) if row else None


async def member_of_id(tx: Transaction, member_id: int) -> MemberFacts | None:
    """The member of a row, within reach."""
    row = await tx.fetchrow(f"{_MEMBER} m.id = $1", member_id)
    return _facts(row) if row else None


async def memberships_of(tx: Transaction, person_id: int) -> list[MemberFacts]:
    """Every membership of a person, within reach."""
    return [
        _facts(row)
        for row in await tx.fetch(f"{_MEMBER} m.person_id = $1 ORDER BY m.id", person_id)
    ]


def _facts(row: object) -> MemberFacts:
    r = dict(row)  # type: ignore[call-overload]  # a record of the driver
    known = Particulars(**{name: r[name] for name in Particulars.__dataclass_fields__})
    return MemberFacts(
        id=r["id"],
        cooperative_id=r["cooperative_id"],
        code=r["code"],
        cooperative_hi=r["coop_hi"],
        cooperative_en=r["coop_en"],
        district_lgd=r["coop_district"],
        member_no=r["member_no"],
        person_id=r["person_id"],
        person_no=r["person_no"],
        household_no=r["household_no"],
        admitted_on=r["admitted_on"],
        source=r["admission_source"],
        shares=r["shares"],
        state=State(r["state"]),
        ceased_on=r["ceased_on"],
        ceased_reason=r["reason"] or "",
        known=known,
        row_sha256=r["row_sha256"],
        erased=r["erased"],
        due_paise=r["due_paise"],
        transfer_open=r["transfer_open"],
    )


async def nominees(tx: Transaction, member_id: int) -> tuple[NomineeShare, ...]:
    """The nominees of the last version."""
    rows = await tx.fetch(
        """SELECT name, relation, share_tenths FROM nominee n WHERE member_id = $1
           AND version = (SELECT max(version) FROM nominee WHERE member_id = $1) ORDER BY id""",
        member_id,
    )
    return tuple(NomineeShare(*row.values()) for row in rows)


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """A household as it was told last."""

    id: int
    cooperative_id: int
    code: str
    household_no: str
    village: str
    tola: str
    block: str
    ration_type: str
    migrant: str


@dataclass(frozen=True, slots=True)
class Adult:
    """An adult of a household who is no member."""

    person_id: int
    person_no: str
    name_latin: str
    name_hi: str
    erased: bool


@dataclass(frozen=True, slots=True)
class Household:
    """Who lives there. ``children``: numbers only, of whom nothing more is kept here."""

    facts: HouseholdFacts
    members: tuple[MemberLine, ...]
    adults: tuple[Adult, ...]
    children: tuple[str, ...]


async def household(tx: Transaction, household_no: str, born_by: date) -> Household | None:
    """A household within reach; ``born_by``: who was born later is a child."""
    row = await tx.fetchrow(
        """SELECT h.id, h.cooperative_id, c.code, h.household_no, coalesce(v.village, '') AS village, coalesce(v.tola, '') AS tola,
                  coalesce(v.block, '') AS block, coalesce(v.ration_type, '') AS ration_type, coalesce(v.migrant, '') AS migrant
           FROM household h JOIN cooperative c ON c.id = h.cooperative_id
           LEFT JOIN LATERAL (SELECT * FROM household_version x WHERE x.household_id = h.id ORDER BY version DESC LIMIT 1) v ON true
           WHERE h.household_no = $1""",
        household_no,
    )
    if row is None:
        return None
    people = await tx.fetch(
        """SELECT p.id, p.person_no, m.id AS member_id, v.id AS version_row, coalesce(v.name_latin, '') AS name_latin,
                  coalesce(v.name_hi, '') AS name_hi, v.dob, v.salt = '' AS erased
           FROM person_home o JOIN person p ON p.id = o.person_id LEFT JOIN member m ON m.person_id = p.id
           LEFT JOIN LATERAL (SELECT * FROM person_version x WHERE x.person_id = p.id
                              ORDER BY x.told_by DESC, x.version DESC LIMIT 1) v ON true
           WHERE o.household_id = $1 ORDER BY p.person_no""",
        row["id"],
    )
    grown = [p for p in people if p["version_row"] and (p["dob"] is None or p["dob"] <= born_by)]
    rest = {p["id"] for p in grown} | {p["id"] for p in people if p["member_id"]}
    return Household(
        HouseholdFacts(*row.values()),
        tuple(await lines(tx, [p["member_id"] for p in people if p["member_id"]])),
        tuple(
            Adult(p["id"], p["person_no"], p["name_latin"], p["name_hi"], p["erased"])
            for p in grown
            if p["member_id"] is None
        ),
        tuple(p["person_no"] for p in people if p["id"] not in rest),
    )


async def household_of(tx: Transaction, cooperative_id: int, household_no: str) -> int | None:
    """The row of a household of this cooperative, None where there is none."""
    found: int | None = await tx.fetchval(
        "SELECT id FROM household WHERE household_no = $1 AND cooperative_id = $2",
        household_no,
        cooperative_id,
    )
    return found
