"""A site and its permission as somebody of the agency types them."""

from collections.abc import Mapping, Sequence

from coop.cooperatives.forms import MOST_BIGINT, Parsed
from coop.kernel.words import say
from coop.participation.rules.hearing import Rests
from coop.sites.forms.lists import SITE_CODE
from coop.sites.forms.typed import Typed
from coop.sites.rules import LAND_STATUSES, Hazard, Site, SitePermit

PRECISIONS = ("100", "1000", "10000")


def site_from_form(
    typed: Mapping[str, str], code: str | None, hazards: Sequence[Hazard]
) -> Parsed[Site]:
    """Read the form; ``code`` None: a new site, whose code is typed.

    Degrees have three decimals at most and come with how far off they may be, in metres.
    """
    cells = Typed(typed)
    site = Site(
        code=code or cells.pattern("code", SITE_CODE, "S-334-01"),
        name=cells.text("name", 120, needed=True),
        village=cells.text("village", 80, needed=True),
        block=cells.text("block", 80),
        district_lgd=cells.whole("district_lgd", 1, 999_999),
        state_lgd=cells.whole("state_lgd", 1, 999_999),
        lat_thousandths=cells.scaled_or_none("lat", 3, -90_000, 90_000),
        lon_thousandths=cells.scaled_or_none("lon", 3, -180_000, 180_000),
        land_status=cells.choice("land_status", LAND_STATUSES),
        collection_allowed=cells.yes("collection_allowed"),
        remarks=cells.text("remarks", 300),
        name_hi=cells.text("name_hi", 120, needed=True),
        precision_metres=int(cells.choice("precision", PRECISIONS) or "0") or None
        if cells.raw("lat")
        else None,
        visited_on=cells.day_or_none("visited_on"),
        hazards=tuple(sorted(h.code for h in hazards if cells.raw(f"hazard-{h.code}") == "yes")),
    )
    if (site.lat_thousandths is None) != (site.lon_thousandths is None):
        message = say("Latitude and longitude go together; give both or neither.")
        cells.refuse("lat", "position_half", message)
    return cells.finish(site)


def rests_from_form(typed: Mapping[str, str]) -> Parsed[Rests]:
    """Read who was heard before: the hearing that was chosen, or why there was none."""
    cells = Typed(typed)
    hearing = cells.whole_or_none("hearing_id", 1, MOST_BIGINT)
    return cells.finish(Rests(hearing, cells.text("no_hearing_reason", 300)))


def permit_from_form(typed: Mapping[str, str], code: str) -> Parsed[SitePermit]:
    """Read the form of a site's permission; no last day: the paper names none."""
    cells = Typed(typed)
    return cells.finish(
        SitePermit(
            code,
            cells.text("reference", 120, needed=True),
            cells.text("issued_by", 120, needed=True),
            cells.day("valid_from"),
            cells.day_or_none("valid_to"),
        )
    )
