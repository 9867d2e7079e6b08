"""Steps of a floor as a picture: in its frame, in order, with gaps where nothing held."""

import re
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coop.prices.rules import Step, step_chart

START = datetime(2026, 10, 1, tzinfo=UTC)


def day(count: int) -> datetime:
    return START + timedelta(days=count)


def test_nothing_to_draw() -> None:
    assert step_chart([], START) is None


def test_a_step_joins_the_one_before_and_a_gap_does_not() -> None:
    chart = step_chart(
        [Step(day(0), day(5), 1000), Step(day(5), day(8), 1200), Step(day(9), None, 400)], day(12)
    )
    assert chart is not None
    assert re.fullmatch(r"M\d+ \d+H\d+V\d+H\d+M\d+ \d+H\d+", chart.path)
    assert [level.paise for level in chart.levels] == [0, 300, 600, 900, 1200]


@given(
    st.lists(
        st.tuples(st.integers(1, 9), st.integers(0, 5), st.integers(1, 10**9)),
        min_size=1,
        max_size=6,
    ),
    st.integers(-50, 100),
)
def test_every_point_lies_in_the_frame(spans: list[tuple[int, int, int]], now: int) -> None:
    steps, at = [], 0
    for length, gap, paise in spans:
        steps.append(Step(day(at), day(at + length), paise))
        at += length + gap
    chart = step_chart(steps, day(now))
    assert chart is not None
    across = [int(x) for x in re.findall(r"[MH](-?\d+)", chart.path)]
    heights = [int(y) for y in re.findall(r"(?:M-?\d+ |V)(-?\d+)", chart.path)]
    assert across == sorted(across)
    assert all(chart.left <= x <= chart.right for x in [*across, chart.now_x])
    assert all(0 < y <= chart.bottom for y in heights)
