from datetime import date
from pathlib import Path

from coop.buyers.forms import BUYER_COLUMNS, buyer_from_row
from coop.buyers.rules import papers_of, standing_on
from coop.kernel.table_file import read_table

DAY = date(2026, 11, 1)


def test_every_buyer_of_the_sample_stands_where_it_should(sample: Path) -> None:
    rows = read_table(sample / "buyers.csv", BUYER_COLUMNS).rows
    truths = read_table(sample / "truth_buyers.csv", ("buyer_code", "code")).rows
    assert len(rows) == len(truths) == 16
    for row, truth in zip(rows, truths, strict=True):
        parsed = buyer_from_row(row, DAY)
        assert parsed.value is not None, truth
        assert parsed.value.buyer_code == truth["buyer_code"]
        found = standing_on(papers_of(parsed.value.dossier), DAY)
        assert found.standing.value == truth["expected_on_2026_11_01"], truth
        assert found.codes == ((truth["code"],) if truth["code"] else ()), truth
        assert tuple(problem.code for problem in parsed.problems) == found.codes
    print(f"buyers: {len(rows)} of {len(truths)} right")
