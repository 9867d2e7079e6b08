"""Sites as they are recorded now and were before, their permissions, the dangers looked for."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from coop.kernel.db import Transaction
from coop.sites.rules import Hazard, Site, SiteFacts, SitePermit

PAGE = 50
# Versions of sites with their dangers; the permission and the last visit are asked of their list.
_VERSION = """
WITH v AS (
  SELECT s.code, s.name, s.village, s.block, s.district_lgd, s.state_lgd, s.lat_thousandths, s.lon_thousandths,
         s.land_status, s.collection_allowed, s.remarks, s.name_hi, s.precision_metres, s.visited_on,
         ARRAY(SELECT h.kind FROM site_hazard h WHERE h.site_id = s.id ORDER BY h.kind COLLATE "C") AS hazards,
         s.version, s.cleared_until, s.recorded_as, s.recorded_at FROM site s),
latest AS (SELECT v.* FROM v WHERE NOT EXISTS (SELECT FROM site n WHERE n.code = v.code AND n.version > v.version))
{}
"""
_LATEST = _VERSION.format("SELECT * FROM latest ORDER BY code")
_OF_ONE = _VERSION.format("SELECT * FROM v WHERE code = $1 ORDER BY version DESC LIMIT $2")
_PAGE = _VERSION.format(
    """SELECT l.*,
         coalesce((SELECT p.reference FROM (SELECT DISTINCT ON (q.reference) q.* FROM site_permission q
                     WHERE q.site_code = l.code ORDER BY q.reference, q.id DESC) p
                   WHERE p.valid_from <= $1 AND (p.valid_to IS NULL OR p.valid_to >= $1)
                   ORDER BY p.valid_to DESC NULLS FIRST LIMIT 1), '') AS permission,
         (SELECT max(x.visited_on) FROM site x WHERE x.code = l.code) AS last_visit
       FROM latest l WHERE ($2::int IS NULL OR l.district_lgd = $2) AND l.code > $3 COLLATE "C"
       ORDER BY l.code COLLATE "C" LIMIT $4"""
)


@dataclass(frozen=True, slots=True)
class SiteVersion:
    """A site as one version says it, and until when its permission clears it."""

    site: Site
    version: int
    cleared_until: date | None
    recorded_as: str
    recorded_at: datetime

    @property
    def facts(self) -> SiteFacts:
        """What a weighing would ask."""
        return SiteFacts(self.site.district_lgd, self.site.collection_allowed, self.cleared_until)


@dataclass(frozen=True, slots=True)
class ListedSite:
    """A site in the list: its latest version, the reference that covers a day, the last visit."""

    latest: SiteVersion
    permission: str
    visited_on: date | None


@dataclass(frozen=True, slots=True)
class Policy:
    """What makes collecting lawful from a day on, in both languages; ``source`` says how it is known."""

    name_hi: str
    name_en: str
    holds_from: date
    source: str
    verified: bool


async def sites(tx: Transaction) -> dict[str, Site]:
    """Every site's latest version, by code."""
    rows = await tx.fetch(_LATEST)
    return {row["code"]: _site(list(row.values())) for row in rows}


async def site_of(tx: Transaction, code: str) -> SiteVersion | None:
    """A site's latest version; None where no site has the code."""
    return next(iter(await versions(tx, code, most=1)), None)


async def versions(tx: Transaction, code: str, *, most: int = 200) -> list[SiteVersion]:
    """A site's versions, the latest first."""
    if not code.isprintable():
        return []
    rows = await tx.fetch(_OF_ONE, code, most)
    return [_version(list(row.values())) for row in rows]


async def listed_sites(
    tx: Transaction, on: date, *, district: int | None = None, after: str = ""
) -> list[ListedSite]:
    """A page of sites by code, beginning after one; a row more than PAGE: there is a next page."""
    rows = await tx.fetch(_PAGE, on, district, after, PAGE + 1)
    return [
        ListedSite(_version(list(row.values())[:-2]), row["permission"], row["last_visit"])
        for row in rows
    ]


async def permits_of(tx: Transaction, code: str) -> list[SitePermit]:
    """A site's permissions in the order of recording; the last of a reference holds."""
    rows = await tx.fetch(
        "SELECT site_code, reference, issued_by, valid_from, valid_to FROM site_permission"
        " WHERE site_code = $1 ORDER BY id",
        code,
    )
    return [SitePermit(*row.values()) for row in rows]


async def hazards(tx: Transaction, on: date) -> list[Hazard]:
    """The dangers that are looked for on a day."""
    rows = await tx.fetch(
        """SELECT code, name_hi, name_en, bars_collection FROM (
             SELECT DISTINCT ON (code) * FROM hazard_kind WHERE holds_from <= $1 ORDER BY code, holds_from DESC) h
           ORDER BY place""",
        on,
    )
    return [Hazard(*row.values()) for row in rows]


async def policy_on(tx: Transaction, on: date) -> Policy | None:
    """What made collecting lawful on a day; None before anything did."""
    row = await tx.fetchrow(
        """SELECT words_hi, words_en, holds_from, source, verified FROM policy_reference
           WHERE holds_from <= $1 ORDER BY holds_from DESC, id DESC LIMIT 1""",
        on,
    )
    return Policy(*row.values()) if row else None


def _site(values: list[Any]) -> Site:
    return Site(*[*values[:14], tuple(values[14])])


def _version(values: list[Any]) -> SiteVersion:
    return SiteVersion(_site(values), *values[15:])
