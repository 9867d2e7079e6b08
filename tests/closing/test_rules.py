"""What a count comes to, what speaks against it, what its difference posts: for any numbers."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coop.closing.forms import read_count
from coop.closing.rules import (
    CountFacts,
    Pieces,
    counted_paise,
    difference_lines,
    refusals_to_close,
    refusals_to_count,
)
from coop.ledger.rules import Account

TODAY = date(2026, 11, 24)
paise = st.integers(min_value=-(10**12), max_value=10**12)


@given(paise)
def test_a_difference_sums_to_zero_and_moves_the_box_by_itself(difference: int) -> None:
    lines = difference_lines(difference)
    assert sum(line.paise for line in lines) == 0
    assert sum(line.paise for line in lines if line.account is Account.CASH) == difference
    assert (len(lines) == 0) == (difference == 0)
    assert not lines or lines[0].paise > 0, "debit first"


@given(st.integers(0, 10**9), st.integers(0, 1000), st.booleans())
def test_only_a_count_that_differs_asks_for_a_reason(expected: int, notes: int, told: bool) -> None:
    lines = [Pieces(50_000, "note", notes)]
    found = refusals_to_count(lines, "not_known" if told else "", "", CountFacts(expected, False))
    assert bool(found) == (counted_paise(lines) != expected and not told)


def test_each_reason_against_a_count() -> None:
    lines = [Pieces(50_000, "note", 1)]

    def code(reason: str, words: str, expected: int, closed: bool) -> list[str]:
        facts = CountFacts(expected, closed)
        return [one.code for one in refusals_to_count(lines, reason, words, facts)]

    assert code("", "", 50_000, False) == []
    assert code("", "", 50_000, True) == ["already_closed"]
    assert code("not_known", "", -1, False) == ["box_below_zero"]
    assert code("", "", 50_001, False) == ["difference_without_reason"]
    assert code("other", "", 50_001, False) == ["missing"]
    assert code("other", "x", 50_001, False) == []


def test_each_reason_against_a_close() -> None:
    def code(counter: int, confirmer: int, day: date, closed: bool, newer: bool) -> list[str]:
        found = refusals_to_close(counter, confirmer, day, TODAY, closed=closed, newer=newer)
        return [one.code for one in found]

    assert code(1, 2, TODAY, False, False) == []
    assert code(1, 1, TODAY, False, False) == ["same_person"]
    assert code(1, 2, TODAY, True, False) == ["already_closed"]
    assert code(1, 2, TODAY, False, True) == ["counted_again"]
    assert code(1, 2, TODAY + timedelta(days=1), False, False) == ["future_day"]


def test_a_count_is_read_in_both_kinds_of_digits_and_empty_boxes_are_nothing() -> None:
    asked = [(50_000, "note"), (2_000, "note"), (2_000, "coin")]
    given_ = "b0d2f9de-0000-4000-8000-000000000001"
    read, wrong = read_count({"operation_id": given_, "note_50000": "१२", "coin_2000": "3"}, asked)
    assert not wrong
    assert read is not None
    assert read.lines == (Pieces(50_000, "note", 12), Pieces(2_000, "coin", 3))
    read, wrong = read_count({"operation_id": given_, "note_2000": "two"}, asked)
    assert read is None
    assert [one.field for one in wrong] == ["note_2000"]
    assert read_count({"note_2000": "1"}, asked)[1][0].code == "id_invalid"
