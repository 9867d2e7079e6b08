"""A manager's lists by the page, one kind after the other, as they build on each other."""

import csv
import io
import re
from datetime import timedelta
from uuid import uuid4

import httpx

from coop.access.roles import Role
from coop.importing import COLUMNS
from coop.kernel import clock
from tests.come_in import come_in
from tests.importing.test_page import fresh, held, listed, upload
from tests.trade import DISTRICT, FLOOR, GRADE, OPEN_SITE, Trade


async def test_persons_members_and_weighings_by_a_manager(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    """The kinds that build on each other, each within the manager's own reach."""
    csrf = await come_in(client, Role.MANAGER, trade.here)
    number, member = fresh(trade.here.code), fresh("")[2:]
    weighed = (clock.now() - timedelta(hours=2)).isoformat(timespec="seconds")
    files = {
        "households": listed(trade.here.code, number),
        "members": as_csv(
            "members",
            cooperative=trade.here.code,
            member_no=member,
            household_no=number,
            name_latin="Bishun Namuna",
            name_hi="बिशुन नमूना",
            relation="S/O",
            relation_name_latin="Mohan Namuna",
            relation_name_hi="मोहन नमूना",
            sex="M",
            dob="1991-02-03",
            dob_precision="day",
            village="Khairatand",
            block="Domchanch",
            district_lgd=str(DISTRICT),
            state_lgd="20",
            shares="1",
            admitted_on=(clock.today() - timedelta(days=3)).isoformat(),
        ),
        "weighings": as_csv(
            "weighings",
            client_id=str(uuid4()),
            cooperative=trade.here.code,
            centre=trade.here.centre,
            member_no=member,
            site_code=OPEN_SITE,
            grade_code=str(GRADE),
            gross_kg="16.1",
            tare_kg="0.25",
            moisture_pct="0",
            waste_pct="0",
            rate_rupees_per_kg=f"{FLOOR[GRADE] // 100}.{FLOOR[GRADE] % 100:02d}",
            weighed_at=weighed,
            paid_mode="later",
        ),
    }
    for kind, content in files.items():
        seen = await upload(client, csrf, content, kind)
        assert 'action="/imports/book"' in seen.text, (kind, re.findall(r"<td.*", seen.text))
        done = await client.post("/imports/book", data=held(seen))
        assert done.status_code == 303, (kind, done.text)


def as_csv(kind: str, **cells: str) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS[kind], restval="")
    writer.writeheader()
    writer.writerow(cells)
    return out.getvalue().encode()
