"""Schools as recorded now, and which register rows were kept."""

from collections.abc import Sequence

from coop.kernel.db import Transaction
from coop.schooling.rules import EnrolmentRow, School
from coop.schooling.rules.consent import ErasedPupils
from coop.schooling.rules.match import RegisterRow


async def schools(tx: Transaction) -> dict[str, School]:
    """Every school's latest version, by UDISE code."""
    rows = await tx.fetch(
        """SELECT DISTINCT ON (udise) udise, name, name_hi, category, lowest_class, highest_class, management,
                  village, block, district_lgd, closed_on, successor_udise FROM school ORDER BY udise, version DESC"""
    )
    return {row["udise"]: School(*row.values()) for row in rows}


async def kept_hashes(tx: Transaction, hashes: Sequence[bytes]) -> set[bytes]:
    """Which of these rows stand from an earlier register; their words cannot be read from here."""
    rows = await tx.fetch(
        "SELECT row_sha256 FROM enrolment_row WHERE row_sha256 = ANY ($1)", list(hashes)
    )
    return {row["row_sha256"] for row in rows}


async def register_rows(tx: Transaction) -> list[RegisterRow]:
    """Every register row as kept; schooling's role only."""
    rows = await tx.fetch(
        """SELECT id, udise, class_no, section, admission_no, pupil_name, father_name, mother_name, dob, sex,
                  last_attended_on, days_present, days_open, tc_date FROM enrolment_row ORDER BY id"""
    )
    return [RegisterRow(row["id"], EnrolmentRow(*list(row.values())[1:])) for row in rows]


async def erased_pupils(tx: Transaction) -> ErasedPupils:
    """Which pupils' rows are not laid down again; schooling's role only."""
    salt = await tx.fetchval("SELECT salt FROM register_salt")
    rows = await tx.fetch("SELECT DISTINCT mark FROM pupil_erased")
    return ErasedPupils(salt, frozenset(row["mark"] for row in rows))
