from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coop.prices.rules import (
    NoticeLine,
    is_for_a_past_time,
    periods_in_force,
    price_in_force,
    refusals_to_publish,
)

START = datetime(2026, 10, 1, tzinfo=UTC)


def hour(count: float) -> datetime:
    return START + timedelta(hours=count)


def line(
    notice: str,
    begins: float,
    ends: float | None = None,
    *,
    published: float = -10,
    supersedes: str | None = None,
) -> NoticeLine:
    end = None if ends is None else hour(ends)
    return NoticeLine(
        notice, hour(published), hour(begins), end, 334, 1, 1000, 1200, 50, supersedes
    )


def holds(lines: list[NoticeLine], at: float) -> str | None:
    found = price_in_force(lines, 334, 1, hour(at))
    return found.notice_no if found else None


def test_a_notice_holds_from_its_first_instant_up_to_but_not_its_last() -> None:
    lines = [line("A", 5, 10)]
    assert [holds(lines, at) for at in (4.999, 5, 9.999, 10)] == [None, "A", "A", None]


def test_of_overlapping_notices_the_later_beginning_holds_and_the_earlier_comes_back() -> None:
    lines = [line("A", 0), line("B", 5, 10)]
    assert [holds(lines, at) for at in (0, 5, 9.999, 10)] == ["A", "B", "B", "A"]


def test_a_superseded_notice_does_not_come_back_when_its_successor_ends() -> None:
    lines = [line("A", 0), line("A-R1", 5, 10, supersedes="A")]
    assert [holds(lines, at) for at in (4.999, 5, 10, 99)] == ["A", "A-R1", None, None]


def test_a_revision_may_lower_a_notice_that_begins_with_it() -> None:
    lines = [line("A", 0), line("A-R1", 0, supersedes="A")]
    assert holds(lines, 0) == "A-R1"


def test_a_revision_that_never_was_in_force_drops_nothing() -> None:
    lines = [line("A", 0), line("A-R1", 2, 5, published=6, supersedes="A")]
    assert [holds(lines, at) for at in (3, 7)] == ["A", "A"]


def test_a_notice_published_late_holds_from_publication_only() -> None:
    lines = [line("A", 0), line("B", 2, published=6)]
    assert is_for_a_past_time(lines[1])
    assert [holds(lines, at) for at in (2, 5.999, 6)] == ["A", "A", "B"]


def test_other_districts_and_grades_do_not_count() -> None:
    lines = [
        line("A", 0),
        replace(line("B", 1), district_lgd=329),
        replace(line("C", 1), grade_code=2),
    ]
    assert holds(lines, 2) == "A"


def test_periods_are_merged_and_leave_gaps() -> None:
    lines = [line("A", 0, 4), line("unseen", 1, 2, published=3), line("B", 6)]
    found = [(p.begins, p.ends, p.line.notice_no) for p in periods_in_force(lines)]
    assert found == [(hour(0), hour(4), "A"), (hour(6), None, "B")]


def test_periods_are_of_one_district_and_grade() -> None:
    with pytest.raises(ValueError, match="one district"):
        periods_in_force([line("A", 0), replace(line("B", 0), grade_code=2)])


hours = st.integers(min_value=0, max_value=12)
numbers = st.sampled_from(["A", "B", "C", "D", "E"])
some_lines = st.lists(
    st.builds(
        line,
        numbers,
        hours,
        st.none() | hours,
        published=hours,
        supersedes=st.none() | numbers,
    ),
    max_size=6,
)


@given(some_lines)
@settings(max_examples=400)
def test_periods_agree_with_the_price_in_force_at_every_instant(lines: list[NoticeLine]) -> None:
    periods = periods_in_force(lines)
    for earlier, later in pairwise(periods):
        assert earlier.ends is not None
        assert earlier.ends <= later.begins
    for half in range(-2, 28):
        at = hour(half / 2)
        of_periods = [p.line for p in periods if p.begins <= at and (p.ends is None or at < p.ends)]
        in_force = price_in_force(lines, 334, 1, at)
        assert of_periods == ([] if in_force is None else [in_force])


def codes(one: NoticeLine, *, known: bool = True, past: bool = False) -> list[str]:
    return [r.code for r in refusals_to_publish(one, grade_known=known, may_publish_for_past=past)]


def test_a_sound_line_may_be_published() -> None:
    assert codes(line("A", 0)) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"picker_floor_paise_per_kg": -1}, ["negative"]),
        ({"picker_floor_paise_per_kg": 0}, ["floor_zero"]),
        ({"premium_paise_per_kg": -1}, ["negative"]),
        ({"buyer_floor_paise_per_kg": 999}, ["buyer_floor_below_picker_floor"]),
        ({"buyer_floor_paise_per_kg": 1000}, []),
        ({"effective_to": hour(0)}, ["ends_before_it_begins"]),
        ({"supersedes": "A"}, ["supersedes_itself"]),
    ],
)
def test_what_is_wrong_with_a_line_is_said(changes: dict[str, object], expected: list[str]) -> None:
    assert codes(replace(line("A", 0), **changes)) == expected  # type: ignore[arg-type]


def test_only_the_administrator_publishes_for_a_past_time() -> None:
    late = line("A", 0, published=1)
    assert codes(late) == ["effective_before_published"]
    assert codes(late, past=True) == []
    assert codes(line("A", 0, 1, published=1), past=True) == ["never_in_force"]


def test_a_grade_must_be_listed() -> None:
    assert codes(line("A", 0), known=False) == ["unknown_grade"]
