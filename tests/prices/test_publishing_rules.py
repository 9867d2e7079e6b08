"""What a notice changes, and why one cannot be published."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coop.prices.rules import (
    BUYER,
    PICKER,
    Component,
    Consultation,
    Notice,
    NoticeLine,
    PricedLine,
    Standing,
    changes,
    content_digest,
    price_in_force,
    refusals_to_publish_notice,
)

START = datetime(2026, 10, 1, tzinfo=UTC)


def hour(count: float) -> datetime:
    return START + timedelta(hours=count)


def line(
    number: str,
    begins: float,
    ends: float | None = None,
    picker: int = 1000,
    *,
    published: float = -10,
    supersedes: str | None = None,
) -> NoticeLine:
    end = None if ends is None else hour(ends)
    return NoticeLine(
        number, hour(published), hour(begins), end, 334, 1, picker, 1200, 50, supersedes
    )


hours = st.integers(min_value=0, max_value=10)
numbers = st.sampled_from(["A", "B", "C", "D"])
lines = st.builds(
    line,
    numbers,
    hours,
    st.none() | hours,
    st.integers(min_value=900, max_value=1100),
    published=hours,
    supersedes=st.none() | numbers,
)


@given(st.lists(lines, max_size=5), lines)
@settings(max_examples=300)
def test_what_changes_is_told_for_every_instant(old: list[NoticeLine], new: NoticeLine) -> None:
    told = changes(old, (new,))
    for earlier, later in pairwise(told):
        assert earlier.ends is not None
        assert earlier.ends <= later.begins
    for half in range(-2, 24):
        at = hour(half / 2)
        before = price_in_force(old, 334, 1, at)
        after = price_in_force([*old, new], 334, 1, at)
        here = [c for c in told if c.begins <= at and (c.ends is None or at < c.ends)]
        if before == after:
            assert here == []
        else:
            assert [(c.before, c.after) for c in here] == [(before, after)]


@given(st.lists(lines, max_size=5), lines)
@settings(max_examples=300)
def test_a_notice_that_is_let_through_lowers_nothing_but_what_it_names(
    old: list[NoticeLine], new: NoticeLine
) -> None:
    new = replace(new, notice_no="NEW", supersedes=new.supersedes)
    found = {r.code for r in refusals_to_publish_notice(notice(new), standing(*old, past=True))}
    lowered = False
    for half in range(-2, 24):
        at = hour(half / 2)
        before = price_in_force(old, 334, 1, at)
        after = price_in_force([*old, new], 334, 1, at)
        if before and after == new and before.notice_no != new.supersedes:
            lowered |= new.picker_floor_paise_per_kg < before.picker_floor_paise_per_kg
    assert ("lower_without_revision" in found) == lowered


HEARD = Consultation(date(2026, 9, 12), "Domchanch", 3, 7, 1, 4, 4, 1, "Carrying is dear", "Raised")


def notice(*of: NoticeLine, **changed: object) -> Notice:
    made = Notice(
        "NEW", "Nodal agency (invented)", "", "letter 7", "", None, "too urgent", "not worked out",
        tuple(PricedLine(one) for one in of),
    )  # fmt: skip
    return replace(made, **changed)  # type: ignore[arg-type]  # a test may change what it likes


def standing(*of: NoticeLine, past: bool = False) -> Standing:
    return Standing(tuple(of), {1}, past)


def refused(one: Notice, stands: Standing | None = None) -> list[tuple[str, str | None]]:
    found = refusals_to_publish_notice(one, stands or standing())
    return [(refusal.code, refusal.field) for refusal in found]


def test_a_sound_notice_may_be_published() -> None:
    assert refused(notice(line("NEW", 0))) == []
    heard = notice(line("NEW", 0), consultation=HEARD, no_consultation_reason="")
    assert refused(heard) == []


def test_a_number_is_used_once() -> None:
    assert refused(notice(line("NEW", 0)), standing(line("NEW", 0)))[0] == ("duplicate", "number")


def test_a_notice_without_a_line_is_none() -> None:
    assert refused(notice()) == [("no_lines", "lines")]


def test_a_superseded_notice_must_be_there() -> None:
    revision = notice(line("NEW", 0, supersedes="A"))
    assert refused(revision) == [("unknown_superseded", "supersedes")]
    assert refused(revision, standing(line("A", 0))) == []


def test_a_floor_falls_by_a_revision_only() -> None:
    old = line("A", 0, picker=1000)
    lower = notice(line("NEW", 5, picker=900))
    assert refused(lower, standing(old)) == [("lower_without_revision", "picker-334-1")]
    named = notice(line("NEW", 5, picker=900, supersedes="A"))
    assert refused(named, standing(old)) == []
    # where the higher floor has ended by then, nothing is lowered
    assert refused(lower, standing(line("A", 0, 5, 1000))) == []
    # what holds later is another notice, which the revision does not name
    later = line("B", 7, picker=950)
    assert refused(named, standing(old, later)) == []  # B goes on holding from 7
    longer = notice(line("NEW", 8, picker=900, supersedes="A"))
    assert refused(longer, standing(old, later)) == [("lower_without_revision", "picker-334-1")]


def test_a_buyer_floor_falls_by_a_revision_only() -> None:
    lower = replace(line("NEW", 5), buyer_floor_paise_per_kg=1100)
    assert refused(notice(lower), standing(line("A", 0))) == [
        ("lower_without_revision", "buyer-334-1")
    ]


def test_times_are_refused_once_for_the_whole_notice() -> None:
    other = replace(line("NEW", 0, published=1), district_lgd=329)
    late = notice(line("NEW", 0, published=1), other)
    assert refused(late) == [("effective_before_published", "from_day")]
    assert refused(late, standing(past=True)) == []


@pytest.mark.parametrize(
    ("parts", "reason", "expected"),
    [
        ((), "not worked out", []),
        ((), "", [("parts_missing", "no_components_reason")]),
        (((PICKER, 600), (PICKER, 400)), "left out for buyers", []),
        (((PICKER, 600), (PICKER, 399)), "x", [("parts_differ", "parts-334-1")]),
        (((BUYER, 1000), (BUYER, 201)), "x", [("parts_differ", "buyer_parts-334-1")]),
        (((PICKER, 1000), (BUYER, 1200)), "", []),
        (((PICKER, 1000),), "", [("parts_missing", "no_components_reason")]),
    ],
)
def test_parts_come_to_the_floor_or_are_left_out_for_a_reason(
    parts: tuple[tuple[str, int], ...], reason: str, expected: list[tuple[str, str]]
) -> None:
    components = tuple(Component(floor, "part", paise) for floor, paise in parts)
    one = notice(lines=(PricedLine(line("NEW", 0), components),), no_components_reason=reason)
    assert refused(one) == expected


@pytest.mark.parametrize(
    ("heard", "reason", "expected"),
    [
        (None, "", [("consultation_missing", "consulted")]),
        (HEARD, "why", [("consultation_and_reason", "no_consultation_reason")]),
        (replace(HEARD, men=0, women=0), "", [("nobody_heard", "men")]),
        (replace(HEARD, men=4), "", [("ages_differ", "under_18")]),
        (replace(HEARD, held_on=date(2026, 10, 30)), "", [("consultation_ahead", "held_on")]),
    ],
)
def test_people_were_heard_or_the_notice_says_why_not(
    heard: Consultation | None, reason: str, expected: list[tuple[str, str]]
) -> None:
    one = notice(line("NEW", 0), consultation=heard, no_consultation_reason=reason)
    assert refused(one) == expected


def test_the_digest_is_of_what_was_typed_not_of_when() -> None:
    one, later = notice(line("NEW", 0)), notice(line("NEW", 0, published=-1))
    assert content_digest(one) == content_digest(later)
    assert content_digest(one) != content_digest(notice(line("NEW", 0, picker=1001)))
    assert content_digest(one) != content_digest(replace(one, reference="letter 8"))
