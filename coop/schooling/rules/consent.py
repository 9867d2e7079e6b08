"""A guardian's consent: purpose by purpose, read aloud, by an adult, withdrawn as easily. Pure.

Digital Personal Data Protection Act 2023 s.9(1): a parent's or guardian's verifiable consent;
s.6: free, specific, informed, and withdrawn as easily as given.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coop.kernel.clock import full_years
from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say


class Purpose(StrEnum):
    """What the guardian is asked for, each by itself."""

    SCHOOL_CHECK = "school_check"
    ASK_SCHOOL = "ask_school"
    FOLLOW_UP = "follow_up"


class Answer(StrEnum):
    """A guardian's answer; only ``given`` lets anything be kept."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


# Read aloud as they stand, one after the other.
READ_ALOUD: Mapping[Purpose, Said] = {
    Purpose.SCHOOL_CHECK: say("May we look for your child in the school's register?"),
    Purpose.ASK_SCHOOL: say("May we speak with the school about your child?"),
    Purpose.FOLLOW_UP: say("May we write down what keeps your child from school?"),
}
PROOFS = ("voter", "ration", "job_card", "eshram", "member_book")
BY_GUARDIAN = ("thumb", "signature")
RELATIONS = ("mother", "father", "grandmother", "grandfather", "uncle_aunt", "other")


@dataclass(frozen=True, slots=True)
class Guardian:
    """Who may answer for a child; ``dob`` None: not known, a paper must show the age."""

    person_id: int
    person_no: str
    name_latin: str
    name_hi: str
    dob: date | None


@dataclass(frozen=True, slots=True)
class Asked:
    """How a guardian was asked; the day is the day of the answer."""

    on: date
    read_aloud: bool
    how: str
    adult_proof: str


@dataclass(frozen=True, slots=True)
class ChildParticulars:
    """The least that the look-up needs; texts are empty where nothing was given."""

    name_latin: str = ""
    name_hi: str = ""
    sex: str = ""
    dob: date | None = None
    dob_precision: str = "day"
    father_name: str = ""
    mother_name: str = ""
    disability_pct: int | None = None


@dataclass(frozen=True, slots=True)
class ErasedPupils:
    """Marks of pupils whose guardian withdrew; a mark is a hash with a secret salt."""

    salt: bytes
    marks: frozenset[bytes]

    def mark(self, udise: str, admission_no: str) -> bytes:
        """The mark of a pupil's number."""
        return hashlib.sha256(self.salt + f"{udise}/{admission_no}".encode()).digest()

    def holds(self, udise: str, admission_no: str) -> bool:
        """Whether this pupil's rows are left out."""
        return bool(self.marks) and self.mark(udise, admission_no) in self.marks


def refusals_to_answer(
    asked: Asked,
    answers: Mapping[Purpose, Answer],
    guardian: Guardian | None,
    *,
    live: frozenset[Purpose],
    adult_age: int,
    today: date,
) -> Iterator[Refusal]:
    """Why an answer cannot be recorded. A refusal of the guardian is always recorded."""
    if guardian is None:
        message = say("Who answers is not a guardian of this child; record the guardian.")
        yield Refusal("not_guardian", message, "guardian")
    if asked.on > today:
        yield Refusal("future_day", say("This day has not come yet; correct it."), "on")
    given = {purpose for purpose, answer in answers.items() if answer is Answer.GIVEN}
    if not given:
        return
    if Purpose.SCHOOL_CHECK not in given | live:
        message = say("The other answers need the first; ask for the register first.")
        yield Refusal("first_purpose_missing", message, "school_check")
    if not asked.read_aloud:
        yield Refusal("not_read_aloud", say("Read the questions aloud first."), "read_aloud")
    if asked.how not in BY_GUARDIAN:
        yield Refusal("no_sign", say("Consent needs a thumb or a signature."), "how")
    if asked.adult_proof not in PROOFS:
        message = say("Say which paper shows that the guardian is an adult.")
        yield Refusal("adult_not_shown", message, "adult_proof")
    if guardian is not None and _minor(guardian, adult_age, asked.on):
        message = say(
            "The guardian is under %(age)s; an adult guardian must answer.", age=adult_age
        )
        yield Refusal("guardian_not_adult", message, "guardian")


def _minor(guardian: Guardian, adult_age: int, on: date) -> bool:
    return guardian.dob is not None and full_years(guardian.dob, on) < adult_age


def refusals_to_keep(known: ChildParticulars, adult_age: int, on: date) -> Iterator[Refusal]:
    """Why what was told of a child cannot be kept."""
    if not known.name_latin and not known.name_hi:
        message = say("The name is missing; write it in Hindi or English.")
        yield Refusal("name_missing", message, "name_hi")
    if known.dob is None or known.dob > on:
        message = say("The day of birth is missing or no such day; the year is enough.")
        yield Refusal("dob_invalid", message, "dob")
    elif full_years(known.dob, on) >= adult_age:
        message = say("Who is %(age)s answers for themselves; no guardian can.", age=adult_age)
        yield Refusal("of_age", message, "dob")
