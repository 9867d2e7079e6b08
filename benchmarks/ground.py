"""A home with cooperatives, members and prices, made through the operations, and devices' tokens."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from coop.cooperatives.operations import add_device, record_centre, record_cooperative
from coop.cooperatives.rules import Centre, Cooperative
from coop.kernel.db import SYSTEM, transaction
from coop.members.operations import Admission, Particulars, admit_members
from coop.prices.operations import publish_lines, record_grade
from coop.prices.rules import Grade, NoticeLine, NoticeRow
from coop.receipts.operations.keys import make_missing_keys
from coop.settings import settings
from coop.sites.operations import record_site
from coop.sites.rules import Site

DISTRICT, STATE, GRADE, RATE = 334, 20, 3, 1175
MEMBERS = 500


@dataclass(frozen=True)
class Desk:
    """A device of the benchmark: whose it is and its token."""

    cooperative_id: int
    code: str
    token: str


async def lay(cooperatives: int, desks: int) -> list[Desk]:
    """Fill an empty database; desks are spread over the cooperatives."""
    async with transaction(SYSTEM) as tx:
        await record_site(
            tx,
            Site("S-B-01", "Bench", "Bench", "Bench", DISTRICT, STATE, None, None, "GM", True, ""),
        )
        await record_grade(tx, Grade(GRADE, "Mixed", "मिश्रित", "25253010", "kg"))
        begins = datetime.now(UTC) - timedelta(days=30)
        line = NoticeLine("B/01", begins, begins, None, DISTRICT, GRADE, RATE, RATE + 250, 50)
        await publish_lines(tx, [NoticeRow(line, "bench", "bench")])
        owners = []
        for place in range(cooperatives):
            code = f"BEN{place:02d}"
            owner = await record_cooperative(
                tx, Cooperative(code, "Bench", "बेंच", "Bench", DISTRICT, STATE)
            )
            centre = Centre(f"{code}-C1", code, "Bench", "Bench", "Bench", DISTRICT, ())
            owners.append((owner, code, await record_centre(tx, owner, centre)))
            await admit_members(tx, owner, [_member(number) for number in range(1, MEMBERS + 1)])
        await make_missing_keys(tx, settings().keys, settings().trust_domain)
        made = []
        for place in range(desks):
            owner, code, centre_id = owners[place % cooperatives]
            enrolled = await add_device(tx, owner, centre_id, f"{code}-C1")
            made.append(Desk(owner, code, enrolled.token))
    return made


def _member(number: int) -> Admission:
    born = date(1980, 1, 1) + timedelta(days=random.Random(number).randint(0, 7000))
    known = Particulars(name_latin=f"Bench {number}", sex="F", dob=born, state_lgd=STATE)
    return Admission(f"{number:04d}", known, date(2025, 1, 1), source="benchmark")
