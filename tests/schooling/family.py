"""Families of two cooperatives of their own, a school, and who visits; all invented."""

import itertools
import re
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from uuid import uuid4

import httpx
from pyotp import TOTP

from coop.access.roles import Role
from coop.cooperatives.operations import record_cooperative
from coop.cooperatives.rules import Cooperative
from coop.kernel import clock
from coop.kernel.db import Reach, Transaction, transaction
from coop.members.operations import ListedEntry, Particulars, record_households, record_persons
from coop.members.rules.household import HouseholdRow
from coop.schooling.operations import keep_register, record_school
from coop.schooling.operations.consent import ConsentTaken, take_consent
from coop.schooling.operations.follow_up import assign_village
from coop.schooling.operations.listed import ListedChild, record_listed_children
from coop.schooling.queries.children import ChildLine, adult_named, child_named
from coop.schooling.queries.role import as_school, school_transaction
from coop.schooling.rules import EnrolmentRow, School
from coop.schooling.rules.consent import Answer, Asked, ChildParticulars, Purpose
from tests.trade import PASSWORD, Side, person
from tests.weighing.test_pages import fields_of, sign_in

AGENCY = Reach("console:test", None)
VILLAGE, FAR_VILLAGE = "Namunatand", "Misalpur"
UDISE = "20990000101"
ASKED = Asked(date(2026, 11, 1), read_aloud=True, how="thumb", adult_proof="voter")
ALL_YES = dict.fromkeys(Purpose, Answer.GIVEN)
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Town:
    """Two cooperatives and who visits in the first: one with the village, one without."""

    here: Side
    there: Side
    facilitator: str
    newcomer: str
    family: "Family"


@dataclass(frozen=True)
class Family:
    """A mother and her child, of whom nothing is kept yet."""

    cooperative_id: int
    household_no: str
    mother_no: str
    child_no: str
    child_id: int
    name: str

    @property
    def known(self) -> ChildParticulars:
        """What the mother tells of the child."""
        return ChildParticulars(
            name_latin=f"{self.name} Namuna",
            sex="F",
            dob=date(2015, 5, 4),
            father_name="Bishun Namuna",
            mother_name="Gita Devi",
        )


async def open_town(here: str = "SCHA", there: str = "SCHB") -> Town:
    """Record both cooperatives, the school and two facilitators; committed."""
    sides = []
    async with transaction(AGENCY) as tx:
        for code in (here, there):
            entry = Cooperative(code, f"Cooperative {code}", f"समिति {code}", "Koderma", 334, 20)
            sides.append(Side(await record_cooperative(tx, entry), code, 0, "", None))  # type: ignore[arg-type]  # no scale here
        school = School(
            UDISE, "UMS Namuna", "मध्य विद्यालय नमूना", "upper_primary", 1, 8, "govt",
            VILLAGE, "Koderma", 334, None, "",
        )  # fmt: skip
        await record_school(tx, school)
    town = Town(
        sides[0],
        sides[1],
        await person(Role.FACILITATOR, sides[0]),
        await person(Role.FACILITATOR, sides[0]),
        await new_family(sides[0]),
    )
    await consent(town.family)
    await register(row_of(town.family))
    visits = await user_id(town.facilitator)
    async with school_transaction(AGENCY) as tx:
        await assign_village(tx, sides[0].id, visits, VILLAGE, assigned=True)
    return town


async def user_id(login: str) -> int:
    async with transaction(AGENCY) as tx:
        return int(await tx.fetchval("SELECT id FROM user_account WHERE login = $1", login))


def odd_name() -> str:
    """A name that stands nowhere else: to be searched for afterwards."""
    letters = "bcdfgjklmnprstv"
    number = int(uuid4().int % 15**6)
    made = ""
    for _ in range(6):
        number, place = divmod(number, 15)
        made += letters[place] + "aiou"[place % 4]
    return made.title()


async def new_family(side: Side, village: str = VILLAGE) -> Family:
    """A household with a mother and a bare child; committed."""
    number = next(_numbers)
    house, mother, child = f"H{side.code}-{number:04d}", f"M{side.code}{number:04d}", f"C{side.code}{number:04d}"  # fmt: skip
    row = HouseholdRow(
        house, side.code, mother, "Gita Devi", village, "", "Koderma", 334, 20, "", "", "",
        pvtg=False, minority=False, house="", land_hundredths_acre=None, migrant="no",
    )  # fmt: skip
    async with transaction(AGENCY) as tx:
        await record_households(tx, side.id, [row])
        household = await tx.fetchval("SELECT id FROM household WHERE household_no = $1", house)
        adult = Particulars(name_latin="Gita Devi", sex="F", dob=date(1988, 1, 1))
        entries = [
            ListedEntry(mother, household, "", adult),
            ListedEntry(child, household, "", None),
        ]
        await record_persons(tx, side.id, entries)
        child_id = await tx.fetchval("SELECT id FROM person WHERE person_no = $1", child)
        async with as_school(tx):
            listed = [ListedChild(child_id, None)]
            await record_listed_children(tx, side.id, clock.today(), listed)
    return Family(side.id, house, mother, child, child_id, odd_name())


async def line_of(tx: Transaction, family: Family) -> ChildLine:
    found = await child_named(tx, family.child_no)
    assert found is not None
    return found


async def consent(family: Family, answers: dict[Purpose, Answer] | None = None) -> None:
    """The mother says yes; committed."""
    async with school_transaction(AGENCY) as tx:
        mother = await adult_named(tx, family.mother_no)
        taken = ConsentTaken(mother, "mother", ASKED, answers or ALL_YES, family.known)
        await take_consent(tx, await line_of(tx, family), taken, 18)


def row_of(family: Family, absent: int = 60, **changed: object) -> EnrolmentRow:
    """The child's line in the school's register."""
    known = family.known
    values: dict[str, object] = {
        "udise": UDISE, "class_no": 5, "section": "A", "admission_no": f"A-{family.child_id}",
        "pupil_name": known.name_latin, "father_name": known.father_name,
        "mother_name": known.mother_name, "dob": known.dob, "sex": "F",
        "last_attended_on": clock.today() - timedelta(days=absent),
        "days_present": 40, "days_open": 120, "tc_date": None,
    }  # fmt: skip
    return EnrolmentRow(**{**values, **changed})  # type: ignore[arg-type]  # a test's values


async def register(*rows: EnrolmentRow) -> None:
    """A school's export; committed."""
    digest = sha256(uuid4().bytes).hexdigest()
    async with transaction(AGENCY) as tx:
        await keep_register(tx, digest, list(enumerate(rows, 1)))


async def enter(client: httpx.AsyncClient, login: str) -> None:
    """Sign in; with a second factor where the role asks for one."""
    answer = await sign_in(client, login)
    assert answer.status_code == 303
    if (await client.get("/children")).status_code == 303:
        page = (await client.get("/account/second-factor")).text
        secret = re.search(r'class="mono">([A-Z2-7 ]+)<', page)
        assert secret is not None
        typed = {"csrf": fields_csrf(page), "code": TOTP(secret[1].replace(" ", "")).now()}
        await client.post("/account/second-factor", data=typed)


def fields_csrf(text: str) -> str:
    return text.split('name="csrf" value="')[1].split('"')[0]


__all__ = ["PASSWORD", "fields_of"]
