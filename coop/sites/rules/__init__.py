"""Sites, their permissions and hazards, and the map of them."""

from coop.sites.rules.map import SiteMap, Spot, site_map
from coop.sites.rules.site import (
    LAND_STATUSES,
    Hazard,
    Site,
    SiteFacts,
    SitePermit,
    cleared_until,
    holding,
    refusals_to_clear_by_hand,
    refusals_to_collect,
    refusals_to_permit,
    refusals_to_record,
    site_state,
)

__all__ = [
    "LAND_STATUSES",
    "Hazard",
    "Site",
    "SiteFacts",
    "SiteMap",
    "SitePermit",
    "Spot",
    "cleared_until",
    "holding",
    "refusals_to_clear_by_hand",
    "refusals_to_collect",
    "refusals_to_permit",
    "refusals_to_record",
    "site_map",
    "site_state",
]
