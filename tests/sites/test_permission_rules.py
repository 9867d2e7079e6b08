"""Until when a permission clears a site, how the site stands, and where it stands on the map."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.sites.rules import (
    Site,
    SiteFacts,
    SitePermit,
    Spot,
    cleared_until,
    holding,
    refusals_to_clear_by_hand,
    refusals_to_permit,
    site_map,
    site_state,
)

TODAY = date(2026, 11, 24)
SITE = Site("S-334-01", "Dump", "Khairatand", "Domchanch", 334, 20, None, None, "GM", True, "")


def day(count: int) -> date:
    return TODAY + timedelta(days=count)


def permit(begins: int, ends: int | None, reference: str = "A") -> SitePermit:
    return SitePermit(
        "S-334-01", reference, "Forest office", day(begins), None if ends is None else day(ends)
    )


@pytest.mark.parametrize(
    ("permits", "until"),
    [
        ([], None),
        ([permit(-10, 5)], day(5)),
        ([permit(-10, 0)], TODAY),
        ([permit(-10, -1)], day(-1)),
        ([permit(-10, None)], None),
        ([permit(1, 9)], day(-1)),  # it begins tomorrow
        ([permit(-9, 5), permit(6, 20)], day(20)),  # without a gap
        ([permit(6, 20), permit(-9, 5)], day(20)),
        ([permit(-9, 5), permit(7, 20)], day(5)),  # a day between is a gap
        ([permit(-9, 20), permit(-5, 3)], day(20)),
    ],
)
def test_how_long_permissions_clear_a_site(permits: list[SitePermit], until: date | None) -> None:
    assert cleared_until(permits, TODAY) == until


spans = st.tuples(st.integers(-20, 20), st.none() | st.integers(0, 15))


@given(st.lists(spans, min_size=1, max_size=5))
def test_every_day_that_is_cleared_is_covered(found: list[tuple[int, int | None]]) -> None:
    permits = [permit(begins, None if n is None else begins + n) for begins, n in found]
    until = cleared_until(permits, TODAY)

    def covered(on: date) -> bool:
        return any(p.valid_from <= on and (p.valid_to is None or on <= p.valid_to) for p in permits)

    for count in range(60):
        on = day(count)
        if until is None or on <= until:
            assert covered(on)
    if until is not None:
        assert not covered(until + timedelta(days=1)) or until < TODAY
        assert covered(TODAY) == (until >= TODAY)


def test_the_last_row_of_a_reference_holds() -> None:
    first, other, again = permit(-9, 9), permit(0, 9, "B"), permit(-9, 2)
    assert holding([first, other, again]) == (again, other)


def test_a_permission_ends_after_it_begins() -> None:
    assert refusals_to_permit(permit(0, 0)) == ()
    assert [r.field for r in refusals_to_permit(permit(0, -1))] == ["valid_to"]


@pytest.mark.parametrize(
    ("site", "permits", "codes"),
    [
        (SITE, [], []),
        (SITE, [permit(-9, 9)], []),
        (SITE, [permit(-9, -1)], ["permission_ended"]),
        (replace(SITE, land_status="protected_forest"), [], ["forest_not_cleared"]),
        (replace(SITE, land_status="reserved_forest"), [permit(-9, 9)], []),
        (replace(SITE, land_status="reserved_forest"), [permit(-9, -1)], ["permission_ended"]),
        (replace(SITE, hazards=("shaft", "water")), [], ["hazard_bars"]),
        (replace(SITE, hazards=("water",)), [], []),
        (replace(SITE, hazards=("shaft",), collection_allowed=False), [permit(-9, -1)], []),
    ],
)
def test_what_is_not_cleared_by_hand(
    site: Site, permits: list[SitePermit], codes: list[str]
) -> None:
    found = refusals_to_clear_by_hand(site, permits, {"shaft"}, TODAY)
    assert [refusal.code for refusal in found] == codes


@pytest.mark.parametrize(
    ("allowed", "until", "land", "state"),
    [
        (True, None, "GM", "open"),
        (True, day(31), "GM", "open"),
        (True, day(30), "GM", "ending"),
        (True, day(0), "GM", "ending"),
        (True, day(-1), "GM", "ended"),
        (False, None, "GM", "closed"),
        (False, None, "unknown", "unknown"),
    ],
)
def test_how_a_site_stands(allowed: bool, until: date | None, land: str, state: str) -> None:
    assert site_state(SiteFacts(334, allowed, until), land, TODAY, 30) == state


def test_no_map_without_a_position() -> None:
    assert site_map([]) is None


places = st.tuples(st.integers(-90_000, 90_000), st.integers(-180_000, 180_000))


@given(st.lists(places, min_size=1, max_size=12))
def test_every_site_is_on_the_map(found: list[tuple[int, int]]) -> None:
    spots = [Spot(n, f"S{n}", "open", lat, lon) for n, (lat, lon) in enumerate(found)]
    drawn = site_map(spots)
    assert drawn is not None
    assert len(drawn.points) == len(spots)
    for point in drawn.points:
        assert 0 <= point.x <= drawn.width - drawn.size
        assert 0 <= point.y <= drawn.height - drawn.size


def test_a_position_on_the_map_is_rounded() -> None:
    near = site_map([Spot(1, "A", "open", 24_496, 85_703), Spot(2, "B", "open", 24_504, 85_697)])
    assert near is not None
    first, second = near.points
    assert (first.y, second.y - first.y) == (first.y, 0)
    assert second.x > first.x  # of one place: side by side
