"""Rows of the household list and of its persons, as values."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """A household as listed; land in hundredths of an acre."""

    household_no: str
    cooperative: str
    head_person_no: str
    head_name: str
    village: str
    tola: str
    block: str
    district_lgd: int | None
    state_lgd: int | None
    ration_card_no: str
    ration_type: str
    caste: str
    pvtg: bool
    minority: bool
    house: str
    land_hundredths_acre: int | None
    migrant: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as listed. Of a child nothing but number and household is carried on."""

    person_no: str
    household_no: str
    cooperative: str
    child: bool
    name_latin: str = ""
    name_hi: str = ""
    sex: str = ""
    dob: date | None = None
    dob_precision: str = "day"
    member_no: str = ""
