from pathlib import Path

from coop.cooperatives.forms import (
    CENTRE_COLUMNS,
    COOPERATIVE_COLUMNS,
    centre_from_row,
    cooperative_from_row,
)
from coop.cooperatives.rules import refusals_to_record_centre
from coop.kernel.table_file import read_table


def test_cooperatives_and_centres_of_the_sample_are_read(sample: Path) -> None:
    cooperatives = [
        cooperative_from_row(row).value
        for row in read_table(sample / "cooperatives.csv", COOPERATIVE_COLUMNS).rows
    ]
    codes = [one.code for one in cooperatives if one is not None]
    assert codes == ["KDM01", "GRD01"]
    centres = [
        centre_from_row(row).value
        for row in read_table(sample / "centres.csv", CENTRE_COLUMNS).rows
    ]
    assert len(centres) == 5
    for centre in centres:
        assert centre is not None
        assert len(centre.devices) == 2
        assert refusals_to_record_centre(centre, codes, ()) == ()
