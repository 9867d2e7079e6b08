from dataclasses import replace
from datetime import date

import pytest

from coop.sites.rules import Site, SiteFacts, refusals_to_collect, refusals_to_record

SITE = Site("S-334-01", "Dump", "Khairatand", "Domchanch", 334, 20, None, None, "GM", True, "")


@pytest.mark.parametrize(
    ("site", "codes"),
    [
        (SiteFacts(334, True), []),
        (SiteFacts(334, False), ["site_not_allowed"]),
        (SiteFacts(334, True, date(2026, 11, 24)), []),
        (SiteFacts(334, True, date(2026, 11, 23)), ["site_not_allowed"]),
        (SiteFacts(334, False, date(2026, 11, 23)), ["site_not_allowed"]),
        (None, ["unknown_site"]),
    ],
)
def test_only_a_listed_and_cleared_site_is_collected_from(
    site: SiteFacts | None, codes: list[str]
) -> None:
    refusals = refusals_to_collect(site, date(2026, 11, 24))
    assert [refusal.code for refusal in refusals] == codes
    assert {refusal.field for refusal in refusals} <= {"site_code"}


@pytest.mark.parametrize(
    ("site", "codes"),
    [
        (SITE, []),
        (replace(SITE, land_status="protected_forest"), []),
        (replace(SITE, land_status="sanctuary"), ["sanctuary_not_allowed"]),
        (replace(SITE, land_status="unknown"), ["land_unknown"]),
        (replace(SITE, state_lgd=10), ["other_state"]),
        (replace(SITE, state_lgd=10, land_status="sanctuary", collection_allowed=False), []),
    ],
)
def test_what_is_never_cleared_cannot_be_recorded_as_cleared(site: Site, codes: list[str]) -> None:
    assert [refusal.code for refusal in refusals_to_record(site, 20)] == codes
