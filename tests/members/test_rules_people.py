"""Numbers, changes, endings, erasure and forms, decided from facts alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.members.forms.admission import (
    Places,
    application_from,
    choices_of,
    may_be_own_number,
)
from coop.members.forms.change import Standing as ChangeStanding
from coop.members.forms.change import change_from, nominees_from, values_of
from coop.members.rules.admission import Book, refusals_to_apply
from coop.members.rules.candidate import Candidate
from coop.members.rules.changes import Why, bank_changed, changes, refusals_to_change
from coop.members.rules.consent import refusals_to_record
from coop.members.rules.doubles import Sides, refusals_at_admission, refusals_to_decide
from coop.members.rules.keys import keys_of, patterns
from coop.members.rules.membership import (
    Ending,
    Standing,
    State,
    months_after,
    refusals_to_end,
    refusals_to_erase,
    refusals_to_season,
    refusals_to_transfer,
)
from coop.members.rules.number import card_text, next_number, wanted
from coop.members.rules.particulars import Particulars
from tests.members.people import typed

TODAY = date(2026, 11, 24)
BOOK = Book(18, 110, frozenset({20}), TODAY)
PLACE = Places("KDM01", 334)
KNOWN = Particulars(
    name_latin="Radha Turi", dob=date(1984, 1, 1), dob_precision="year", state_lgd=20
)
ACTIVE = Standing(State.ACTIVE, date(2026, 1, 1), None, 0)


def codes(found: object) -> list[tuple[str, str | None]]:
    return [(one.code, one.field) for one in found]  # type: ignore[attr-defined]


@given(st.from_regex(r"[A-Z0-9]{3,10}", fullmatch=True), st.integers(1, 9999))
def test_a_card_is_read_back(code: str, number: int) -> None:
    found = wanted(card_text(code, f"{number:04d}").lower())
    assert (found.code, found.number) == (code, f"{number:04d}")


@given(st.sets(st.integers(1, 9999), max_size=40))
def test_the_next_number_is_free(taken: set[int]) -> None:
    number = next_number([f"{one:04d}" for one in taken])
    assert number is not None
    assert int(number) not in taken
    assert len(number) == 4


def test_all_numbers_given_is_said() -> None:
    assert next_number([f"{one:04d}" for one in range(1, 10_000)]) is None


def candidate(latin: str, hindi: str = "") -> Candidate:
    return Candidate(
        "x", "KDM01", "1", latin, hindi, "W/O", "Mohan", "", "F", date(1984, 3, 5), "day", "Khairatand", "", "", "", "", "", ""
    )  # fmt: skip


@pytest.mark.parametrize("asked", ["suniita", "Sunita", "सुनीता", "SUNITA devi", "sunit"])
@pytest.mark.parametrize("kept", [("Sunita Devi", ""), ("", "सुनीता देवी"), ("Suneeta", "सुनीता")])
def test_a_name_is_found_in_either_script(asked: str, kept: tuple[str, str]) -> None:
    words = keys_of(candidate(*kept), ()).words
    for pattern in patterns(wanted(asked).words):
        assert pattern == "%" or pattern.strip("%") in words


def test_a_maiden_name_finds_too_and_a_pattern_is_no_wildcard() -> None:
    assert " mahto" in keys_of(candidate("Radha Turi"), ["Radha Mahto"]).words.replace(
        "mahato", "mahto"
    )
    assert patterns(("a%_\\b",))[0] == "% a\\%\\_\\\\b%"


def test_an_admission_that_is_whole_is_not_refused() -> None:
    application = application_from(typed(), PLACE, "0000")
    assert codes(refusals_to_apply(application, BOOK, household_known=False)) == []
    assert application.row.candidate.dob == date(1984, 3, 5)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"name_latin": ""}, ("name_missing", "name_latin")),
        ({"dob": ""}, ("dob_missing", "dob")),
        ({"dob": "31-02-1984"}, ("dob_invalid", "dob")),
        ({"dob": "01-06-2009"}, ("underage", "dob")),
        ({"state_lgd": "0"}, ("other_state", "state_lgd")),
        ({"admitted_on": "x"}, ("admission_missing", "admitted_on")),
        ({"admitted_on": "25-11-2026"}, ("day_ahead", "admitted_on")),
        ({"household_no": "HKDM-9"}, ("unknown_household", "household_no")),
        ({"source": " "}, ("resolution_missing", "source")),
        ({"consent": ""}, ("consent_missing", "consent")),
        ({"mobile": "123"}, ("mobile_invalid", "mobile")),
        ({"nominee_1_name": "Mohan", "nominee_1_share": "60"}, ("nominee_sum_not_100", "nominee_1_share")),
        ({"nominee_2_share": "100"}, ("nominee_nameless", "nominee_2_name")),
        ({"name_latin": "Radha 2234 5678 9019"}, None),
        ({"tola": "9999 9999 0019"}, ("aadhaar_in_field", "tola")),
        ({"source": "999999990019"}, ("aadhaar_in_field", "source")),
        ({"nominee_1_relation": "९९९९ ९९९९ ००१९"}, ("aadhaar_in_field", "nominee_1_relation")),
        ({"id_kind": "eshram", "id_no": "999999990019"}, ("aadhaar_in_field", "id_no")),
        ({"bank_account": "999999990019"}, ("aadhaar_in_field", "bank_account")),
        ({"bank_account": "999999990019", "own_number": "yes"}, None),
        ({"id_kind": "eshram", "id_no": "999999990019", "own_number": "yes"}, None),
        ({"id_kind": "voter", "id_no": "999999990019", "own_number": "yes"}, ("aadhaar_in_field", "id_no")),
    ],
)  # fmt: skip
def test_what_speaks_against_an_admission(
    changed: dict[str, str], expected: tuple[str, str] | None
) -> None:
    application = application_from(typed(**changed), PLACE, "0000")
    found = codes(refusals_to_apply(application, BOOK, household_known=False))
    assert (
        (expected in found) if expected else ("aadhaar_in_field" not in {code for code, _ in found})
    )
    assert len(found) == len(set(found))


def test_twelve_digits_of_an_account_are_asked_about() -> None:
    application = application_from(typed(bank_account="999999990019"), PLACE, "0000")
    assert may_be_own_number(application.refusals)
    assert not may_be_own_number(application_from(typed(tola="999999990019"), PLACE, "0").refusals)


def test_nominees_of_a_form() -> None:
    given = {
        "nominee_1_name": "Mohan: Turi|",
        "nominee_1_share": "66.5 %",
        "nominee_2_name": "Sita",
        "nominee_2_share": "33.5",
    }
    named, refusals = nominees_from(given, ChangeStanding(PLACE, "0001", TODAY, KNOWN))
    assert not refusals
    assert [(name, tenths) for name, _, tenths in named] == [("Mohan Turi", 665), ("Sita", 335)]


def test_an_untouched_form_changes_nothing() -> None:
    for known in (
        KNOWN,
        Particulars(name_hi="राधा", dob=date(1984, 5, 6), dob_precision="month", district_lgd=1),
    ):
        standing = ChangeStanding(
            Places("KDM01", known.district_lgd), "0001", date(2026, 1, 1), known
        )
        change = change_from({**values_of(known), "why": "move", "on_day": "1-11-2026"}, standing)
        from coop.members.rules.admission import particulars_of

        assert particulars_of(change.row) == known
        found = refusals_to_change(
            known, particulars_of(change.row), Why.MOVE, TODAY, TODAY, moves=False
        )
        assert codes(found) == [("nothing_changed", "why")]


def test_a_bank_account_is_changed_by_its_own_reason() -> None:
    after = Particulars(
        name_latin="Radha Rai",
        dob=KNOWN.dob,
        dob_precision="year",
        state_lgd=20,
        bank_account="123456789",
    )
    found = changes(KNOWN, after)
    assert bank_changed(found)
    assert {one.field: one.after for one in found} == {
        "name_latin": "Radha Rai",
        "bank_account": "…6789",
    }
    assert codes(refusals_to_change(KNOWN, after, Why.MARRIAGE, TODAY, TODAY, moves=False)) == [
        ("bank_by_its_reason", "why")
    ]
    assert not codes(refusals_to_change(KNOWN, after, Why.BANK, TODAY, TODAY, moves=False))


def test_endings() -> None:
    assert not codes(refusals_to_end(ACTIVE, Ending.DIED, TODAY, "", TODAY))
    assert codes(refusals_to_end(ACTIVE, Ending.EXPELLED, TODAY, "", TODAY)) == [
        ("resolution_missing", "source")
    ]
    assert codes(refusals_to_end(ACTIVE, Ending.DIED, date(2026, 11, 25), "", TODAY)) == [
        ("day_ahead", "on_day")
    ]
    assert codes(refusals_to_end(ACTIVE, Ending.DIED, date(2025, 11, 25), "", TODAY)) == [
        ("before_admission", "on_day")
    ]
    moving = Standing(State.ACTIVE, date(2026, 1, 1), None, 0, transfer_open=True)
    assert codes(refusals_to_end(moving, Ending.RESIGNED, TODAY, "", TODAY)) == [
        ("transfer_open", "reason")
    ]
    assert codes(refusals_to_transfer(moving, same_cooperative=True)) == [
        ("same_cooperative", "to"),
        ("transfer_open", "to"),
    ]
    assert codes(refusals_to_season(ACTIVE, "back", TODAY, TODAY)) == [("as_before", "kind")]


def test_erasure_waits_for_dues_and_for_the_law() -> None:
    left = Standing(State.CEASED, date(2020, 1, 1), date(2020, 11, 24), 0)
    assert not codes(refusals_to_erase((left,), 72, TODAY))
    assert codes(refusals_to_erase((left,), 73, TODAY)) == [("retention_runs", None)]
    owed = Standing(State.CEASED, date(2020, 1, 1), date(2020, 11, 24), 5)
    [refusal] = refusals_to_erase((owed,), 72, TODAY)
    assert str(refusal.message) == "Rs 0.05 are still due; settle them first."
    assert codes(refusals_to_erase((ACTIVE,), 0, TODAY)) == [("still_member", None)]
    assert not codes(refusals_to_erase((), 72, TODAY))


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(-240, 240))
def test_months_keep_the_day_or_the_months_last(day: date, months: int) -> None:
    after = months_after(day, months)
    assert (after.year - day.year) * 12 + after.month - day.month == months
    assert after.day <= day.day


def test_consent_is_not_written_twice() -> None:
    assert codes(refusals_to_record(True, True, TODAY, TODAY)) == [("as_before", "given")]
    assert codes(refusals_to_record(False, None, TODAY, TODAY)) == [
        ("nothing_to_withdraw", "given")
    ]
    assert not codes(refusals_to_record(False, True, TODAY, TODAY))


def test_doubles_at_an_admission() -> None:
    own = {"0001": State.ACTIVE, "0002": State.CEASED}
    assert codes(refusals_at_admission(own, {"0001": True, "0002": True}, "")) == [
        ("already_member", "pair_0001")
    ]
    assert codes(refusals_at_admission({}, {}, "same")) == [("member_elsewhere", "elsewhere")]
    assert choices_of({"pair_0001": "same", "pair_2": "other", "pair_3": "x"}) == {
        "0001": True,
        "2": False,
    }


def test_a_pair_is_decided_once_with_a_reason() -> None:
    open_pair = Sides("", False, State.ACTIVE, State.PROVISIONAL, False)
    assert not codes(refusals_to_decide(open_pair, "same", "asked", "a"))
    assert codes(refusals_to_decide(open_pair, "", "", "")) == [
        ("choice_missing", "decision"),
        ("reason_missing", "because"),
    ]
    assert codes(refusals_to_decide(open_pair, "same", "asked", "")) == [("keep_missing", "keep")]
    wrong = Sides("not_same", False, State.ACTIVE, State.CEASED, True)
    found = [code for code, _ in codes(refusals_to_decide(wrong, "same", "asked", "a"))]
    assert found == ["decided_already", "already_ended", "keep_the_full_one"]
