"""Admit members, record persons and households; what is personal stands in erasable versions."""

import secrets
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date

from coop.audit.operations import Act, record_all
from coop.audit.rules import AuditTag, Fact
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.members.operations.keys import refresh_keys
from coop.members.rules.household import HouseholdRow
from coop.members.rules.particulars import Admission, NomineeShare, Particulars

MEMBER_BOOK, HOUSEHOLD_LIST = "member_book", "household_list"
_VERSION = """
INSERT INTO person_version AS v (cooperative_id, person_id, version, told_by, name_latin, name_hi, relation,
  relation_name_latin, relation_name_hi, sex, dob, dob_precision, village, tola, block, district_lgd, state_lgd,
  mobile, id_kind, id_no, bank_account, ifsc, salt, recorded_at, row_sha256, why, holds_from, recorded_by)
SELECT $1, $2, 1 + coalesce((SELECT max(version) FROM person_version WHERE person_id = $2), 0), $3, $4, $5, $6, $7, $8, $9,
  $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27
RETURNING v.id, v.version, coop_person_fields(v) AS fields
"""
_MEMBER = """
INSERT INTO member AS m (cooperative_id, member_no, person_id, admitted_on, admission_source, provisional, shares, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING m.id, coop_member_sha256(m) AS sha256
"""
_HOUSEHOLD = """
INSERT INTO household_version AS v (cooperative_id, household_id, version, head_person_no, head_name, village, tola, block,
  district_lgd, state_lgd, ration_card_no, ration_type, caste, pvtg, minority, house, land_hundredths_acre, migrant, salt,
  recorded_at, head_salt, recorded_by)
SELECT $1, $2, 1 + coalesce((SELECT max(version) FROM household_version WHERE household_id = $2), 0), $3, $4, $5, $6, $7, $8,
  $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21
RETURNING v.id, v.version, coop_household_fields(v) AS fields
"""


@dataclass(frozen=True, slots=True)
class Written:
    """A version that was written: its row id, its number, and the hashes of its values for the chain."""

    row: int
    version: int
    fields: str

    @property
    def facts(self) -> dict[str, Fact]:
        """As an audit entry carries it."""
        return {"version": self.version, "version_row": self.row, "fields": self.fields}


_NOTHING = Written(0, 0, "")


async def admit_members(
    tx: Transaction, cooperative_id: int, admissions: Sequence[Admission]
) -> list[int]:
    """Write memberships in order; return their row ids. The caller has asked the rules."""
    made: list[int] = []
    acts: list[Act] = []
    for admission in admissions:
        member_id, act = await _admit(tx, cooperative_id, admission)
        made.append(member_id)
        acts.append(act)
    await refresh_keys(tx, made)
    await record_all(tx, cooperative_id, acts)
    return made


async def _admit(tx: Transaction, cooperative_id: int, one: Admission) -> tuple[int, Act]:
    person_id = one.person_id or await _person_of_member(tx, cooperative_id, one)
    written = await add_version(
        tx,
        cooperative_id,
        person_id,
        one.particulars,
        why=one.why,
        row_sha256=one.row_sha256,
    )
    member = await tx.fetchrow(
        _MEMBER,
        cooperative_id,
        one.member_no,
        person_id,
        one.admitted_on,
        one.source,
        one.provisional,
        one.shares,
        clock.now(),
    )
    if member is None:
        raise AssertionError("an insert returns its row")
    nominees = await _beside(tx, cooperative_id, member["id"], one)
    facts: dict[str, Fact] = {
        "member_no": one.member_no,
        "provisional": int(one.provisional),
        "version_row": written.row,
        "fields": written.fields,
        "nominees": nominees,
        "member_sha256": member["sha256"],
    }
    return member["id"], Act(AuditTag.MEMBER_ADMITTED, "member", str(member["id"]), facts)


async def _person_of_member(tx: Transaction, cooperative_id: int, admission: Admission) -> int:
    """A member without a line in the household list is a person all the same."""
    household = await tx.fetchval(
        "SELECT id FROM household WHERE household_no = $1", admission.household_no
    )
    code = await tx.fetchval("SELECT code FROM cooperative WHERE id = $1", cooperative_id)
    return int(
        await tx.fetchval(
            "INSERT INTO person (cooperative_id, person_no, household_id, recorded_at) VALUES ($1, $2, $3, $4) RETURNING id",
            cooperative_id,
            person_no_of(code, cooperative_id, admission.member_no),
            household,
            clock.now(),
        )
    )


def person_no_of(code: str, cooperative_id: int, member_no: str) -> str:
    """The number of a person whom no household list named, at most twelve signs.

    A long code gives way to the cooperative's row: two codes that begin alike share no number, and no
    code holds a dot.

    >>> person_no_of("KDM01", 3, "0235"), person_no_of("KODERMA01", 3, "0235")
    ('KDM01-0235', 'P.3-0235')
    """
    short = f"{code}-{member_no}"
    return short if len(short) <= 12 else f"P.{cooperative_id}-{member_no}"


