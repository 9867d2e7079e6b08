"""Two cooperatives that trade: what the desk, its API and the books are tested on."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from coop.access.actor import console_actor
from coop.access.roles import ROLES, Place, Role
from coop.cooperatives.operations import (
    EnrolledDevice,
    add_device,
    record_centre,
    record_cooperative,
)
from coop.cooperatives.rules import Centre, Cooperative
from coop.identity.operations import NewUser, add_user
from coop.kernel import clock
from coop.kernel.db import Reach, Transaction, transaction
from coop.members.operations import Admission, Particulars, admit_members
from coop.prices.operations import publish_lines, record_grade
from coop.prices.rules import Grade, NoticeLine, NoticeRow
from coop.receipts.operations.keys import make_missing_keys
from coop.settings import settings
from coop.sites.operations import record_site
from coop.sites.rules import Site
from coop.weighing.operations.answer import Answer
from coop.weighing.operations.post import Desk, post_entries
from coop.weighing.rules import WeighingEntry

CONSOLE = console_actor("trade tests")
REACH = Reach(CONSOLE.label, None)
PASSWORD = "neem hill 7 kettle"
DISTRICT = 973  # no district: the floors of these tests are nobody else's
GRADE, OTHER_GRADE = 971, 972
FLOOR = {GRADE: 1075, OTHER_GRADE: 475}
OPEN_SITE, CLOSED_SITE = "S-973-01", "S-973-02"
CEASED = "0009"
_logins = itertools.count(1)


@dataclass(frozen=True)
class Side:
    """One of the two cooperatives: row ids, codes and an enrolled device."""

    id: int
    code: str
    centre_id: int
    centre: str
    device: EnrolledDevice

    @property
    def bearer(self) -> dict[str, str]:
        """The header of its device."""
        return {"authorization": f"Bearer {self.device.token}"}

    def desk(self) -> Desk:
        """Its desk, as an import or the demo posts."""
        return Desk(
            self.id,
            self.code,
            None,
            {self.centre: self.centre_id},
            {self.device.code: self.device.device_id},
            imported=True,
        )


@dataclass(frozen=True)
class Trade:
    """Both cooperatives."""

    here: Side
    there: Side


async def open_trade() -> Trade:
    """Record places, prices, people and devices; committed."""
    start = clock.now() - timedelta(days=30)
    async with transaction(REACH) as tx:
        for code in (GRADE, OTHER_GRADE):
            await record_grade(tx, Grade(code, f"Grade {code}", f"श्रेणी {code}", "25253010", "kg"))
        for name, open_ in ((OPEN_SITE, True), (CLOSED_SITE, False)):
            site = Site(
                name, name, "Khairatand", "Domchanch", DISTRICT, 20, None, None, "GM", open_, ""
            )
            await record_site(tx, site)
        await publish_lines(tx, [_notice(grade, floor, start) for grade, floor in FLOOR.items()])
        trade = Trade(await _side(tx, "TRADEA"), await _side(tx, "TRADEB"))
        await make_missing_keys(tx, settings().keys, settings().trust_domain)
    return trade


def _notice(grade: int, floor: int, start: datetime) -> NoticeRow:
    line = NoticeLine("TRADE/01", start, start, None, DISTRICT, grade, floor, floor + 250, 50)
    return NoticeRow(line, "Nodal agency (invented)", "")


async def _side(tx: Transaction, code: str) -> Side:
    entry = Cooperative(code, f"Cooperative {code}", f"समिति {code}", "Domchanch", DISTRICT, 20)
    number = await record_cooperative(tx, entry)
    centre = Centre(f"{code}-C1", code, f"Centre {code}", "Khairatand", "Domchanch", DISTRICT, ())
    centre_id = await record_centre(tx, number, centre)
    device = await add_device(tx, number, centre_id, centre.code)
    await admit_members(tx, number, [_admission(f"{no:04d}") for no in range(1, 10)])
    return Side(number, code, centre_id, centre.code, device)


def _admission(no: str) -> Admission:
    known = Particulars(
        name_latin=f"Namuna {no}", name_hi="नमूना", sex="F", dob=date(1980, 1, 1), state_lgd=20
    )
    ceased = clock.today() - timedelta(days=5) if no == CEASED else None
    return Admission(
        no,
        known,
        clock.today() - timedelta(days=29),
        ceased_on=ceased,
        ceased_reason="resigned" if ceased else "",
    )


async def person(role: Role, side: Side, language: str = "en") -> str:
    """Somebody with an account in a role; return the name to sign in with."""
    login = f"trade-{role.replace('_', '-')}-{next(_logins)}"
    place = side.id if ROLES[role].place is Place.COOPERATIVE else None
    async with transaction(REACH) as tx:
        await add_user(tx, CONSOLE, NewUser(login, "Asha Tudu", role, place, PASSWORD, language))
    return login


def body(**changed: object) -> dict[str, object]:
    """A good entry of a device as JSON; what is changed may be anything."""
    made: dict[str, object] = {
        "id": str(uuid4()),
        "device_seq": 7,
        "member_no": "0001",
        "site_code": OPEN_SITE,
        "grade_code": GRADE,
        "gross_g": 16100,
        "tare_g": 250,
        "moisture_pct": "4.5",
        "waste_pct": "4.8",
        "rate_paise_per_kg": FLOOR[GRADE],
        "weighed_at": (clock.now() - timedelta(minutes=5)).isoformat(timespec="seconds"),
        "paid_mode": "upi",
    }
    return {**made, **changed}


def entry(side: Side, **changed: object) -> WeighingEntry:
    """The same as an entry that was read."""
    kept: Mapping[str, object] = {
        "id": uuid4(),
        "cooperative": side.code,
        "centre": side.centre,
        "device": None,
        "device_seq": None,
        "member_no": "0001",
        "site_code": OPEN_SITE,
        "grade_code": GRADE,
        "gross_g": 16100,
        "tare_g": 250,
        "moisture": Decimal("4.5"),
        "waste": Decimal("4.8"),
        "rate_paise_per_kg": FLOOR[GRADE],
        "weighed_at": clock.now() - timedelta(minutes=5),
        "paid_mode": "upi",
        "paper_no": None,
        "place_in_row": True,
        **changed,
    }
    return WeighingEntry(**kept)  # type: ignore[arg-type]  # a test may give what it likes


async def post(side: Side, *entries: WeighingEntry) -> list[Answer]:
    """Post entries of a cooperative; committed."""
    async with transaction(REACH) as tx:
        return await post_entries(tx, side.desk(), entries)


def uuid_of(number: int) -> UUID:
    """An id that can be told again."""
    return UUID(int=number, version=4)
