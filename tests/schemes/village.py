"""A household to ask: a widow of 63, her daughter-in-law of 34 and a child, in each cooperative."""

import itertools
from dataclasses import dataclass
from datetime import date

from coop.kernel.db import transaction
from coop.members.operations import (
    ListedEntry,
    Particulars,
    record_households,
    record_persons,
)
from coop.members.queries import household_ids
from coop.members.rules.household import HouseholdRow
from tests.trade import REACH, Side

_numbers = itertools.count(1)
VILLAGE = "Khairatand"


@dataclass(frozen=True)
class Family:
    """The household's number and its three persons' numbers."""

    number: str
    basanti: str
    sunita: str
    child: str


async def family(side: Side, village: str = VILLAGE, ration: str = "PHH") -> Family:
    """Record one; committed."""
    n = next(_numbers)
    number = f"H{side.code[-1]}T-{n:04d}"
    people = [f"P{side.code[-1]}{n:04d}{k}" for k in (1, 2, 3)]
    row = HouseholdRow(
        number, side.code, people[0], "Basanti Namuna", village, "Upar Tola", "Domchanch", 329, 20,
        "", ration, "ST", False, False, "kutcha", 50, "no",
    )  # fmt: skip
    grown = [
        Particulars(name_latin="Basanti Namuna", name_hi="बसंती नमूना", sex="F", dob=date(1963, 5, 1), mobile="9000000001"),
        Particulars(name_latin="Sunita Namuna", name_hi="सुनीता नमूना", sex="F", dob=date(1992, 5, 1)),
        None,
    ]  # fmt: skip
    async with transaction(REACH) as tx:
        await record_households(tx, side.id, [row])
        household_id = (await household_ids(tx))[number]
        await record_persons(
            tx,
            side.id,
            [
                ListedEntry(no, household_id, "", known)
                for no, known in zip(people, grown, strict=True)
            ],
        )
    return Family(number, *people)
