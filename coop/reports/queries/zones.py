"""Criteria, assessments and where they stand."""

from dataclasses import dataclass
from datetime import date

from coop.cooperatives.queries import bylaws, value_on
from coop.kernel.db import Transaction
from coop.reports.rules.zones import Assessment, Criterion, Limits, ZoneState, state_on


@dataclass(frozen=True, slots=True)
class Zone:
    """An assessment as it stands on a day; ``latest``: no later one of the same village."""

    id: int
    assessment: Assessment
    state: ZoneState
    revoked_on: date | None
    reason: str
    recorded_as: str
    latest: bool


async def criteria(tx: Transaction, on: date) -> list[Criterion]:
    """What must hold on a day, in order."""
    rows = await tx.fetch(
        """SELECT DISTINCT ON (code) code, words_en, words_hi, demanded, source, verified, place FROM zone_criterion
           WHERE holds_from <= $1 ORDER BY code, holds_from DESC""",
        on,
    )
    ordered = sorted(rows, key=lambda row: row["place"])
    return [Criterion(*(row[name] for name in _CRITERION)) for row in ordered]


_CRITERION = ("code", "words_en", "words_hi", "demanded", "source", "verified")


async def limits(tx: Transaction, on: date) -> Limits:
    """How long an assessment may hold, and how late it may be entered."""
    rows = await bylaws(tx)
    return Limits(
        int(value_on(rows, "zone_valid_days", None, on)),
        int(value_on(rows, "zone_assessed_within", None, on)),
    )


async def zones(tx: Transaction, on: date) -> list[Zone]:
    """Every assessment, by village, the latest first."""
    asked = await criteria(tx, on)
    rows = await tx.fetch(
        """SELECT z.id, z.village, z.block, z.district_lgd, z.assessed_on, z.valid_until, z.assessor, z.organisation, z.evidence,
                  z.recorded_as, r.revoked_on, coalesce(r.reason, '') AS reason,
                  ARRAY(SELECT criterion FROM zone_answer a WHERE a.assessment_id = z.id AND a.met) AS met,
                  ARRAY(SELECT criterion FROM zone_answer a WHERE a.assessment_id = z.id AND NOT a.met) AS unmet
           FROM zone_assessment z LEFT JOIN zone_revocation r ON r.assessment_id = z.id
           ORDER BY z.district_lgd, z.village, z.assessed_on DESC, z.id DESC"""
    )
    found, before = [], None
    for row in rows:
        place = (row["district_lgd"], row["block"], row["village"])
        met = dict.fromkeys(row["met"], True) | dict.fromkeys(row["unmet"], False)
        one = Assessment(
            row["village"],
            row["block"],
            row["district_lgd"],
            row["assessed_on"],
            row["valid_until"],
            row["assessor"],
            row["organisation"],
            row["evidence"],
            met,
        )
        # Judged by what was asked when it was made; a criterion that came later asks for a new visit.
        judged = [c for c in asked if c.code in met] or asked
        state = state_on(one, row["revoked_on"], judged, on)
        found.append(
            Zone(
                row["id"],
                one,
                state,
                row["revoked_on"],
                row["reason"],
                row["recorded_as"],
                place != before,
            )
        )
        before = place
    return found
