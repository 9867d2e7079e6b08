"""Sites for pages, imports and rules; what verify asks of them."""

from coop.sites.queries.recorded import (
    PAGE,
    ListedSite,
    Policy,
    SiteVersion,
    hazards,
    listed_sites,
    permits_of,
    policy_on,
    site_of,
    sites,
    versions,
)

__all__ = [
    "PAGE",
    "ListedSite",
    "Policy",
    "SiteVersion",
    "hazards",
    "listed_sites",
    "permits_of",
    "policy_on",
    "site_of",
    "sites",
    "versions",
]
