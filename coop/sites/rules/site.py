"""Where dhibra may be collected. Pure."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from coop.kernel.refusal import Refusal
from coop.kernel.words import say

LAND_STATUSES = ("raiyati", "GM", "protected_forest", "reserved_forest", "sanctuary", "unknown")


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What a weighing needs to know of a site: its district (LGD) and whether it is cleared.

    ``cleared_until``: the last day that its permission covers; None where no end is known.
    """

    district_lgd: int
    collection_allowed: bool
    cleared_until: date | None = None

    def cleared_on(self, day: date) -> bool:
        """Tell whether collection is allowed on a day in India."""
        return self.collection_allowed and (self.cleared_until is None or day <= self.cleared_until)


@dataclass(frozen=True, slots=True)
class Site:
    """A dump or heap. Latitude and longitude are thousandths of a degree, None if not taken.

    ``precision_metres``: how far off the position may be. ``visited_on``: the last visit's day.
    ``hazards``: codes of the dangers seen there, in order.
    """

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
    name_hi: str = ""
    precision_metres: int | None = None
    visited_on: date | None = None
    hazards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hazard:
    """A danger of the list; ``bars_collection``: no site that has it is cleared."""

    code: str
    name_hi: str
    name_en: str
    bars_collection: bool


@dataclass(frozen=True, slots=True)
class SitePermit:
    """A paper that allows collection, from a day to a day (None: it names no end)."""

    site_code: str
    reference: str
    issued_by: str
    valid_from: date
    valid_to: date | None


def refusals_to_collect(site: SiteFacts | None, day: date) -> tuple[Refusal, ...]:
    """Return why nothing of this site is bought on a day; None is a site that is not in the list.

    Collection is allowed only where the list says so: no site is cleared by silence.
    """
    if site is None:
        message = say("This site is not in the list; check the site code.")
        return (Refusal("unknown_site", message, "site_code"),)
    if not site.collection_allowed:
        message = say("Collection is not allowed at this site; nothing from it is bought.")
        return (Refusal("site_not_allowed", message, "site_code"),)
    if site.cleared_until is not None and day > site.cleared_until:
        message = say(
            "The site's permission ended on %(day)s; nothing from it is bought.",
            day=site.cleared_until.strftime("%d-%m-%Y"),
        )
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


_FOREST = ("protected_forest", "reserved_forest")


def refusals_to_clear_by_hand(
    site: Site, permits: Sequence[SitePermit], barring: Collection[str], today: date
) -> tuple[Refusal, ...]:
    """Return why somebody cannot write yes for a site on its page, besides ``refusals_to_record``.

    Forest is cleared by a permission only (Forest (Conservation) Act 1980). A permission that
    ended clears nothing. ``barring``: hazards that bar collection.
    """
    return tuple(_by_hand(site, permits, barring, today)) if site.collection_allowed else ()


def _by_hand(
    site: Site, permits: Sequence[SitePermit], barring: Collection[str], today: date
) -> Iterator[Refusal]:
    end = cleared_until(permits, today)
    field = "collection_allowed"
    if site.land_status in _FOREST and not permits:
        message = say("Forest needs a permission; record it first, or write no.")
        yield Refusal("forest_not_cleared", message, field)
    elif end is not None and end < today:
        message = say("No permission covers today; record a new one, or write no.")
        yield Refusal("permission_ended", message, field)
    if set(site.hazards) & set(barring):
        message = say("Nothing is collected at a shaft or tunnel; write no.")
        yield Refusal("hazard_bars", message, field)


def holding(permits: Sequence[SitePermit]) -> tuple[SitePermit, ...]:
    """Of permits in the order of recording the last of each reference; it corrects the earlier."""
    return tuple({permit.reference: permit for permit in permits}.values())


def cleared_until(permits: Sequence[SitePermit], today: date) -> date | None:
    """Return the last day covered without a gap from today on; None: no end is known.

    Without any permit no end is known. Where permits stand but none covers today, it is a day
    before today. Permits are those that hold.
    """
    if not permits:
        return None
    end = date.fromordinal(today.toordinal() - 1)
    for permit in sorted(permits, key=lambda one: one.valid_from):
        if permit.valid_from.toordinal() <= end.toordinal() + 1:
            if permit.valid_to is None:
                return None
            end = max(end, permit.valid_to)
    return end


def refusals_to_permit(permit: SitePermit) -> tuple[Refusal, ...]:
    """Return why a permission cannot be recorded."""
    if permit.valid_to is not None and permit.valid_to < permit.valid_from:
        message = say("It ends before it begins; correct one of the two days.")
        return (Refusal("ends_before_it_begins", message, "valid_to"),)
    return ()


OPEN, ENDING, ENDED, CLOSED, UNKNOWN = "open", "ending", "ended", "closed", "unknown"


def site_state(facts: SiteFacts, land_status: str, today: date, warn_days: int) -> str:
    """Say how a site stands: open, ending (within ``warn_days``), ended, closed, or land unknown."""
    if not facts.collection_allowed:
        return UNKNOWN if land_status == "unknown" else CLOSED
    if facts.cleared_until is None:
        return OPEN
    left = facts.cleared_until.toordinal() - today.toordinal()
    return ENDED if left < 0 else ENDING if left <= warn_days else OPEN
