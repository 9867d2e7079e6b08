"""Tables on paper: a number is never torn over two lines, whatever stands beside it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from coop.kernel.i18n import rupees
from coop.kernel.paper.line import run_of
from coop.kernel.paper.pages import legible
from coop.kernel.paper.widths import PAD, TableColumn, fitting

COLUMNS = (
    TableColumn("Day", 17), TableColumn("What", 29), TableColumn("Weight", 16, "right"),
    TableColumn("Earned", 18, "right"), TableColumn("Balance", 19, "right", bold=True),
)  # fmt: skip
_PAISE = st.integers(-(10**12), 10**12)


def _room(words: str, size: int, *, bold: bool = False) -> float:
    return run_of(legible(words), size, bold=bold).width + 2 * PAD


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_PAISE, _PAISE), min_size=1, max_size=4), st.integers(360, 540))
def test_no_number_is_torn(sums: list[tuple[int, int]], width: int) -> None:
    rows = [
        ("24-11-2026", "Weighing, KDM01-26-S01187", "1,279.000", rupees(a), rupees(b))
        for a, b in sums
    ]
    widths, size = fitting(COLUMNS, rows, (), width, 8, legible)
    assert sum(widths) == width
    assert 6 <= size <= 8
    for row in rows:
        for place in (2, 3, 4):
            assert _room(row[place], size, bold=place == 4) <= widths[place], row[place]
        assert _room(row[0], size) <= widths[0]


def test_shares_hold_where_there_is_room() -> None:
    rows = [("1", "a", "2", "3", "4")]
    assert fitting(COLUMNS, rows, (), 990, 9, legible) == ([170, 290, 160, 180, 190], 9)
