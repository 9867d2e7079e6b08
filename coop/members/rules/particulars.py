"""What is written of a person, of nominees and of a membership."""

from dataclasses import dataclass
from datetime import date

BEFORE_THE_SYSTEM = "before the system"


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known of an adult; texts are empty where nothing was given."""

    name_latin: str = ""
    name_hi: str = ""
    relation: str = ""
    relation_name_latin: str = ""
    relation_name_hi: str = ""
    sex: str = ""
    dob: date | None = None
    dob_precision: str = "day"
    village: str = ""
    tola: str = ""
    block: str = ""
    district_lgd: int | None = None
    state_lgd: int | None = None
    mobile: str = ""
    id_kind: str = ""
    id_no: str = ""
    bank_account: str = ""
    ifsc: str = ""


@dataclass(frozen=True, slots=True)
class NomineeShare:
    """A nominee and the share in tenths of a per cent."""

    name: str
    relation: str
    share_tenths: int


@dataclass(frozen=True, slots=True)
class Admission:
    """A membership as it is written into the book. ``person_id``: a person of the household list."""

    member_no: str
    particulars: Particulars
    admitted_on: date
    household_no: str = ""
    person_id: int | None = None
    ceased_on: date | None = None
    ceased_reason: str = ""
    shares: int = 0
    nominees: tuple[NomineeShare, ...] = ()
    provisional: bool = False
    questions: tuple[str, ...] = ()
    row_sha256: bytes = b""
    source: str = BEFORE_THE_SYSTEM
    why: str = "recorded"
