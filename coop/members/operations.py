"""Admit members, record persons and households; what is personal stands in erasable versions."""

import secrets
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date

from coop.audit.operations import Act, record_all
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.members.rules.household import HouseholdRow

BEFORE_THE_SYSTEM = "before the system"
MEMBER_BOOK, HOUSEHOLD_LIST = "member_book", "household_list"


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known of an adult; texts are empty where nothing was given."""

    name_latin: str = ""
    name_hi: str = ""
    relation: str = ""
    relation_name_latin: str = ""
    relation_name_hi: str = ""
    sex: str = ""
    dob: date | None = None
    dob_precision: str = "day"
    village: str = ""
    tola: str = ""
    block: str = ""
    district_lgd: int | None = None
    state_lgd: int | None = None
    mobile: str = ""
    id_kind: str = ""
    id_no: str = ""
    bank_account: str = ""
    ifsc: str = ""


@dataclass(frozen=True, slots=True)
class NomineeShare:
    """A nominee and the share in tenths of a per cent."""

    name: str
    relation: str
    share_tenths: int


@dataclass(frozen=True, slots=True)
class Admission:
    """A membership as it is written into the book. ``person_id``: a person of the household list."""

    member_no: str
    particulars: Particulars
    admitted_on: date
    household_no: str = ""
    person_id: int | None = None
    ceased_on: date | None = None
    ceased_reason: str = ""
    shares: int = 0
    nominees: tuple[NomineeShare, ...] = ()
    provisional: bool = False
    questions: tuple[str, ...] = ()
    row_sha256: bytes = b""
    source: str = BEFORE_THE_SYSTEM


async def admit_members(
    tx: Transaction, cooperative_id: int, admissions: Sequence[Admission]
) -> list[int]:
    """Write memberships in order; return their row ids. The caller has asked the rules."""
    made: list[int] = []
    acts: list[Act] = []
    for admission in admissions:
        person_id = admission.person_id or await _person_of_member(tx, cooperative_id, admission)
        await _add_version(
            tx, cooperative_id, person_id, MEMBER_BOOK, admission.particulars, admission.row_sha256
        )
        member_id = await _insert_member(tx, cooperative_id, person_id, admission)
        made.append(member_id)
        acts.append(
            Act(
                AuditTag.MEMBER_ADMITTED,
                "member",
                str(member_id),
                {"member_no": admission.member_no, "provisional": int(admission.provisional)},
            )
        )
    await record_all(tx, cooperative_id, acts)
    return made


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
            f"{code[:7]}-{admission.member_no}"[:12],
            household,
            clock.now(),
        )
    )


async def _insert_member(
    tx: Transaction, cooperative_id: int, person_id: int, one: Admission
) -> int:
    at = clock.now()
    member_id = int(
        await tx.fetchval(
            """INSERT INTO member (cooperative_id, member_no, person_id, admitted_on, admission_source, provisional, shares,
                 recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id""",
            cooperative_id,
            one.member_no,
            person_id,
            one.admitted_on,
            one.source,
            one.provisional,
            one.shares,
            at,
        )
    )
    if one.ceased_on is not None:
        await tx.execute(
            "INSERT INTO member_cessation (member_id, cooperative_id, ceased_on, reason, recorded_at) VALUES ($1, $2, $3, $4, $5)",
            member_id,
            cooperative_id,
            one.ceased_on,
            one.ceased_reason,
            at,
        )
    await tx.executemany(
        "INSERT INTO nominee (cooperative_id, member_id, version, name, relation, share_tenths, recorded_at) VALUES ($1, $2, 1, $3, $4, $5, $6)",
        [(cooperative_id, member_id, n.name, n.relation, n.share_tenths, at) for n in one.nominees],
    )
    await tx.executemany(
        "INSERT INTO member_question (cooperative_id, member_id, code, recorded_at) VALUES ($1, $2, $3, $4)",
        [(cooperative_id, member_id, code, at) for code in one.questions],
    )
    return member_id


async def _add_version(
    tx: Transaction,
    cooperative_id: int,
    person_id: int,
    told_by: str,
    known: Particulars,
    row_sha256: bytes,
) -> int:
    """Write what is known of a person as the next version; return its number. The caller records.

    The hash of the book's row is erased with the version: unsalted, it would tell who somebody was.
    """
    version = 1 + int(
        await tx.fetchval(
            "SELECT coalesce(max(version), 0) FROM person_version WHERE person_id = $1", person_id
        )
    )
    await tx.execute(
        """INSERT INTO person_version (cooperative_id, person_id, version, told_by, name_latin, name_hi, relation,
             relation_name_latin, relation_name_hi, sex, dob, dob_precision, village, tola, block, district_lgd, state_lgd,
             mobile, id_kind, id_no, bank_account, ifsc, salt, recorded_at, row_sha256)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)""",
        cooperative_id,
        person_id,
        version,
        told_by,
        known.name_latin,
        known.name_hi,
        known.relation,
        known.relation_name_latin,
        known.relation_name_hi,
        known.sex,
        known.dob,
        known.dob_precision,
        known.village,
        known.tola,
        known.block,
        known.district_lgd,
        known.state_lgd,
        known.mobile,
        known.id_kind,
        known.id_no,
        known.bank_account,
        known.ifsc,
        secrets.token_bytes(16),
        clock.now(),
        row_sha256,
    )
    return version


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
        version = 0
        if one.known is not None:
            version = await _add_version(
                tx, cooperative_id, int(person_id), HOUSEHOLD_LIST, one.known, b""
            )
        facts: dict[str, str | int | None] = {"person_no": one.person_no, "version": version}
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
        version = 1 + int(
            await tx.fetchval(
                "SELECT coalesce(max(version), 0) FROM household_version WHERE household_id = $1",
                household_id,
            )
        )
        await tx.execute(
            """INSERT INTO household_version (cooperative_id, household_id, version, head_person_no, head_name, village,
                 tola, block, district_lgd, state_lgd, ration_card_no, ration_type, caste, pvtg, minority, house,
                 land_hundredths_acre, migrant, salt, recorded_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)""",
            cooperative_id,
            household_id,
            version,
            *astuple(row)[2:],
            secrets.token_bytes(16),
            at,
        )
        facts: dict[str, str | int | None] = {"household_no": row.household_no, "version": version}
        acts.append(Act(AuditTag.HOUSEHOLD_RECORDED, "household", str(household_id), facts))
    await record_all(tx, cooperative_id, acts)
