"""Acts on households, persons and memberships; each leaves rows and an entry in the chain."""

from coop.members.operations.doubles import keep_pairs
from coop.members.operations.record import (
    HOUSEHOLD_LIST,
    MEMBER_BOOK,
    ListedEntry,
    admit_members,
    record_households,
    record_persons,
)
from coop.members.rules.particulars import (
    BEFORE_THE_SYSTEM,
    Admission,
    NomineeShare,
    Particulars,
)

__all__ = [
    "BEFORE_THE_SYSTEM",
    "HOUSEHOLD_LIST",
    "MEMBER_BOOK",
    "Admission",
    "ListedEntry",
    "NomineeShare",
    "Particulars",
    "admit_members",
    "keep_pairs",
    "record_households",
    "record_persons",
]
