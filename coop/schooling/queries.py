"""Schools as recorded now, and which register rows were kept."""

from collections.abc import Sequence

from coop.kernel.db import Transaction
from coop.schooling.rules import School


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
