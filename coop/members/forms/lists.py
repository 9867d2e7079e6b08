"""Rows of the household list and of its persons as values."""

from collections.abc import Mapping
from datetime import date

from coop.cooperatives.forms import COOPERATIVE_CODE
from coop.kernel.cells import Cells, Parsed
from coop.kernel.clock import full_years
from coop.kernel.number import latin_digits
from coop.members.rules.household import HouseholdRow, PersonRow

HOUSEHOLD_COLUMNS = (
    "household_no",
    "cooperative",
    "head_person_no",
    "head_name",
    "village",
    "tola",
    "block",
    "district_lgd",
    "state_lgd",
    "ration_card_no",
    "ration_type",
    "caste",
    "pvtg",
    "minority",
    "house",
    "land_acre",
    "migrant",
    "persons",
)
PERSON_COLUMNS = (
    "person_no",
    "household_no",
    "cooperative",
    "name_latin",
    "name_hi",
    "sex",
    "dob",
    "dob_precision",
    "relation_to_head",
    "father_name",
    "mother_name",
    "guardian_person_no",
    "guardian_relation",
    "member_no",
    "school_check_consent",
    "disability_pct",
    "remarks",
)
PRECISIONS = ("day", "month", "year", "estimated")
HOUSEHOLD_NO, PERSON_NO, MEMBER_NO = (
    "[A-Z0-9][A-Z0-9-]{0,19}",
    "[A-Z0-9][A-Z0-9-]{0,11}",
    "[0-9A-Z]{1,8}",
)


def padded(number: str) -> str:
    """Four digits; a spreadsheet drops the noughts before them."""
    return number.zfill(4) if number.isdigit() else number


def read_day(text: str) -> date | None:
    """A day written yyyy-mm-dd; None for an empty cell and for no such day."""
    try:
        return date.fromisoformat(latin_digits(text.strip())[:10]) if text.strip() else None
    except ValueError:
        return None


def household_from_row(row: Mapping[str, str]) -> Parsed[HouseholdRow]:
    """Read a row of households.csv; each problem names its column."""
    cells = Cells(row)
    return cells.finish(
        HouseholdRow(
            household_no=cells.pattern("household_no", HOUSEHOLD_NO, "HKDM-0001"),
            cooperative=cells.pattern("cooperative", COOPERATIVE_CODE, "KDM01"),
            head_person_no=cells.pattern("head_person_no", PERSON_NO, "P00001", needed=False),
            head_name=cells.text("head_name", 120),
            village=cells.text("village", 80),
            tola=cells.text("tola", 80),
            block=cells.text("block", 80),
            district_lgd=cells.whole_or_none("district_lgd", 1, 999_999),
            state_lgd=cells.whole_or_none("state_lgd", 1, 99),
            ration_card_no=cells.pattern(
                "ration_card_no", "[0-9]{10,15}", "202000000000", needed=False
            ),
            ration_type=cells.choice("ration_type", ("AAY", "PHH", "GREEN", "NONE"), needed=False),
            caste=cells.choice("caste", ("ST", "SC", "OBC", "GEN"), needed=False),
            pvtg=cells.yes("pvtg"),
            minority=cells.yes("minority"),
            house=cells.choice("house", ("kutcha", "semi", "pucca"), needed=False),
            land_hundredths_acre=cells.scaled_or_none("land_acre", 2, 0, 10_000_000),
            migrant=cells.choice("migrant", ("no", "seasonal"), needed=False),
        )
    )


def person_from_row(row: Mapping[str, str], on: date, adult_age: int) -> Parsed[PersonRow]:
    """Read a row of persons.csv. Who has a guardian or is not of age on ``on`` is a child.

    Of a child the other cells are not even looked at: nothing of them is kept here.
    """
    cells = Cells(row)
    number = cells.pattern("person_no", PERSON_NO, "P00001")
    household = cells.pattern("household_no", HOUSEHOLD_NO, "HKDM-0001")
    cooperative = cells.pattern("cooperative", COOPERATIVE_CODE, "KDM01")
    born = read_day(row.get("dob", ""))
    young = born is not None and full_years(born, on) < adult_age
    if row.get("guardian_person_no", "").strip() or young:
        return cells.finish(PersonRow(number, household, cooperative, child=True))
    person = PersonRow(
        number,
        household,
        cooperative,
        child=False,
        name_latin=cells.text("name_latin", 120),
        name_hi=cells.text("name_hi", 120),
        sex=cells.choice("sex", ("M", "F"), needed=False),
        dob=cells.day_or_none("dob"),
        dob_precision=cells.choice("dob_precision", PRECISIONS, needed=False) or "day",
        member_no=padded(cells.pattern("member_no", MEMBER_NO, "0235", needed=False)),
    )
    cells.text("remarks", 500)
    return cells.finish(person)
