"""A draw that anybody repeats, signs of health from counts, and a picture in whole numbers."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from coop.reports.rules.health import Counts, signs, worst
from coop.reports.rules.price_chart import HEIGHT, WIDTH, Week, price_chart
from coop.reports.rules.sample import SAMPLE_SIZE, drawn, place_in_draw

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
GOOD = Counts(0, 0, 0, 0, None, 0, 0, 0, 0, 0, 0, 100, None, 30)
NUMBERS = some.lists(some.text("0123456789AK-", min_size=1, max_size=12), max_size=80)


@given(NUMBERS, some.text(max_size=12), some.randoms(use_true_random=False))
def test_a_draw_is_the_same_whatever_the_order(
    numbers: list[str], seed: str, chance: object
) -> None:
    first = drawn(seed, numbers)
    chance.shuffle(numbers)  # type: ignore[attr-defined]  # hypothesis's Random
    assert drawn(seed, numbers) == first
    assert len(first) == min(SAMPLE_SIZE, len(set(numbers)))
    left_out = set(numbers) - set(first)
    assert all(place_in_draw(seed, one) >= place_in_draw(seed, first[-1]) for one in left_out)


def test_another_seed_draws_others() -> None:
    numbers = [f"KDM01-26-S{no:05d}" for no in range(1, 1001)]
    one, two = set(drawn("a", numbers)), set(drawn("b", numbers))
    assert one != two
    assert len(one) == len(two) == 30


def test_what_is_wrong_is_seen() -> None:
    assert worst(signs(GOOD, NOW)) == "ok"
    for changed in (
        {"out_of_balance_paise": 1},
        {"missing_journals": 1},
        {"missing_receipts": 2},
        {"below_floor": 1},
        {"cash_paise": -1},
        {"waiting_for_log": 1, "oldest_waiting": NOW - timedelta(hours=2)},
    ):
        assert worst(signs(replace(GOOD, **changed), NOW)) == "bad", changed
    for changed in (
        {"far_above_floor": 1},
        {"taken_back": 1},
        {"asked": 1},
        {"late_entries": 1},
        {"waiting_for_log": 1, "oldest_waiting": NOW},
    ):
        assert worst(signs(replace(GOOD, **changed), NOW)) == "wait", changed


WEEKS = some.lists(
    some.builds(
        Week,
        some.just(date(2026, 9, 7)),
        some.integers(1, 10**7),
        some.integers(1, 10**7),
        some.integers(1, 10**7),
        some.integers(1, 100),
    ),
    min_size=1,
    max_size=14,
)


@given(WEEKS)
def test_everything_is_drawn_within_the_picture(weeks: list[Week]) -> None:
    chart = price_chart(weeks)
    assert chart is not None
    assert len(chart.dots) == len(weeks)
    for dot in chart.dots:
        assert chart.left <= dot.x <= WIDTH
        assert 0 <= dot.paid_y <= chart.bottom <= HEIGHT
        above = dot.week.mean_paise > dot.week.floor_paise
        assert not above or dot.paid_y <= dot.floor_y


def test_nothing_weighed_is_no_picture() -> None:
    assert price_chart([]) is None
