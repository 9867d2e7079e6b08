"""What is published of children leads back to none: rounding, totals, and a thousand difference attacks."""

import random
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.kernel.rounding import Draw, Span, is_safe, narrowed, rounded, span_of
from coop.reports.rules.children import (
    ChildSeen,
    Grouping,
    Measure,
    Published,
    group_of,
    measures_of,
    published,
)
from coop.schooling.rules.status import Status

ON = date(2026, 9, 30)
DRAWS = st.builds(Draw, st.integers(0, 4), st.integers(0, 3))


def chance(seed: int) -> Callable[[], Draw]:
    drawn = random.Random(seed)
    return lambda: Draw(drawn.randrange(5), drawn.randrange(4))


@given(st.integers(0, 5_000), DRAWS)
def test_the_true_count_is_always_possible(count: int, draw: Draw) -> None:
    shown = rounded(count, draw)
    assert shown is None or (shown % 5 == 0 and abs(shown - count) < 5)
    span = span_of(shown)
    assert span.least <= count <= span.most


@given(st.integers(0, 4), DRAWS)
def test_fewer_than_five_are_never_shown(count: int, draw: Draw) -> None:
    assert rounded(count, draw) is None


def test_the_mean_is_kept() -> None:
    drawn = chance(3)
    for count in (11, 14, 23, 40):
        shown = [rounded(count, drawn()) for _ in range(20_000)]
        assert abs(sum(one or 0 for one in shown) / 20_000 - count) < 0.1


@given(st.integers(0, 500))
def test_one_child_more_never_shows_for_certain(count: int) -> None:
    """Whatever is shown before may be shown after, or leaves both answers open."""
    for before in {rounded(count, Draw(up, down)) for up in range(5) for down in range(4)}:
        for after in {rounded(count + 1, Draw(up, down)) for up in range(5) for down in range(4)}:
            one, two = span_of(before), span_of(after)
            assert two.least - one.most <= 0 < 1 <= two.most - one.least


def test_a_total_that_tells_is_seen() -> None:
    assert list(narrowed(15, [15, None])) == []
    assert list(narrowed(40, [5, 5, 5, None])) != []
    assert not is_safe(40, {"village": [5, 5, 5, None]})
    assert is_safe(None, {"village": [None, None]})


def _town(drawn: random.Random) -> list[ChildSeen]:
    villages = [f"V{no}" for no in range(drawn.randint(2, 9))]
    return [
        ChildSeen(
            drawn.choice(list(Status)),
            frozenset(drawn.sample(list(Status), drawn.choice((0, 0, 1)))),
            drawn.choice(villages),
            drawn.choice("FM"),
            date(drawn.randint(2009, 2020), 5, 5) if drawn.random() < 0.9 else None,
            drawn.choice(("ST", "SC", "OBC", "GEN", "")),
            drawn.choice((None, 0, 0, 0, 45)),
        )
        for _ in range(drawn.choice((3, 12, 40, 150)))
    ]


def _true(town: list[ChildSeen]) -> dict[tuple[Grouping, str, Measure], int]:
    counts: dict[tuple[Grouping, str, Measure], int] = {}
    for child in town:
        for measure in measures_of(child):
            for grouping in Grouping:
                key = (grouping, group_of(child, grouping, ON, 40), measure)
                counts[key] = counts.get(key, 0) + 1
    return counts


def _spans(shown: Published) -> dict[object, Span]:
    """What an attacker knows who adds and subtracts every line until nothing more follows."""
    spans: dict[object, Span] = {key: span_of(part) for key, part in shown.cells.items()}
    spans |= {
        measure: span_of(shown.totals[measure]) if measure in shown.totals else Span(0, 10**6)
        for measure in Measure
    }
    lines = _lines(shown)
    groups = [None, *dict.fromkeys((grouping, name) for grouping, name, _ in shown.cells)]
    before: dict[object, Span] = {}
    while before != spans:
        before = dict(spans)
        for whole, parts in lines:
            _subtract(spans, whole, parts)
        for of in groups:
            _nested(spans, of)
    return spans


def _lines(shown: Published) -> list[tuple[Measure, list[object]]]:
    """Every total with the parts that make it up."""
    lines: dict[tuple[Grouping, Measure], list[object]] = {}
    for key in shown.cells:
        lines.setdefault((key[0], key[2]), []).append(key)
    return [(measure, parts) for (_, measure), parts in lines.items()]


def _tighten(spans: dict[object, Span], key: object, least: int, most: int) -> None:
    known = spans[key]
    if least > known.least or most < known.most:
        spans[key] = Span(max(known.least, least), min(known.most, most))


def _subtract(spans: dict[object, Span], whole: object, parts: list[object]) -> None:
    least, most = sum(spans[one].least for one in parts), sum(spans[one].most for one in parts)
    for part in parts:
        known = spans[part]
        others_least, others_most = least - known.least, most - known.most
        of = spans[whole]
        _tighten(spans, part, of.least - others_most, of.most - others_least)
        least, most = others_least + spans[part].least, others_most + spans[part].most
    _tighten(spans, whole, least, most)


def _nested(spans: dict[object, Span], of: tuple[Grouping, str] | None) -> None:
    """Back is within attending, attending within enrolled, enrolled and at risk within reached."""
    for inner, outer in (
        (Measure.BACK, Measure.ATTENDING),
        (Measure.ATTENDING, Measure.ENROLLED),
        (Measure.ENROLLED, Measure.REACHED),
        (Measure.AT_RISK, Measure.REACHED),
    ):
        a: object = inner if of is None else (*of, inner)
        b: object = outer if of is None else (*of, outer)
        if a in spans and b in spans:
            _tighten(spans, a, 0, spans[b].most)
            _tighten(spans, b, spans[a].least, spans[b].most)


@pytest.mark.parametrize("seed", range(10))
def test_a_thousand_difference_attacks_recover_nothing(seed: int) -> None:
    """A hundred towns a seed: lines subtracted from totals, subsets from sets, again and again."""
    drawn = random.Random(seed)
    for _ in range(100):
        town = _town(drawn)
        shown = published(town, ON, 40, chance(drawn.randrange(10**9)))
        true, spans = _true(town), _spans(shown)
        for key, part in shown.cells.items():
            count, span = true.get(key, 0), spans[key]
            assert span.least <= count <= span.most
            if count < 5:
                assert part is None
            assert span.least < span.most, (key, count)


@pytest.mark.parametrize("seed", range(10))
def test_a_child_that_joins_between_two_quarters_is_not_told(seed: int) -> None:
    """An attacker knows who came: the two reports leave open in which counts the child stands."""
    drawn = random.Random(1_000 + seed)
    for _ in range(100):
        town = _town(drawn)
        newcomer = _town(drawn)[0]
        first = published(town, ON, 40, chance(drawn.randrange(10**9)))
        second = published([*town, newcomer], ON, 40, chance(drawn.randrange(10**9)))
        before, after = _spans(first), _spans(second)
        for key in set(first.cells) & set(second.cells):
            least = after[key].least - before[key].most
            most = after[key].most - before[key].least
            assert least <= 0 < 1 <= most, key
