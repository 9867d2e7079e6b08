"""Rows of sites.csv as values."""

from collections.abc import Mapping

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
SITE_CODE = "[A-Z0-9][A-Z0-9-]{0,19}"


def site_from_row(row: Mapping[str, str]) -> Parsed[Site]:
    """Read a row of sites.csv; each problem names its column.

    Degrees have three decimals, about 100 m; both are given or neither.
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
    )
    if (site.lat_thousandths is None) != (site.lon_thousandths is None):
        message = say("Latitude and longitude go together; give both or neither.")
        cells.refuse("lat", "position_half", message)
    return cells.finish(site)
