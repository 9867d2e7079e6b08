"""The demo's families: a school with its register, guardians who said yes or no, a check, villages given."""

from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from uuid import uuid4

from coop.access.roles import Role
from coop.kernel import clock
from coop.kernel.db import SYSTEM, Transaction, transaction
from coop.kernel.quarter import quarter_of
from coop.members.operations import ListedEntry, Particulars, record_households, record_persons
from coop.members.rules.household import HouseholdRow
from coop.reports.operations.children import publish_children
from coop.reports.operations.zones import record_zone
from coop.reports.rules.zones import Assessment
from coop.schooling.operations import keep_register, record_school
from coop.schooling.operations.check import keep_check
from coop.schooling.operations.consent import ConsentTaken, take_consent
from coop.schooling.operations.coverage import keep_coverage
from coop.schooling.operations.follow_up import assign_village
from coop.schooling.operations.listed import ListedChild, record_listed_children
from coop.schooling.queries.checks import check, status_rules
from coop.schooling.queries.children import adult_named, child_named
from coop.schooling.queries.role import as_school, school_transaction
from coop.schooling.rules import EnrolmentRow, School
from coop.schooling.rules.consent import Answer, Asked, ChildParticulars, Purpose
from coop.schooling.rules.coverage import last_quarter
from coop.schooling.rules.status import DEFAULT_RULE, rule_on
from coop.seed.cast import SURNAME, VILLAGES

_UDISE = {"KOD01": "20030999901", "GIR01": "20040999901"}
_DISTRICT = {"KOD01": 334, "GIR01": 329}


@dataclass(frozen=True, slots=True)
class _Child:
    """An invented child: days since the last class; None: in no register."""

    name: str
    name_hi: str
    sex: str
    age: int
    absent: int | None
    in_register: str
    consent: bool = True


# In the register some are written in the other script, or with a slip of the finger.
_CHILDREN = (
    _Child("Rani", "रानी", "F", 10, 1, "रानी कुमारी"),
    _Child("Karan", "करण", "M", 12, 52, "Karan Kumar"),
    _Child("Suhani", "सुहानी", "F", 8, 33, "Suhai Kumari"),
    _Child("Bablu", "बबलू", "M", 9, 18, "बबलू"),
    _Child("Sarita", "सरिता", "F", 11, 3, "Savita Kumari"),
    _Child("Mangal", "मंगल", "M", 15, None, ""),
    _Child("Phulmani", "फूलमनी", "F", 7, None, ""),
    _Child("Joseph", "जोसेफ", "M", 13, 0, "Josef"),
    _Child("Sabita", "सबिता", "F", 9, 2, "Sabita Kumari", consent=False),
)


async def fill(owners: dict[str, int], facilitator: str) -> None:
    """Record families of both cooperatives and check them today; the facilitator gets a village."""
    for code, owner in owners.items():
        async with transaction(SYSTEM) as tx:
            visits = await tx.fetchval("SELECT id FROM user_account WHERE login = $1", facilitator)
            await record_school(tx, _school(code))
            rows = [await _family(tx, code, owner, no, one) for no, one in enumerate(_CHILDREN, 1)]
            written = [row for row in rows if row is not None]
            digest = sha256(f"demo {code}".encode()).hexdigest()
            await keep_register(tx, digest, list(enumerate(written, 1)))
        async with school_transaction(SYSTEM) as tx:
            today = clock.today()
            rule = rule_on(await status_rules(tx), DEFAULT_RULE, today)
            ended = quarter_of(quarter_of(today).first - timedelta(days=1))
            for day in (ended.last, today):
                await keep_check(tx, owner, await check(tx, rule, day, own=owner))
            if code == "KOD01" and visits is not None:
                await assign_village(tx, owner, visits, VILLAGES[code][0], assigned=True)
            await keep_coverage(tx, owner, last_quarter(today))
        async with transaction(SYSTEM) as tx:
            await publish_children(tx, owner, ended)
    async with transaction(SYSTEM) as tx:
        await record_zone(tx, _zone(clock.today()), uuid4(), Role.INSPECTOR.value)


def _zone(today: date) -> Assessment:
    """An invented village that is not there yet: one point is open."""
    met = dict.fromkeys(("visited", "in_school", "committee", "heard"), True) | {
        "none_found": False
    }
    return Assessment(
        VILLAGES["KOD01"][0],
        "Domchanch",
        _DISTRICT["KOD01"],
        today - timedelta(days=9),
        today + timedelta(days=170),
        "आकलनकर्ता नमूना",
        "नमूना न्यास (काल्पनिक)",
        "सब घर देखे गए; ढेर पर एक बच्चा मिला।",
        met,
    )


def _school(code: str) -> School:
    village = VILLAGES[code][0]
    return School(
        _UDISE[code],
        f"UMS {village} (invented)",
        "मध्य विद्यालय (काल्पनिक)",
        "upper_primary",
        1,
        8,
        "govt",
        village,
        "Koderma" if code == "KOD01" else "Tisri",
        _DISTRICT[code],
        None,
        "",
    )


async def _family(
    tx: Transaction, code: str, owner: int, no: int, one: _Child
) -> EnrolmentRow | None:
    """A household of a mother and a child; return the child's line in the register, if there is one."""
    house, mother, child = f"H{code}-{no:03d}", f"M{code}{no:03d}", f"C{code}{no:03d}"
    village = VILLAGES[code][no % 2]
    row = HouseholdRow(
        house, code, mother, "", village, "", "", _DISTRICT[code], 20, "", "", "",
        pvtg=False, minority=False, house="", land_hundredths_acre=None, migrant="no",
    )  # fmt: skip
    await record_households(tx, owner, [row])
    home = await tx.fetchval("SELECT id FROM household WHERE household_no = $1", house)
    adult = Particulars(name_latin=f"Gita {SURNAME[0]}", name_hi=f"गीता {SURNAME[1]}", sex="F", dob=date(1988, 1, 1))  # fmt: skip
    entries = [ListedEntry(mother, home, "", adult), ListedEntry(child, home, "", None)]
    await record_persons(tx, owner, entries)
    number = await tx.fetchval("SELECT id FROM person WHERE person_no = $1", child)
    known = _known(one)
    async with as_school(tx):
        listed = [ListedChild(number, None if one.consent else Answer.REFUSED)]
        await record_listed_children(tx, owner, clock.today(), listed)
        if one.consent:
            await _ask(tx, mother, child, known)
    if one.absent is None:
        return None
    return EnrolmentRow(
        _UDISE[code], max(1, one.age - 5), "A", f"{100 + no}", one.in_register,
        f"Bishun {SURNAME[0]}", "गीता देवी", known.dob, one.sex,
        clock.today() - timedelta(days=one.absent), 90, 120, None,
    )  # fmt: skip


def _known(one: _Child) -> ChildParticulars:
    born = clock.today() - timedelta(days=365 * one.age + 90)
    return ChildParticulars(
        f"{one.name} {SURNAME[0]}",
        f"{one.name_hi} {SURNAME[1]}",
        one.sex,
        born,
        "day",
        f"बिशुन {SURNAME[1]}",
        f"Gita {SURNAME[0]}",
    )


async def _ask(tx: Transaction, mother: str, child: str, known: ChildParticulars) -> None:
    line, guardian = await child_named(tx, child), await adult_named(tx, mother)
    asked = Asked(clock.today(), read_aloud=True, how="thumb", adult_proof="voter")
    if line is not None:
        answers = dict.fromkeys(Purpose, Answer.GIVEN)
        await take_consent(tx, line, ConsentTaken(guardian, "mother", asked, answers, known), 18)
