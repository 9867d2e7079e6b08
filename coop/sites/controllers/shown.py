"""What the pages of sites show: lines of the list, versions, permissions, the form's beginning."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Request, Response

from coop.access.actor import Actor
from coop.access.permission import Permission
from coop.access.role_names import ROLE_NAMES
from coop.access.roles import Role
from coop.audit.operations import record_read
from coop.cooperatives.queries import bylaws, value_on
from coop.cooperatives.rules import District, district, known_districts, known_states
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere
from coop.kernel.web.form import Form
from coop.kernel.web.page import page
from coop.kernel.words import Said, say
from coop.participation.queries.hearings import hearings, rests_on
from coop.sites.queries import ListedSite, SiteVersion, hazards, permits_of, policy_on, versions
from coop.sites.rules import Hazard, SiteMap, SitePermit, Spot, holding, site_map, site_state

AnyRequest = Request[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A site in the list; ``number`` is the one on the map."""

    number: int
    code: str
    name_hi: str
    name_en: str
    village: str
    district: District
    land_status: str
    state: str
    permission: str
    cleared_until: date | None
    visited_on: date | None


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in a site's history: since when, by which role, and what it said."""

    version: SiteVersion
    state: str
    recorded_by: Said
    hazards: tuple[Hazard, ...]


@dataclass(frozen=True, slots=True)
class PermitLine:
    """A permission; ``holds``: no later row of its reference corrected it."""

    permit: SitePermit
    holds: bool


def site_lines(found: Sequence[ListedSite], today: date, warn_days: int) -> tuple[SiteLine, ...]:
    """The lines of the list, numbered as on the map."""
    return tuple(
        SiteLine(
            number,
            one.latest.site.code,
            one.latest.site.name_hi,
            one.latest.site.name,
            one.latest.site.village,
            district(one.latest.site.district_lgd),
            one.latest.site.land_status,
            site_state(one.latest.facts, one.latest.site.land_status, today, warn_days),
            one.permission,
            one.latest.cleared_until,
            one.visited_on,
        )
        for number, one in enumerate(found, 1)
    )


def map_of(lines: Sequence[SiteLine], found: Sequence[ListedSite]) -> SiteMap | None:
    """The map of a page of the list; sites without a position are not on it."""
    return site_map(
        Spot(line.number, line.code, line.state, site.lat_thousandths, site.lon_thousandths)
        for line, site in zip(lines, (one.latest.site for one in found), strict=True)
        if site.lat_thousandths is not None and site.lon_thousandths is not None
    )


async def warn_days(tx: Transaction, today: date) -> int:
    """How many days before its end a permission is warned of."""
    return int(value_on(await bylaws(tx), "site_permission_warning", None, today))


def typed_of(latest: SiteVersion) -> dict[str, str]:
    """A version as the form holds it."""
    site = latest.site
    return {
        "name": site.name,
        "name_hi": site.name_hi,
        "village": site.village,
        "block": site.block,
        "district_lgd": str(site.district_lgd),
        "state_lgd": str(site.state_lgd),
        "lat": _degrees(site.lat_thousandths),
        "lon": _degrees(site.lon_thousandths),
        "precision": str(site.precision_metres or 100),
        "land_status": site.land_status,
        "collection_allowed": "yes" if site.collection_allowed else "no",
        "visited_on": site.visited_on.isoformat() if site.visited_on else "",
        "remarks": site.remarks,
        **{f"hazard-{kind}": "yes" for kind in site.hazards},
    }


async def typed_hearing(tx: Transaction, code: str, version: int) -> dict[str, str]:
    """What a version rests on, as the form holds it."""
    stands = await rests_on(tx, code, version)
    if stands is None:
        return {}
    return {
        "hearing_id": str(stands.hearing.id) if stands.hearing else "",
        "no_hearing_reason": stands.no_hearing_reason,
    }


def _degrees(thousandths: int | None) -> str:
    if thousandths is None:
        return ""
    sign = "-" if thousandths < 0 else ""
    return f"{sign}{abs(thousandths) // 1000}.{abs(thousandths) % 1000:03d}"


async def form_page(
    request: AnyRequest, tx: Transaction, form: Form, code: str | None, status: int = 200
) -> Response[Any]:
    """Draw the form of a site; ``code`` None: of a new one."""
    context = {
        "form": form,
        "code": code,
        "districts": known_districts(),
        "states": known_states(),
        "hazards": tuple(await hazards(tx, clock.today())),
        "hearings": tuple(await hearings(tx)),
    }
    return page(request, "sites/form.html", context, status)


async def site_page(
    request: AnyRequest, tx: Transaction, actor: Actor, code: str, form: Form, status: int = 200
) -> Response[Any]:
    """Draw a site with its permissions and history. Raises NotThere."""
    today = clock.today()
    every = await versions(tx, code)
    if not every:
        raise NotThere(code)
    warn = await warn_days(tx, today)
    known = {one.code: one for one in await hazards(tx, today)}
    history = tuple(
        VersionLine(
            one,
            site_state(one.facts, one.site.land_status, today, warn),
            _recorded_by(one.recorded_as),
            tuple(known[kind] for kind in one.site.hazards if kind in known),
        )
        for one in every
    )
    permits = await permits_of(tx, code)
    await record_read(tx, "site", cooperative_id=None, about=code, rows=1)
    context = {
        "site": every[0].site,
        "latest": every[0],
        "now_state": history[0].state,
        "hazards": history[0].hazards,
        "history": history,
        "visited_on": max((v.site.visited_on for v in every if v.site.visited_on), default=None),
        "district": district(every[0].site.district_lgd),
        "permits": tuple(PermitLine(one, one in holding(permits)) for one in reversed(permits)),
        "policy": await policy_on(tx, today),
        "rests": await rests_on(tx, code, every[0].version),
        "position": (
            _degrees(every[0].site.lat_thousandths),
            _degrees(every[0].site.lon_thousandths),
        ),
        "form": form,
        "may_record": actor.may(Permission.SITES_SITE_RECORD),
    }
    return page(request, "sites/site.html", context, status)


_READ_FROM_A_LIST = say("read from a list")


def _recorded_by(role: str) -> Said:
    return ROLE_NAMES[Role(role)] if role in set(Role) else _READ_FROM_A_LIST
