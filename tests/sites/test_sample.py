from pathlib import Path

from coop.kernel.table_file import read_table
from coop.sites.forms import SITE_COLUMNS, site_from_row
from coop.sites.rules import refusals_to_record


def test_every_site_of_the_sample_is_read(sample: Path) -> None:
    rows = read_table(sample / "sites.csv", SITE_COLUMNS).rows
    parsed = [site_from_row(row) for row in rows]
    assert [one.problems for one in parsed if one.problems] == []
    sites = [one.value for one in parsed if one.value is not None]
    assert len(sites) == 17
    assert sum(site.collection_allowed for site in sites) == 10
    assert [site.code for site in sites if site.lat_thousandths is None] == ["S-334-05"]
    assert not any(refusals_to_record(site, 20) for site in sites)
