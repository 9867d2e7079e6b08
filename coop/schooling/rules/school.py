"""Schools and the rows of their registers, as values. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from coop.kernel.refusal import Refusal
from coop.kernel.words import say

HOME_BASED = "HBE"


@dataclass(frozen=True, slots=True)
class School:
    """A school of the UDISE list; ``successor_udise`` is the school it was merged into."""

    udise: str
    name: str
    name_hi: str
    category: str
    lowest_class: int
    highest_class: int
    management: str
    village: str
    block: str
    district_lgd: int
    closed_on: date | None
    successor_udise: str

    @property
    def name_en(self) -> str:
        """The name as pages in English show it."""
        return self.name


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """A row of a school's register. None: not given, or not readable (then it was warned of).

    ``udise`` stands as written, perhaps a merged school's old code. ``sex`` is M, F or empty.
    ``last_attended_on`` None: never this session.
    """

    udise: str
    class_no: int | None
    section: str
    admission_no: str
    pupil_name: str
    father_name: str
    mother_name: str
    dob: date | None
    sex: str
    last_attended_on: date | None
    days_present: int | None
    days_open: int | None
    tc_date: date | None


def udise_now(udise: str, successors: Mapping[str, str]) -> str:
    """Return the code under which a school lives on; ``successors`` maps old codes to new ones.

    >>> udise_now("20030195402", {"20030195402": "20030195401"})
    '20030195401'
    """
    seen: set[str] = set()
    while udise not in seen and successors.get(udise):
        seen.add(udise)
        udise = successors[udise]
    return udise


def refusals_to_record_school(school: School) -> tuple[Refusal, ...]:
    """Return why a school cannot be recorded: classes or a merger that contradict themselves."""
    return tuple(_school_refusals(school))


def _school_refusals(school: School) -> Iterator[Refusal]:
    if school.lowest_class > school.highest_class:
        message = say("The lowest class is above the highest; correct one of them.")
        yield Refusal("classes_reversed", message, "lowest_class")
    if school.successor_udise == school.udise:
        message = say("A school cannot be merged into itself; correct the successor.")
        yield Refusal("own_successor", message, "successor_udise")
    if school.successor_udise and school.closed_on is None:
        message = say("A merged school needs the day it was closed.")
        yield Refusal("closing_missing", message, "closed_on")
