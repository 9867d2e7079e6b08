"""Rows of sites.csv as values."""

from collections.abc import Mapping
from dataclasses import replace

from coop.kernel.cells import Cells, Parsed
from coop.kernel.words import say
from coop.sites.rules import LAND_STATUSES, Site

SITE_COLUMNS = (
    "code",
    "name",
    "village",
    "block",
    "district_lgd",
    "state_lgd",
    "lat",
    "lon",
    "land_status",
    "collection_allowed",
    "remarks",
)
_PRECISION_METRES = 100  # what three decimals of a degree say at most
SITE_CODE = "[A-Z0-9][A-Z0-9-]{0,19}"


def site_from_row(row: Mapping[str, str]) -> Parsed[Site]:
    """Read a row of sites.csv; each problem names its column.

    Degrees have three decimals, about 100 m; both are given or neither. A column ``name_hi`` with
    the Hindi name may be missing.
    """
    cells = Cells(row)
    site = Site(
        code=cells.pattern("code", SITE_CODE, "S-334-01"),
        name=cells.text("name", 120, needed=True),
        village=cells.text("village", 80),
        block=cells.text("block", 80),
        district_lgd=cells.whole("district_lgd", 1, 999_999),
        state_lgd=cells.whole("state_lgd", 1, 999_999),
        lat_thousandths=cells.scaled_or_none("lat", 3, -90_000, 90_000),
        lon_thousandths=cells.scaled_or_none("lon", 3, -180_000, 180_000),
        land_status=cells.choice("land_status", LAND_STATUSES),
        collection_allowed=cells.yes("collection_allowed"),
        remarks=cells.text("remarks", 300),
        name_hi=cells.text("name_hi", 120),
        precision_metres=_PRECISION_METRES if cells.raw("lat") else None,
    )
    if (site.lat_thousandths is None) != (site.lon_thousandths is None):
        message = say("Latitude and longitude go together; give both or neither.")
        cells.refuse("lat", "position_half", message)
    return cells.finish(site)


def kept_facts(read: Site, recorded: Site) -> Site:
    """Return a site that a list gives with what only its page knows, as it is recorded."""
    same = (read.lat_thousandths, read.lon_thousandths) == (
        recorded.lat_thousandths,
        recorded.lon_thousandths,
    )
    return replace(
        read,
        name_hi=read.name_hi or recorded.name_hi,
        precision_metres=recorded.precision_metres if same else read.precision_metres,
        visited_on=recorded.visited_on,
        hazards=recorded.hazards,
    )
