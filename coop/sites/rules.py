"""Where dhibra may be collected. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from coop.kernel.refusal import Refusal
from coop.kernel.words import say

LAND_STATUSES = ("raiyati", "GM", "protected_forest", "reserved_forest", "sanctuary", "unknown")


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What a weighing needs to know of a site: its district (LGD) and whether it is cleared."""

    district_lgd: int
    collection_allowed: bool


@dataclass(frozen=True, slots=True)
class Site:
    """A dump or heap. Latitude and longitude are thousandths of a degree, None if not taken."""

    code: str
    name: str
    village: str
    block: str
    district_lgd: int
    state_lgd: int
    lat_thousandths: int | None
    lon_thousandths: int | None
    land_status: str
    collection_allowed: bool
    remarks: str


def refusals_to_collect(site: SiteFacts | None) -> tuple[Refusal, ...]:
    """Return why nothing of this site is bought; None is a site that is not in the list.

    Collection is allowed only where the list says so: no site is cleared by silence.
    """
    if site is None:
        message = say("This site is not in the list; check the site code.")
        return (Refusal("unknown_site", message, "site_code"),)
    if not site.collection_allowed:
        message = say("Collection is not allowed at this site; nothing from it is bought.")
        return (Refusal("site_not_allowed", message, "site_code"),)
    return ()


def refusals_to_record(site: Site, own_state_lgd: int) -> tuple[Refusal, ...]:
    """Return why a site cannot be recorded as cleared.

    Sanctuary (Wild Life Act 1972), land of unknown status and other States are never cleared.
    """
    return tuple(_refusals_to_clear(site, own_state_lgd)) if site.collection_allowed else ()


def _refusals_to_clear(site: Site, own_state_lgd: int) -> Iterator[Refusal]:
    if site.land_status == "sanctuary":
        message = say("Inside a sanctuary nothing may be collected; write no.")
        yield Refusal("sanctuary_not_allowed", message, "collection_allowed")
    if site.land_status == "unknown":
        message = say("The land status is unknown; write no until it is settled.")
        yield Refusal("land_unknown", message, "land_status")
    if site.state_lgd != own_state_lgd:
        message = say("This site lies in another State; write no.")
        yield Refusal("other_state", message, "state_lgd")
