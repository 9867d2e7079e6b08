"""The list of who read what tells neither manager nor agency of a case, a message, or which child."""

import re

import httpx
import pytest

from coop.access.roles import Role
from coop.audit.operations import record_read
from coop.kernel.db import Reach, transaction
from coop.safeguarding.rules.book import Kind
from tests.safeguarding.village import Village, enter, line_id, tell, write
from tests.schooling.family import consent, new_family
from tests.trade import person


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR, Role.INSPECTOR])
async def test_reads_of_the_focal_point_tell_nothing(
    client: httpx.AsyncClient, village: Village, role: Role
) -> None:
    family = await new_family(village.here)
    await consent(family)
    number = await tell(village.here, child_no=family.child_no)
    await write(village.first, number, Kind.RISK, "danger", second="hazardous")
    await write(village.first, number, Kind.REFERRAL, "h1098", second="danger", shared=("place",))
    letter = await line_id(number, Kind.REFERRAL)
    await enter(client, village.first_login)
    child = f"/children/{family.child_no}"
    for path in (
        "/cases", "/cases/counts", f"/cases/{number}", f"/cases/{number}/schemes", f"/cases/{number}/letters/{letter}",
        f"/cases/{number}/risk", "/voice", "/children", "/children/consents", "/children/matches",
        "/children/worklist.pdf", child, f"{child}/consent",
    ):  # fmt: skip
        assert (await client.get(path)).status_code == 200, path
    await enter(client, await person(role, village.here))
    rows = await _rows(client)
    assert not [row for row in rows if re.search(r"case|voice|household_screened", row)]
    assert not [row for row in rows if family.child_no in row or family.household_no in row]
    # That somebody looked at children stands there: how many they were, and which, does not.
    children = [row for row in rows if re.search(r"child|pupils", row)]
    assert children or role is not Role.MANAGER
    assert not [row for row in children if re.search(r'"n"[^>]*>\d', row)]


async def test_which_household_was_asked_about_forced_labour_is_not_told(
    client: httpx.AsyncClient, village: Village
) -> None:
    async with transaction(Reach("user:1", (village.here.id,))) as tx:
        await record_read(tx, "labour_sign_sheet", cooperative_id=village.here.id, about="HSIGN-0042", rows=1)  # fmt: skip
    await enter(client, await person(Role.MANAGER, village.here))
    rows = await _rows(client)
    assert [row for row in rows if "Signs of forced labour" in row]
    assert not [row for row in rows if "HSIGN-0042" in row]


async def _rows(client: httpx.AsyncClient) -> list[str]:
    """The newest rows; what is older than these was read by other tests."""
    page = await client.get("/reads")
    assert page.status_code == 200
    return re.findall(r'<tr role="row"><th scope="row".*?</tr>', page.text, re.DOTALL)