async def _beside(tx: Transaction, cooperative_id: int, member_id: int, one: Admission) -> str:
    """End, nominees and questions of a membership; return what the chain says of the nominees."""
    at, actor = clock.now(), tx.reach.actor
    if one.ceased_on is not None:
        await tx.execute(
            "INSERT INTO member_cessation (member_id, cooperative_id, ceased_on, reason, recorded_at, recorded_by)"
            " VALUES ($1, $2, $3, $4, $5, $6)",
            member_id,
            cooperative_id,
            one.ceased_on,
            one.ceased_reason,
            at,
            actor,
        )
    if one.questions:
        await tx.executemany(
            "INSERT INTO member_question (cooperative_id, member_id, code, recorded_at) VALUES ($1, $2, $3, $4)",
            [(cooperative_id, member_id, code, at) for code in one.questions],
        )
    if not one.nominees:
        return ""
    return await add_nominees(tx, cooperative_id, member_id, 1, one.nominees)


async def add_nominees(
    tx: Transaction,
    cooperative_id: int,
    member_id: int,
    version: int,
    nominees: Sequence[NomineeShare],
) -> str:
    """Write a version of a member's nominees; return the hashes of its rows. The caller records."""
    at, actor = clock.now(), tx.reach.actor
    await tx.executemany(
        "INSERT INTO nominee (cooperative_id, member_id, version, name, relation, share_tenths, recorded_at, salt, recorded_by)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        [
            (cooperative_id, member_id, version, n.name, n.relation, n.share_tenths, at, _salt(), actor)
            for n in nominees
        ],
    )  # fmt: skip
    return str(await tx.fetchval("SELECT coop_nominee_fields($1, $2)", member_id, version))


def _salt() -> bytes:
    return secrets.token_bytes(16)


async def add_version(
    tx: Transaction,
    cooperative_id: int,
    person_id: int,
    known: Particulars,
    *,
    told_by: str = MEMBER_BOOK,
    why: str = "recorded",
    holds_from: date | None = None,
    row_sha256: bytes = b"",
) -> Written:
    """Write what is known of a person as the next version. The caller records it.

    The hash of the book's row is erased with the version: unsalted, it would tell who somebody was.
    """
    row = await tx.fetchrow(
        _VERSION,
        cooperative_id,
        person_id,
        told_by,
        *astuple(known),
        _salt(),
        clock.now(),
        row_sha256,
        why,
        holds_from,
        tx.reach.actor,
    )
    if row is None:
        raise AssertionError("an insert returns its row")
    return Written(*row.values())


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """A person of the household list to be written; ``known`` None for a child or where it stands."""

    person_no: str
    household_id: int | None
    listed_member_no: str
    known: Particulars | None
    person_id: int | None = None


async def record_persons(
    tx: Transaction, cooperative_id: int, entries: Sequence[ListedEntry]
) -> None:
    """Write persons of the list and what is known of adults; one audit entry a person."""
    acts = []
    for one in entries:
        person_id = one.person_id or await tx.fetchval(
            "INSERT INTO person (cooperative_id, person_no, household_id, listed_member_no, recorded_at)"
            " VALUES ($1, $2, $3, $4, $5) RETURNING id",
            cooperative_id,
            one.person_no,
            one.household_id,
            one.listed_member_no,
            clock.now(),
        )
        written = _NOTHING
        if one.known is not None:
            written = await add_version(
                tx, cooperative_id, int(person_id), one.known, told_by=HOUSEHOLD_LIST
            )
        facts: dict[str, Fact] = {"person_no": one.person_no, **written.facts}
        acts.append(Act(AuditTag.PERSON_RECORDED, "person", str(person_id), facts))
    await record_all(tx, cooperative_id, acts)


async def record_households(
    tx: Transaction, cooperative_id: int, rows: Sequence[HouseholdRow]
) -> None:
    """Write households, each with what is known of it as its next version."""
    acts = []
    for row in rows:
        at = clock.now()
        household_id = await tx.fetchval(
            "SELECT id FROM household WHERE household_no = $1", row.household_no
        )
        if household_id is None:
            household_id = await tx.fetchval(
                "INSERT INTO household (cooperative_id, household_no, recorded_at) VALUES ($1, $2, $3) RETURNING id",
                cooperative_id,
                row.household_no,
                at,
            )
        made = await tx.fetchrow(
            _HOUSEHOLD,
            cooperative_id,
            household_id,
            *astuple(row)[2:],
            _salt(),
            at,
            _salt(),
            tx.reach.actor,
        )
        if made is None:
            raise AssertionError("an insert returns its row")
        facts: dict[str, Fact] = {"household_no": row.household_no, **Written(*made.values()).facts}
        acts.append(Act(AuditTag.HOUSEHOLD_RECORDED, "household", str(household_id), facts))
    await record_all(tx, cooperative_id, acts)
