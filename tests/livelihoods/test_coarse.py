"""A thousand attacks over time: between two days one household joins, and who subtracts learns no amount and no count."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as some

from coop.kernel.rounding import coarse, coarse_money, step_of
from coop.livelihoods.rules.groups import bands, villages

NEED = 2_000_000


def chance(seed: int) -> Callable[[str], int]:
    """The same number for the same text, as the server's key gives it; unknown to who attacks."""
    return lambda text: random.Random(f"{seed}/{text}").randrange(2**32)


def _amounts(drawn: random.Random, most: int) -> list[int]:
    return [drawn.randrange(20_000, most) for _ in range(drawn.randrange(5, 40))]


def test_a_thousand_differences_of_money_tell_no_household_s_amount() -> None:
    """Sums of benefits by village: the difference of two days is the newcomer's amount no longer."""
    hit = 0
    for seed in range(1000):
        drawn = random.Random(seed)
        before = _amounts(drawn, drawn.choice((100_000, 1_500_000, 12_000_000)))
        joins = drawn.choice(before) + drawn.randrange(1, 99)
        shown = [coarse_money(sum(x), max(x)) for x in (before, [*before, joins])]
        hit += abs(shown[1] - shown[0] - joins) * 20 <= joins  # within a twentieth
    assert hit < 100


def test_a_thousand_differences_of_averages_tell_no_household_s_income() -> None:
    """Average and count of a village on two days: (n + 1) * second - n * first was its income."""
    hit = 0
    for seed in range(1000):
        drawn, secret = random.Random(seed), chance(seed)
        before = _amounts(drawn, 1_500_000)
        joins = drawn.randrange(20_000, 1_500_000)
        [first] = villages({"v": before}, 5, secret)
        [second] = villages({"v": [*before, joins]}, 5, secret)
        assert first.households is not None
        assert first.paise is not None
        assert second.paise is not None
        for n in (first.households, len(before)):  # even who knows the true count by other ways
            guess = (n + 1) * second.paise - n * first.paise
            hit += abs(guess - joins) * 20 <= joins
    assert hit < 200


def test_a_thousand_differences_of_counts_leave_more_than_two_counts_open() -> None:
    """Bands of income: which count stands behind two days' numbers is not worked out."""
    for seed in range(1000):
        drawn, secret = random.Random(seed), chance(seed)
        count = drawn.randrange(5, 60)
        shown = tuple(bands([1_000] * n, NEED, 5, secret)[0].households for n in (count, count + 1))
        assert shown[0] is not None
        assert shown[1] is not None
        ways = {
            n
            for n in range(5, 70)
            for a, b in [(_ways(n), _ways(n + 1))]
            if shown[0] in a and shown[1] in b
        }
        assert len(ways) > 2, (count, shown)
        assert count in ways


def _ways(count: int) -> set[int]:
    return {coarse(count, "x", lambda _, n=n: n) for n in range(5)}  # type: ignore[misc]  # a count as it was


@given(some.integers(5, 10_000), some.integers(0, 2**32))
def test_a_count_is_told_within_five_and_the_same_each_time(count: int, seed: int) -> None:
    told = coarse(count, "a", chance(seed))
    assert told % 5 == 0
    assert told >= 5
    assert abs(told - count) < 5
    assert told == coarse(count, "a", chance(seed))


@given(some.lists(some.integers(1, 10**8), min_size=5, max_size=40))
def test_money_is_told_in_steps_no_smaller_than_the_largest_household_s(amounts: list[int]) -> None:
    step = step_of(max(amounts))
    told = coarse_money(sum(amounts), max(amounts))
    assert step >= max(amounts)
    assert told % step == 0
    assert told > 0
    assert abs(told - sum(amounts)) <= step


@pytest.mark.parametrize(("largest", "step"), [(1, 1), (3, 5), (20, 20), (21, 50), (999_999, 1_000_000)])  # fmt: skip
def test_steps_are_round(largest: int, step: int) -> None:
    assert step_of(largest) == step
